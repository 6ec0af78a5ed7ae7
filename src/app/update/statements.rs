//! The view of statements: going there and back, asking, choosing speakers, opening carriers, lighting the place in the text.

use super::keys;
use crate::{
    app::{
        Effect, Focus, Model, Severity, Ticket, Topic,
        list::Landing,
        statements::{CARRIERS, SPEAKERS, View},
    },
    domain::{Card, Speakers, StatementId, Statements},
    text::Span,
};

/// Shows the statements, or the articles again, each as they were left.
pub(super) fn show(model: &mut Model, view: View) -> Vec<Effect> {
    if model.view == view {
        return Vec::new();
    }
    model.view = view;
    std::mem::swap(&mut model.filter, &mut model.said.aside.0);
    std::mem::swap(&mut model.topics, &mut model.said.aside.1);
    (model.filtering, model.said.opened) = (false, None);
    model.forget_explanation();
    (model.focus, model.strip.walking) = (Focus::List, false);
    model.arrange();
    let mut effects = model.ask(Landing::Stay);
    model.light();
    match view {
        View::Articles => effects.extend(model.open_current()),
        View::Statements => effects.extend(model.follow_card()),
    }
    effects
}

/// Shows what the name under the cursor has said; without one, all statements.
pub(super) fn of_name(model: &mut Model) -> Vec<Effect> {
    let entity = match (model.view, model.focus) {
        (View::Articles, Focus::Names) => {
            model.panel.current().map(|named| Topic { id: named.id.clone(), kind: named.kind, name: named.name.clone() })
        }
        (View::Statements, Focus::Names) => model.said.voice_here().topic(),
        (_, Focus::Text) => {
            model.reader.entity_here().map(|entity| Topic { id: entity.id.clone(), kind: entity.kind, name: entity.name.clone() })
        }
        (View::Statements, Focus::List) => {
            model.said.shown().current().and_then(|card| {
                card.who.as_ref().map(|who| Topic { id: who.id.clone(), kind: who.kind, name: who.name.clone() })
            })
        }
        (View::Articles, Focus::List) => None,
    };
    let mut effects = show(model, View::Statements);
    if let Some(entity) = entity {
        // What was asked for before is not what is asked for now.
        model.filter.clear();
        model.topics.clear();
        effects.extend(narrow(model, Some(entity)));
    }
    effects
}

/// Narrows the view to one speaker, or to none.
pub(super) fn narrow(model: &mut Model, speaker: Option<Topic>) -> Vec<Effect> {
    model.said.speaker = speaker;
    model.said.opened = None;
    let mut effects = keys::focus(model, Focus::List);
    effects.extend(model.ask(Landing::Top));
    effects
}

/// Narrows to the speaker under the cursor.
pub(super) fn choose(model: &mut Model) -> Vec<Effect> {
    let speaker = model.said.voice_here().topic();
    let chosen = speaker.clone();
    let effects = narrow(model, speaker);
    // Sources that come and go above it move its row.
    stay_on(model, chosen.as_ref());
    effects
}

/// Takes back the narrowing to a speaker; says whether there was one.
pub(super) fn widen(model: &mut Model) -> Option<Vec<Effect>> {
    let narrowed = model.view == View::Statements && model.topics.is_empty() && model.said.speaker.is_some();
    narrowed.then(|| narrow(model, None))
}

/// Asks for the articles that carry the statement under the cursor, or puts them away.
pub(super) fn carriers(model: &mut Model) -> Vec<Effect> {
    if close(model) {
        return model.follow_card();
    }
    let carried = model.said.cards.current().map(|card| (card.id, card.carriers.len()));
    match carried.filter(|_| model.view == View::Statements) {
        Some((id, 2..)) => {
            let ticket = model.ticket();
            model.said.carriers_asked = Some((ticket, id));
            vec![Effect::Carriers { ticket, id, most: CARRIERS }]
        }
        Some(_) => {
            model.tell(Severity::Info, "only this article carries it");
            Vec::new()
        }
        None => Vec::new(),
    }
}

