//! Keys: gathering sequences and counts, finding the command, running it.

use super::{
    completing, earlier, facets, help, marks, moving, prompt, scope, searches, select, statements, take, text, timeline,
};
use crate::{
    app::{Command, Context, Effect, Focus, Key, Layout, Model, Severity, Side, Step, View},
    domain::Aspect,
};

/// How long a begun sequence waits before its possible ends are shown, in milliseconds.
const HINT_AFTER: u64 = 400;

/// How long a digit waits for what it counts before it is taken for a view, in milliseconds.
const VIEW_AFTER: u64 = 250;

/// The view that a digit alone stands for.
pub(super) fn view_of(digit: usize) -> Option<View> {
    match digit {
        1 => Some(View::Articles),
        2 => Some(View::Statements),
        _ => None,
    }
}

/// No count means more than this, so that a book on the keyboard stays harmless.
pub(super) const LARGEST_COUNT: usize = 9_999_999;

/// Handles one key.
pub(super) fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    model.notice = None;
    model.awaited = None;
    model.hints = false;
    model.timers.hint = None;
    model.timers.pressed = true;
    let mut begun = if std::mem::replace(&mut model.timers.touched, true) { Vec::new() } else { marks::dwell(model) };
    begun.extend(take(model, key));
    begun.extend(marks::uncovered(model));
    begun
}

fn take(model: &mut Model, key: Key) -> Vec<Effect> {
    let context = model.context();
    if !context.is_typed() && model.pending.is_empty() && count(model, key) {
        // A digit that is a view's may have been meant so; the next key tells, or its absence.
        let is_view = model.count.and_then(view_of).is_some() && !matches!(context, Context::Help | Context::History);
        let ticket = model.ticket();
        model.timers.hint = is_view.then_some(ticket);
        return if is_view { vec![Effect::After(ticket, VIEW_AFTER)] } else { Vec::new() };
    }
    if key == Key::Esc && (!model.pending.is_empty() || model.count.is_some()) {
        model.pending.clear();
        model.count = None;
        return Vec::new();
    }
    model.pending.push(key);
    match model.keymap.step(context, &model.pending) {
        Step::More => {
            let ticket = model.ticket();
            model.timers.hint = Some(ticket);
            vec![Effect::After(ticket, HINT_AFTER)]
        }
        Step::Run(command) => {
            model.pending.clear();
            if !completing::is_about(command) {
                model.completing = None;
            }
            run(model, command)
        }
        Step::Unbound => {
            let keys = std::mem::take(&mut model.pending);
            let alone = keys.len() == 1;
            model.count = None;
            match context {
                Context::Filter if alone && model.is_searching_help() => help::edit(model, key),
                Context::Filter if alone => scope::edit(model, key),
                Context::Prompt if alone => prompt::edit(model, key),
                _ => unknown(model, &keys),
            }
        }
    }
}

/// Says that keys do nothing, and where those that do something are listed.
fn unknown(model: &mut Model, keys: &[Key]) -> Vec<Effect> {
    let written: Vec<String> = keys.iter().map(|key| format!("\u{2068}{key}\u{2069}")).collect();
    let help = model.keymap.bindings(model.context(), &[]).into_iter().find(|(_, command)| *command == Command::Help);
    let hint = match (help, keys.split_last()) {
        // A known beginning shows how it can end.
        (_, Some((_, begun))) if !begun.is_empty() => {
            let ends: Vec<String> = begun.iter().map(ToString::to_string).collect();
            format!("; wait after {} to see what can follow", ends.join(" "))
        }
        (Some((keys, _)), _) if model.help.is_none() => {
            let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
            format!("; {} shows the keys that do something", keys.join(" "))
        }
        _ => String::new(),
    };
    model.tell(Severity::Info, format!("{} does nothing here{hint}", written.join(" ")));
    Vec::new()
}

/// Takes a digit as part of a count; says whether it was one.
fn count(model: &mut Model, key: Key) -> bool {
    let Key::Char(c) = model.keymap.translate(key) else { return false };
    let Some(digit) = c.to_digit(10).filter(|digit| *digit > 0 || model.count.is_some()) else { return false };
    let count = model.count.unwrap_or(0).saturating_mul(10).saturating_add(digit as usize);
    model.count = Some(count.min(LARGEST_COUNT));
    true
}

/// Whether a command writes into the journal of decisions.
fn decides(command: Command) -> bool {
    use Command::{Note, ReadAll, Redo, Star, Tag, ToggleRead, Undo, UndoTo, Untag};
    matches!(command, Note | ReadAll | Redo | Star | Tag | ToggleRead | Undo | UndoTo | Untag)
}

/// Whether a command is about the list of articles, so that it leads there from the statements.
fn is_of_articles(command: Command) -> bool {
    use Command::{
        Date, FacetLanguages, FacetMonths, FacetOutlets, FacetPeople, FacetTags, Facets, Searches, Snippets, Timeline,
    };
    matches!(
        command,
        Date | FacetLanguages | FacetMonths | FacetOutlets | FacetPeople | FacetTags | Facets | Searches | Snippets | Timeline
    )
}

