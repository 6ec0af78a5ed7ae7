//! Who says what: reporting words, their speakers and what is said.
//!
//! A sieve over sentences: reporting words with a complement become anchors; each anchor's content runs to its own end or to
//! the next anchor; speakers that a clause leaves out come from what was said before.

mod acceptance;
mod agreement;
mod arabic;
mod attribution;
mod bearers;
mod complement;
mod content;
mod ending;
mod english;
mod headline;
pub mod model;
mod negation;
mod offices;
mod preceding;
mod sources;
mod subject;

use std::borrow::Cow;

use bearers::{Held, Meant};
use model::{Decision, Weights};

use super::{Holders, Means, furniture::Page, tokens::Tokens};
use crate::{
    domain::{Dated, Evidence, Kind, Language, Mention, Name, NameIndex, NameKey, Office, Polarity, Statement},
    lang::{Gender, told},
    text::Span,
};

/// Finds the statements of an article; speakers who are described and not named join `names`, with keys `src:…`.
///
/// Titles that this text gives to nobody mean who had the office when it was `published`. With the statements come the offices of
/// which the article tells, or asks, who holds them. With `decisions`, the choices that were made join them.
pub(super) fn find(
    tokens: &Tokens<'_>,
    page: &Page,
    mentions: &[Mention],
    names: &mut Vec<Name>,
    published: Option<Dated>,
    means: &Means<'_>,
    decisions: Option<&mut Vec<Decision>>,
) -> (Vec<Statement>, Vec<Office>) {
    let mut finder = Finder::new(tokens, page, mentions, names, means);
    finder.published = published;
    finder.decisions = decisions.is_some().then(Vec::new);
    headline::find(&mut finder);
    for sentence in 0..tokens.sentences.len() {
        if tokens.pack.language == Language::ENGLISH {
            english::read(&mut finder, sentence);
        } else {
            arabic::read(&mut finder, sentence);
        }
    }
    if let (Some(all), Some(made)) = (decisions, finder.decisions.take()) {
        all.extend(made);
    }
    let offices = finder.offices_seen();
    (finder.finish(), offices)
}

/// Who speaks, as far as a clause tells.
#[derive(Clone, Copy, Debug, Default)]
struct Speaker {
    /// The words that name the speaker.
    span: Option<Span>,
    /// Who it is.
    name: Option<NameIndex>,
    /// Whether the clause describes a speaker without naming one that the article knows.
    unnamed: bool,
}

/// A statement while it is put together.
#[derive(Clone, Debug)]
struct Draft {
    speaker: Speaker,
    /// First and last token of the reporting words, and letters cut off the first.
    cue: (usize, usize, u8),
    /// Ranges of tokens that hold what is said.
    content: Vec<(usize, usize)>,
    /// Letters cut off the first token of the content.
    cut: u8,
    via: Option<NameIndex>,
    addressee: Option<NameIndex>,
    nested_in: Option<usize>,
    rule: &'static str,
    confidence: u8,
}

/// All that the rules share.
struct Finder<'t, 'a> {
    tokens: &'t Tokens<'a>,
    page: &'t Page,
    mentions: &'t [Mention],
    names: &'t mut Vec<Name>,
    /// For each token, the mention that covers it, plus one.
    cover: Vec<u32>,
    /// For each mention, its tokens.
    ranges: Vec<(usize, usize)>,
    /// Offices seen with persons: folded title, country, who.
    offices: Vec<(String, String, NameIndex)>,
    /// Offices that the text gives to persons in so many words.
    held: Vec<Held>,
    /// What an archive tells of others.
    holders: &'t Holders,
    /// Offices whose titles speak while neither text nor tables say whose they are, with whom the archive knows to hold them.
    asked: Vec<Office>,
    /// The day of publication.
    published: Option<Dated>,
    drafts: Vec<Draft>,
    /// Who spoke last, for omitted subjects.
    last: Option<NameIndex>,
    /// Who spoke last with a masculine, a feminine, a plural verb.
    last_of: [Option<NameIndex>; 3],
    /// The gender of the verb at hand.
    gender: Gender,
    /// The body that spoke last: papers spoken of are its own.
    issuer: Option<NameIndex>,
    /// What is known of the gender of each name.
    genders: Vec<Gender>,
    weights: &'t Weights,
    /// The choices that were made, where a trainer asks for them.
    decisions: Option<Vec<Decision>>,
}