/// Puts the carriers of a statement away; says whether they were on show.
pub(super) fn close(model: &mut Model) -> bool {
    model.view == View::Statements && model.said.opened.take().is_some()
}

/// Takes an answer.
pub(super) fn found(model: &mut Model, ticket: Ticket, page: Statements) -> Vec<Effect> {
    let entries = model.card_entries();
    if !model.said.cards.take(ticket, page, entries) || model.view != View::Statements {
        return Vec::new();
    }
    let mut effects = Vec::new();
    if model.said.cards.at_least && model.said.finishing.is_none() {
        let ticket = model.ticket();
        model.said.finishing = Some(ticket);
        effects.push(Effect::FinishSaid(ticket, model.query(), model.said.cards.range()));
    }
    effects.extend(listed(model));
    effects
}

/// Takes the whole of an answer that was cut short, unless another question was asked since.
pub(super) fn finished(model: &mut Model, ticket: Ticket, page: Statements) -> Vec<Effect> {
    if model.said.finishing.take_if(|asked| *asked == ticket).is_none() || model.view != View::Statements {
        return Vec::new();
    }
    let entries = model.card_entries();
    model.said.cards.finish(page, entries);
    listed(model)
}

/// What follows when cards are listed anew.
fn listed(model: &mut Model) -> Vec<Effect> {
    if model.said.cards.total == 0 {
        if !model.said.cards.at_least {
            model.forget();
        }
        return Vec::new();
    }
    let mut effects = model.fetch();
    effects.extend(model.follow_card());
    effects
}

/// Takes the speakers of an answer; the cursor stays on its speaker.
pub(super) fn speakers(model: &mut Model, ticket: Ticket, speakers: Speakers) -> Vec<Effect> {
    if model.said.speakers_asked != Some(ticket) {
        return Vec::new();
    }
    model.said.speakers_asked = None;
    let wanted = model.said.speaker.clone().or_else(|| model.said.voice_here().topic());
    model.said.speakers = speakers;
    stay_on(model, wanted.as_ref());
    Vec::new()
}

/// Moves the cursor of the speakers to one of them, or to everybody.
fn stay_on(model: &mut Model, wanted: Option<&Topic>) {
    let id = wanted.map(|topic| &topic.id);
    let place = model.said.voices().iter().position(|voice| voice.topic().as_ref().map(|topic| &topic.id) == id);
    to_speaker(model, place.unwrap_or(0));
}

/// Takes the carriers of a statement.
pub(super) fn carried(model: &mut Model, ticket: Ticket, carriers: Vec<Card>) -> Vec<Effect> {
    let Some((_, id)) = model.said.carriers_asked.take_if(|(asked, _)| *asked == ticket) else { return Vec::new() };
    let Some(card) = model.said.cards.current().filter(|card| card.id == id).cloned() else { return Vec::new() };
    if model.view == View::Statements && !carriers.is_empty() {
        model.said.open(card, carriers);
        return model.follow_card();
    }
    Vec::new()
}

/// Moves the cursor among the cards.
pub(super) fn to_card(model: &mut Model, index: usize) -> Vec<Effect> {
    let entries = model.card_entries();
    if !model.said.shown_mut().move_to(index, entries) {
        return Vec::new();
    }
    let mut effects = model.fetch();
    effects.extend(model.follow_card());
    effects
}

/// Moves the cursor among the speakers.
pub(super) fn to_speaker(model: &mut Model, index: usize) {
    let rows = model.speaker_rows().max(1);
    let said = &mut model.said;
    said.speaker_cursor = index.min(said.voices().len().saturating_sub(1));
    // The spellings of the one under the cursor take a row more.
    let lowest = (said.speaker_cursor + 2).saturating_sub(rows).min(said.speaker_cursor);
    said.speaker_top = said.speaker_top.clamp(lowest, said.speaker_cursor);
}

impl Model {
    /// The statement under the cursor of the cards, and where it stands.
    pub fn card_here(&self) -> Option<&Card> {
        self.said.shown().current().filter(|_| self.view == View::Statements)
    }