/// Runs a command with the count typed before it.
pub(super) fn run(model: &mut Model, command: Command) -> Vec<Effect> {
    let count = model.count.take();
    if model.read_only && decides(command) {
        model.tell(Severity::Warning, "started with --read-only: nothing is decided");
        return Vec::new();
    }
    if model.view == View::Statements && is_of_articles(command) {
        let mut effects = statements::show(model, View::Articles);
        effects.extend(run(model, command));
        return effects;
    }
    match command {
        Command::Next | Command::Previous if model.proposes() => completing::complete(model, command == Command::Next),
        Command::Next
        | Command::Previous
        | Command::HalfDown
        | Command::HalfUp
        | Command::PageDown
        | Command::PageUp
        | Command::First
        | Command::Last => moving::go(model, command, count),
        Command::Open if model.searches.is_some() => searches::open(model),
        Command::Open if model.explained.is_some() => searches::take_suggestion(model),
        Command::Respell => searches::take_suggestion(model),
        Command::Open => moving::open(model),
        Command::Statements => statements::of_name(model),
        Command::Articles => statements::show(model, View::Articles),
        Command::Carriers => statements::carriers(model),
        Command::NextStatement => statements::walk(model, true),
        Command::PreviousStatement => statements::walk(model, false),
        Command::Why => statements::why(model),
        Command::Facets => facets::show(model, None),
        Command::FacetPeople => facets::show(model, Some(Aspect::People)),
        Command::FacetOutlets => facets::show(model, Some(Aspect::Outlets)),
        Command::FacetLanguages => facets::show(model, Some(Aspect::Languages)),
        Command::FacetMonths => facets::show(model, Some(Aspect::Months)),
        Command::FacetTags => facets::show(model, Some(Aspect::Tags)),
        Command::Include if model.strip.walking => timeline::choose(model),
        Command::Include => facets::choose(model, false),
        Command::Exclude => facets::choose(model, true),
        Command::OnlyUnread => facets::unread(model),
        Command::Sort => timeline::sort(model),
        Command::Timeline => timeline::show(model),
        Command::BarLeft => timeline::walk(model, Side::Left, count.unwrap_or(1)),
        Command::BarRight => timeline::walk(model, Side::Right, count.unwrap_or(1)),
        Command::ZoomIn => timeline::zoom(model, true),
        Command::ZoomOut => timeline::zoom(model, false),
        Command::Date => prompt::command_begun(model, "date "),
        Command::Save => searches::ask_name(model),
        Command::Searches => vec![Effect::Searches],
        Command::Delete => searches::delete(model),
        Command::Undelete => searches::undelete(model),
        Command::Snippets => model.show_snippets(!model.snippets.on),
        Command::ReadOn => text::read_on(model),
        Command::ReadBack => text::scroll(model, -(model.reader.height() as isize - 1)),
        Command::TextDown => text::scroll(model, count.unwrap_or(1) as isize),
        Command::TextUp => text::scroll(model, -(count.unwrap_or(1) as isize)),
        Command::NextArticle => moving::article(model, count.unwrap_or(1) as isize),
        Command::PreviousArticle => moving::article(model, -(count.unwrap_or(1) as isize)),
        Command::Filter if help::search(model) => Vec::new(),
        Command::Filter => scope::begin(model),
        Command::Accept if model.is_searching_help() => help::accept(model),
        Command::Cancel if help::leave(model) => Vec::new(),
        Command::Accept if model.prompt.is_some() => prompt::accept(model),
        Command::Cancel if model.prompt.is_some() => prompt::cancel(model),
        Command::Accept => scope::accept(model),
        Command::Cancel => scope::cancel(model),
        Command::NextHit => text::hit(model, true),
        Command::PreviousHit => text::hit(model, false),
        Command::NextName => text::name(model, true),
        Command::PreviousName => text::name(model, false),
        Command::Narrow => scope::narrow(model),
        Command::Widen => scope::widen(model),
        Command::Clear => scope::clear(model),
        Command::NextPane => focus(model, model.focus.next()),
        Command::PreviousPane => focus(model, model.focus.next().next()),
        // Left is where the left key points, whichever pane lies there.
        Command::PaneLeft => focus(model, towards(model, Side::Left)),
        Command::PaneRight => focus(model, towards(model, Side::Right)),
        Command::Names => {
            model.facets.on = false;
            focus(model, Focus::Names)
        }
        Command::Select => select::begin(model),
        Command::OtherEnd => {
            model.reader.swap_ends();
            Vec::new()
        }
        Command::SelectParagraph => {
            model.reader.select_paragraph();
            Vec::new()
        }
        Command::CaretLeft
        | Command::CaretRight
        | Command::NextWord
        | Command::PreviousWord
        | Command::WordEnd
        | Command::RowStart
        | Command::RowEnd
        | Command::NextParagraph
        | Command::PreviousParagraph => select::go(model, command, count),
        Command::CopyPassage => select::copy(model),
        Command::NextNote => text::note(model, true),
        Command::PreviousNote => text::note(model, false),
        Command::CopyCitation
        | Command::CopyParagraph
        | Command::CopyArticle
        | Command::CopyLink
        | Command::CopyId
        | Command::CopyStatement => take::copy(model, command),
        Command::ToggleRead => marks::toggle_read(model),
        Command::ReadAll => vec![Effect::ReadAll(model.query())],
        Command::Star => marks::toggle_star(model),
        Command::Tag => prompt::tag(model),
        Command::Untag => prompt::untag(model),
        Command::Note => prompt::note(model),
        Command::Undo => vec![Effect::Undo(count.unwrap_or(1))],
        Command::Redo => vec![Effect::Redo(count.unwrap_or(1))],
        Command::History => marks::history(),
        Command::UndoTo => marks::undo_to(model),
        Command::NextUnread => marks::unread(model, true),
        Command::PreviousUnread => marks::unread(model, false),
        Command::CommandLine => prompt::command_line(model),
        Command::Older => prompt::older(model, true),
        Command::Newer => prompt::older(model, false),
        Command::Complete | Command::CompleteBack if model.prompt.is_some() => {
            prompt::complete(model, command == Command::Complete)
        }
        Command::Complete | Command::CompleteBack if model.is_searching_help() => help::accept(model),
        Command::Complete | Command::CompleteBack => completing::complete(model, command == Command::Complete),
        Command::Earlier => earlier::look_through(model),
        Command::Set => prompt::command_begun(model, "set "),
        Command::Help => help::toggle(model),
        Command::Original => take::original(model),
        Command::Editor => take::editor(model),
        Command::Pipe => take::begin_pipe(model),
        Command::Mirror => {
            let layout = if model.side == Side::Left { Layout::Rtl } else { Layout::Ltr };
            model.lay_out(layout);
            Vec::new()
        }
        Command::Bidi => vec![Effect::NextBidi],
        Command::Redraw => vec![Effect::Redraw, Effect::Refresh],
        Command::Suspend => vec![Effect::Suspend],
        Command::Back => back(model),
        Command::Quit => quit(model),
    }
}

