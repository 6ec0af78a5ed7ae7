//! Everything a reader can ask for, one row each: what it is called and what it does. Its keys stand in `keys.toml`.

use std::str::FromStr;

macro_rules! commands {
    ($($variant:ident $name:literal $help:literal)*) => {
        /// Something the reader can ask for; keys are bound to these.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Command { $(#[doc = $help] $variant,)* }

        impl Command {
            /// Every command, in the order in which help shows them.
            pub const ALL: &'static [Command] = &[$(Command::$variant,)*];

            /// What key files call it.
            pub fn name(self) -> &'static str { match self { $(Command::$variant => $name,)* } }

            /// What it does, on one line.
            pub fn help(self) -> &'static str { match self { $(Command::$variant => $help,)* } }
        }
    };
}

commands! {
    Next            "next"              "Move down one"
    Previous        "previous"          "Move up one"
    HalfDown        "half-page-down"    "Move down half a page"
    HalfUp          "half-page-up"      "Move up half a page"
    PageDown        "page-down"         "Move down a page"
    PageUp          "page-up"           "Move up a page"
    First           "first"             "Move to the top; 12 g g moves to the twelfth"
    Last            "last"              "Move to the end; 12 G moves to the twelfth"
    Open            "open"              "Read the article"
    ReadOn          "read-on"           "Read on: a page of the text, then the next article"
    ReadBack        "read-back"         "Read back: a page of the text"
    TextDown        "text-down"         "Scroll the text down a line"
    TextUp          "text-up"           "Scroll the text up a line"
    NextArticle     "next-article"      "Show the next article"
    PreviousArticle "previous-article"  "Show the previous article"
    Filter          "filter"            "Filter the articles by words, as you type"
    Accept          "accept"            "Keep the filter and go to the list"
    Cancel          "cancel"            "Clear the filter and go back to where you were"
    NextHit         "next-hit"          "Go to the next place that the filter found, then to the next article"
    PreviousHit     "previous-hit"      "Go to the previous place that the filter found"
    NextName        "next-name"         "Go to the next name in the text"
    PreviousName    "previous-name"     "Go to the previous name in the text"
    Narrow          "narrow"            "List only articles that mention this name"
    Widen           "widen"             "Take back the last narrowing"
    Clear           "clear"             "Clear the filter, else take back the last narrowing"
    NextPane        "next-pane"         "Go to the next pane"
    PreviousPane    "previous-pane"     "Go to the previous pane"
    PaneLeft        "pane-left"         "Go to the pane on the left"
    PaneRight       "pane-right"        "Go to the pane on the right"
    Select          "select"            "Select a passage of the text, to copy it or put a note on it"
    OtherEnd        "other-end"         "Move the other end of the passage from now on"
    SelectParagraph "select-paragraph"  "Select the whole paragraph"
    CaretLeft       "caret-left"        "Move the end of the passage to the left"
    CaretRight      "caret-right"       "Move the end of the passage to the right"
    NextWord        "next-word"         "Move the end of the passage to the next word"
    PreviousWord    "previous-word"     "Move the end of the passage to the beginning of the word"
    WordEnd         "word-end"          "Move the end of the passage to the end of the word"
    RowStart        "row-start"         "Move the end of the passage to the beginning of the row"
    RowEnd          "row-end"           "Move the end of the passage to the end of the row"
    NextParagraph   "next-paragraph"    "Move the end of the passage to the next paragraph"
    PreviousParagraph "previous-paragraph" "Move the end of the passage to the beginning of the paragraph"
    CopyPassage     "copy-passage"      "Copy the passage"
    Names           "names"             "Go to the names in this article"
    Statements      "statements"        "Show who said what; on a name, what that one has said"
    Articles        "articles"          "Show the articles again"
    Carriers        "carriers"          "Show or hide the articles that carry this statement, with how their words differ"
    NextStatement   "next-statement"    "Go to the next statement in the text"
    PreviousStatement "previous-statement" "Go to the previous statement in the text"
    Why             "why"               "Tell why this is held to be a statement or a name, and how sure it is"
    Facets          "facets"            "Show what is listed by people, places, outlets and so on, with counts; again hides it"
    FacetPeople     "facet-people"      "Go to the people in what is listed"
    FacetOutlets    "facet-outlets"     "Go to the outlets of what is listed"
    FacetLanguages  "facet-languages"   "Go to the languages of what is listed"
    FacetMonths     "facet-months"      "Go to the months of what is listed"
    FacetTags       "facet-tags"        "Go to the tags of what is listed"
    Include         "include"           "List only these articles; again for the others too"
    Exclude         "exclude"           "Leave these articles out; again to list them too"
    OnlyUnread      "only-unread"       "List only unread articles; again for all"
    Sort            "sort"              "List the best, the newest or the oldest first"
    Timeline        "timeline"          "Show when what is listed was published; again hides it"
    BarLeft         "bar-left"          "Move to the left along the timeline"
    BarRight        "bar-right"         "Move to the right along the timeline"
    ZoomIn          "zoom-in"           "Show the timeline by shorter times"
    ZoomOut         "zoom-out"          "Show the timeline by longer times"
    Date            "date"              "Go to a date in the list: date 2021-11"
    Save            "save"              "Save the filter as a search: save NAME"
    Searches        "searches"          "Show the saved searches"
    Delete          "delete"            "Delete the saved search"
    Undelete        "undelete"          "Bring back the search that was deleted last"
    Snippets        "snippets"          "Show below each title where the article answers best"
    ToggleRead      "toggle-read"       "Mark the article as read, or as unread again"
    ReadAll         "read-all"          "Mark all listed articles as read"
    Star            "star"              "Star the article, or take the star away"
    Tag             "tag"               "Put tags on the article"
    Untag           "untag"             "Take tags from the article"
    Note            "note"              "Write a note on the article or passage; an empty one removes it"
    Undo            "undo"              "Undo the last decision; 3 u undoes three"
    Redo            "redo"              "Do again what was undone"
    History         "history"           "Show what was decided, step by step"
    UndoTo          "undo-to"           "Undo down to this step, or do again up to it"
    NextNote        "next-note"         "Go to the next passage with a note"
    PreviousNote    "previous-note"     "Go to the previous passage with a note"
    NextUnread      "next-unread"       "Go to the next unread article"
    PreviousUnread  "previous-unread"   "Go to the previous unread article"
    CommandLine     "command-line"      "Give a command by name"
    Respell         "respell"           "Ask for the spelling that is offered below a short list"
    Earlier         "earlier"           "Look through the filters that were kept before"
    Set             "set"               "Show the settings, or change one: set theme light"
    Older           "older"             "What was typed here before"
    Newer           "newer"             "What was typed here after that"
    Complete        "complete"          "Complete what is typed; again for the next candidate"
    CompleteBack    "complete-back"     "Back to the candidate before"
    CopyCitation    "copy-citation"     "Copy title, outlet, date and link of the article"
    CopyParagraph   "copy-paragraph"    "Copy the paragraph where you stand, or the first in sight"
    CopyArticle     "copy-article"      "Copy the whole text of the article"
    CopyLink        "copy-link"         "Copy the link of the article, or the path of its file"
    CopyStatement   "copy-statement"    "Copy the statement with who said it and where"
    CopyId          "copy-id"           "Copy the id of the article"
    Original        "original"          "Open the article's link in a browser, or tell where its file lies"
    Editor          "editor"            "Look at the article in your editor or pager"
    Pipe            "pipe"              "Give the text of the article or the passage to a command"
    Help            "help"              "Show or hide the keys that work here"
    Mirror          "mirror"            "Turn the screen round: the list on the other side"
    Bidi            "bidi"              "Try the next way of sending right-to-left text; take the one that reads right"
    Redraw          "redraw"            "Draw the screen anew and look for new articles"
    Suspend         "suspend"           "Put qala into the background; fg brings it back"
    Back            "back"              "Go back; from the whole list, leave"
    Quit            "quit"              "Leave"
}

impl Command {
    /// Whether it can be given by name: the others are about the line in which names are typed, or about filtering.
    pub fn is_named(self) -> bool {
        use Command::{Accept, Cancel, CommandLine, Complete, CompleteBack, Delete, Earlier, Newer, Older, Undelete, UndoTo};
        let unnamed = [Accept, Cancel, CommandLine, Complete, CompleteBack, Delete, Earlier, Newer, Older, Undelete, UndoTo];
        !unnamed.contains(&self)
    }
}

impl FromStr for Command {
    type Err = String;

    fn from_str(name: &str) -> Result<Command, String> {
        let found = Command::ALL.iter().find(|command| command.name() == name);
        found.copied().ok_or_else(|| format!("there is no command '{name}'"))
    }
}