    /// How many cards the pane shows; at least one.
    pub fn card_entries(&self) -> usize {
        let rows = self.panes().list.map_or(self.size.height, |area| area.below_title().height);
        usize::from(rows / crate::app::card_rows(self.size)).max(1)
    }

    /// How many rows of speakers are shown.
    pub fn speaker_rows(&self) -> usize {
        let area = self.panes_with(Focus::Names).names.unwrap_or_default();
        usize::from(area.below_title().height)
    }

    /// Asks the present question of the statements, and who speaks in its answer where that is not known.
    pub(in crate::app) fn ask_statements(&mut self, anew: bool) -> Vec<Effect> {
        (self.said.opened, self.said.finishing) = (None, None);
        let ticket = self.ticket();
        let range = self.said.cards.ask(ticket, anew);
        let mut effects = vec![Effect::Said { ticket, query: self.query(), range }];
        let everybody = self.everybodys();
        if !anew || self.said.speakers_of.as_ref() != Some(&everybody) {
            let ticket = self.ticket();
            (self.said.speakers_of, self.said.speakers_asked) = (Some(everybody.clone()), Some(ticket));
            effects.push(Effect::Speakers { ticket, query: everybody, most: SPEAKERS });
        }
        effects
    }

    /// Asks for cards that will be needed, if they are not at hand.
    pub(super) fn fetch_cards(&mut self) -> Vec<Effect> {
        if self.said.opened.is_some() {
            return Vec::new();
        }
        let Some(range) = self.said.cards.missing(self.card_entries()) else { return Vec::new() };
        let ticket = self.ticket();
        self.said.cards.fetching(ticket, range.clone());
        vec![Effect::Said { ticket, query: self.query(), range }]
    }

    /// Shows the place of the card under the cursor: at once in the article on show, in another when keys pause.
    pub(super) fn follow_card(&mut self) -> Vec<Effect> {
        let Some(card) = self.card_here() else { return Vec::new() };
        let article = card.id.article;
        if self.reader.reading.as_ref().is_some_and(|reading| reading.article.id == article) && self.is_requested() {
            self.light();
            return Vec::new();
        }
        if self.reader.reading.is_none() { self.open_current() } else { self.open_soon() }
    }

    /// Lights the statement of the card under the cursor, and scrolls it into sight.
    pub(super) fn light(&mut self) {
        let here = self.card_here().map(|card| (card.id, card.content.iter().map(|piece| piece.span).collect::<Vec<Span>>()));
        let Some((StatementId { article, number }, pieces)) = here else { return self.reader.light(&[]) };
        if self.reader.reading.as_ref().is_none_or(|reading| reading.article.id != article) {
            return self.reader.light(&[]);
        }
        self.reader.light(&pieces);
        self.reader.go_to_statement(number as usize);
    }
}

/// The next or previous statement of the article on show.
pub(super) fn walk(model: &mut Model, forward: bool) -> Vec<Effect> {
    let places = model.reader.statement_places();
    if !model.reader.step(&places, forward) {
        let which = if forward { "next" } else { "previous" };
        model.tell(Severity::Info, format!("there is no {which} statement in this article"));
        return Vec::new();
    }
    let pieces = model.reader.statement_here().and_then(|number| model.reader.pieces(number)).unwrap_or_default();
    model.reader.light(&pieces);
    Vec::new()
}

/// Tells why something is held to be a statement or a name.
pub(super) fn why(model: &mut Model) -> Vec<Effect> {
    let number = match model.card_here().filter(|_| model.focus == Focus::List) {
        Some(card) => Some(card.id.number as usize),
        None => model.reader.statement_here(),
    };
    let told = number.and_then(|number| model.reader.why_statement(number)).or_else(|| model.reader.why_name());
    match told {
        Some(told) => model.tell(Severity::Info, told),
        None => model
            .tell(Severity::Info, "stand on a statement or a name first: ] q goes to the next statement, ] e to the next name"),
    }
    Vec::new()
}