fn back(model: &mut Model) -> Vec<Effect> {
    if help::leave(model) {
        return Vec::new();
    }
    if model.history.take().is_some() {
        return Vec::new();
    }
    if model.searches.take().is_some() {
        return Vec::new();
    }
    if model.strip.walking {
        return timeline::leave(model);
    }
    if model.focus == Focus::Names && model.facets.on && model.view == View::Articles {
        return facets::hide(model);
    }
    if select::leave(model) {
        return Vec::new();
    }
    if model.focus != Focus::List {
        return focus(model, Focus::List);
    }
    if statements::close(model) {
        return model.follow_card();
    }
    match model.view {
        _ if model.is_narrowed() => scope::clear(model),
        View::Statements => statements::show(model, View::Articles),
        View::Articles => quit(model),
    }
}

/// Leaves; how far the article was read is kept.
pub(super) fn quit(model: &mut Model) -> Vec<Effect> {
    let mut effects = marks::leave(model);
    effects.push(Effect::Quit);
    effects
}

/// Moves the focus, which may move panes too.
pub(super) fn focus(model: &mut Model, focus: Focus) -> Vec<Effect> {
    if focus != Focus::Text {
        select::leave(model);
    }
    model.focus = focus;
    model.arrange();
    model.mark_chosen();
    let mut effects = model.fetch();
    effects.extend(model.follow());
    effects
}

/// The pane on some side of the one with the focus.
fn towards(model: &Model, side: Side) -> Focus {
    match (model.view, model.focus) {
        (View::Articles, focus) => focus.towards(side, model.side),
        // Speakers, cards, text.
        (View::Statements, Focus::List) if side == model.side => Focus::Names,
        (View::Statements, Focus::Text) if side == model.side => Focus::List,
        (View::Statements, Focus::Names) if side != model.side => Focus::List,
        (View::Statements, Focus::List) => Focus::Text,
        (View::Statements, focus) => focus,
    }
}

impl Focus {
    fn next(self) -> Focus {
        match self {
            Focus::List => Focus::Text,
            Focus::Text => Focus::Names,
            Focus::Names => Focus::List,
        }
    }

    /// The pane on some side of this one, on a screen that begins on the side `begin`.
    fn towards(self, side: Side, begin: Side) -> Focus {
        match self {
            Focus::Text if side == begin => Focus::List,
            Focus::Names if side == begin => Focus::Text,
            Focus::List if side != begin => Focus::Text,
            Focus::Text => Focus::Names,
            focus => focus,
        }
    }
}