impl<'t, 'a> Finder<'t, 'a> {
    fn new(
        tokens: &'t Tokens<'a>,
        page: &'t Page,
        mentions: &'t [Mention],
        names: &'t mut Vec<Name>,
        means: &Means<'t>,
    ) -> Finder<'t, 'a> {
        let mut cover = vec![0; tokens.all.len()];
        let mut ranges = Vec::with_capacity(mentions.len());
        let mut at = 0;
        for (number, mention) in (1..).zip(mentions) {
            while at < tokens.all.len() && tokens.all[at].span.end <= mention.span.start {
                at += 1;
            }
            let start = at;
            let mut end = at;
            while end < tokens.all.len() && tokens.all[end].span.start < mention.span.end {
                cover[end] = number;
                end += 1;
            }
            ranges.push((start, end));
        }
        let mut finder = Finder {
            tokens,
            page,
            mentions,
            names,
            cover,
            ranges,
            offices: Vec::new(),
            held: Vec::new(),
            holders: means.holders,
            asked: Vec::new(),
            published: None,
            drafts: Vec::new(),
            last: None,
            last_of: [None; 3],
            gender: Gender::Any,
            issuer: None,
            genders: Vec::new(),
            weights: means.weights,
            decisions: None,
        };
        finder.learn_offices();
        finder.learn_holders();
        finder.learn_genders();
        finder
    }

    /// The mention of a person, place or body that covers a token.
    fn mention_at(&self, token: usize) -> Option<usize> {
        let index = self.cover.get(token)?.checked_sub(1)? as usize;
        matches!(self.mentions[index].kind, Kind::Person | Kind::Place | Kind::Organisation).then_some(index)
    }

    /// The mention that begins at a token with no attached particle.
    fn bare_mention(&self, token: usize) -> Option<usize> {
        self.mention_at(token).filter(|index| {
            self.ranges[*index].0 == token && self.mentions[*index].span.start == self.tokens.all[token].span.start
        })
    }

    fn speaker(&self, mention: usize) -> Speaker {
        let mention = &self.mentions[mention];
        Speaker { span: Some(mention.span), name: Some(mention.name), unnamed: false }
    }

    /// Gives a described speaker whom the article does not name a name, so that later reports can go on with it: that of the
    /// person who held the office, else one of its own.
    fn christen(&mut self, speaker: &mut Speaker) {
        let (Some(span), true) = (speaker.span, speaker.unnamed && speaker.name.is_none()) else { return };
        match self.meant_by(span) {
            Some(Meant::Then(slug)) => {
                speaker.name = self.known_name(slug);
                return;
            }
            Some(Meant::Seen(name)) => {
                speaker.name = self.add_name(name.clone());
                return;
            }
            Some(Meant::Here(_)) | None => {}
        }
        let words = crate::lang::packs::key_of(span.of(self.tokens.text));
        // A mark or a lone letter describes nobody.
        if words.chars().count() < 2 {
            *speaker = Speaker::default();
            return;
        }
        let key = NameKey(format!("src:{words}"));
        speaker.name = self.add_name(Name { key, kind: Kind::Person, text: span.of(self.tokens.text).to_owned() });
    }

    /// The name of the article with this key, made now where there is none.
    fn add_name(&mut self, name: Name) -> Option<NameIndex> {
        let index = self.names.iter().position(|known| known.key == name.key).unwrap_or_else(|| {
            self.names.push(name);
            self.names.len() - 1
        });
        u32::try_from(index).ok().map(NameIndex)
    }

    /// The state of a capital where the article names it already, else the name itself.
    fn known_state(&self, name: NameIndex) -> NameIndex {
        let lexicon = &self.tokens.packs.names;
        let entry = lexicon.by_slug(&self.names[name.0 as usize].key.0).filter(|entry| entry.role == "capital");
        let state = entry.and_then(|entry| self.names.iter().position(|name| name.key.0 == entry.country));
        state.and_then(|index| u32::try_from(index).ok()).map_or(name, NameIndex)
    }

    /// A capital that speaks is its state.
    fn state_of(&mut self, name: NameIndex) -> NameIndex {
        let lexicon = &self.tokens.packs.names;
        let country = lexicon
            .by_slug(&self.names[name.0 as usize].key.0)
            .filter(|entry| entry.role == "capital")
            .map(|entry| entry.country);
        country.and_then(|country| self.known_name(country)).unwrap_or(name)
    }

    /// The name of a thing of the lexicon, made now where the article does not have it.
    fn known_name(&mut self, slug: &str) -> Option<NameIndex> {
        let entry = self.tokens.packs.names.by_slug(slug)?;
        let arabic = self.tokens.pack.language == Language::ARABIC && !entry.arabic.is_empty();
        let text = if arabic { entry.arabic } else { entry.english };
        self.add_name(Name { key: NameKey(entry.slug.to_owned()), kind: entry.kind, text: text.to_owned() })
    }

    fn push(&mut self, mut draft: Draft) {
        draft.speaker.name = draft.speaker.name.map(|name| self.state_of(name));
        self.christen(&mut draft.speaker);
        let asked = draft.speaker.span.and_then(|span| self.asked_by(span));
        self.asked.extend(asked);
        if let Some(name) = draft.speaker.name {
            self.last = Some(name);
            if self.names[name.0 as usize].kind == Kind::Organisation {
                self.issuer = Some(name);
            }
            if draft.speaker.span.is_some() && draft.nested_in.is_none() {
                let gender = self.gender;
                self.learn_gender(name, if gender == Gender::Plural { Gender::Any } else { gender });
            }
            match (draft.speaker.span, self.gender) {
                (Some(_), Gender::Masculine) => self.last_of[0] = Some(name),
                (Some(_), Gender::Feminine) => self.last_of[1] = Some(name),
                (Some(_), Gender::Plural) => self.last_of[2] = Some(name),
                _ => {}
            }
            self.gender = Gender::Any;
        }
        self.drafts.push(draft);
    }

    /// Who speaks where a clause leaves it out: whoever spoke last, with a verb of the same gender where there was one.
    fn omitted(&self, gender: Gender) -> Speaker {
        let same = match gender {
            Gender::Masculine => self.last_of[0],
            Gender::Feminine => self.last_of[1],
            Gender::Plural => self.last_of[2],
            Gender::Any => None,
        };
        Speaker { span: None, name: same.or(self.last), unnamed: false }
    }

    /// Turns drafts into statements in order of their cues; drafts without content fall away.
    fn finish(self) -> Vec<Statement> {
        let mut order: Vec<usize> = (0..self.drafts.len()).collect();
        order.sort_by_key(|index| (self.drafts[*index].cue.0, *index));
        let mut place = vec![None; self.drafts.len()];
        let mut statements: Vec<Statement> = Vec::with_capacity(order.len());
        for index in order {
            let draft = &self.drafts[index];
            let Some((content, manner)) = content::pieces(self.tokens, draft) else { continue };
            let (first, last, cut) = draft.cue;
            let cue = Span::new(self.tokens.cut_start(first, cut), self.tokens.all[last].span.end as usize);
            let told = told(cue.of(self.tokens.text));
            let denies = told.is_some_and(|told| told.denies);
            place[index] = Some(statements.len() as u32);
            statements.push(Statement {
                manner,
                speaker: draft.speaker.span,
                speaker_name: draft.speaker.name,
                cue: Some(cue),
                family: told.map(|told| told.family),
                polarity: Polarity::of(denies, negation::negated(self.tokens, first, denies)),
                content,
                via: draft.via,
                addressee: draft.addressee,
                nested_in: draft.nested_in.and_then(|outer| place[outer]),
                evidence: Evidence { rule: self.rule(draft), confidence: draft.confidence },
            });
        }
        statements
    }

    /// The rule of a statement, with the way in which a title was found to mean its speaker.
    fn rule(&self, draft: &Draft) -> Cow<'static, str> {
        let is_speaker = |key: &str| draft.speaker.name.is_some_and(|who| self.names[who.0 as usize].key.0 == key);
        let meant = draft.speaker.span.and_then(|span| self.meant_by(span)).filter(|meant| match *meant {
            Meant::Here(who) => draft.speaker.name == Some(who),
            Meant::Then(slug) => is_speaker(slug),
            Meant::Seen(name) => is_speaker(&name.key.0),
        });
        meant.map_or(draft.rule.into(), |meant| format!("{}; speaker: {}", draft.rule, meant.way()).into())
    }
}
