//! An article's extraction as a compact blob: counted varints, spans as steps from one to the next, every rule name once.
//!
//! A million articles hold tens of millions of mentions; as JSON they would outweigh the texts. The first byte is the
//! layout's version, so that older archives stay readable.

use std::{borrow::Cow, collections::HashMap};

use anyhow::{Context, Result, bail, ensure};

use crate::{
    domain::{
        Bearer, Dated, Evidence, Extraction, Family, Furniture, Header, Kind, Language, Manner, Mention, Name, NameIndex,
        NameKey, Office, Polarity, Statement,
    },
    text::Span,
};

const VERSION: u8 = 3;

/// Told neither bylines nor the family of a verb and the polarity of a statement.
const FIRST: u8 = 1;

/// The first that tells of offices.
const OFFICES: u8 = 3;

/// Writes an extraction; [`decode`] gives it back.
pub(super) fn encode(extraction: &Extraction) -> Vec<u8> {
    let mut out = Out::default();
    let Extraction { header, names, mentions, statements, offices } = extraction;
    out.span(header.title);
    out.string(header.language.code());
    out.number(header.published.map_or(0, |date| u64::from(date.sort_key())));
    out.optional(header.place.as_deref());
    out.optional(header.outlet.as_deref());
    out.list(&header.agencies, |out, agency| out.string(agency));
    out.list(&header.byline, |out, writer| out.string(writer));
    out.list(&header.furniture, |out, furniture| {
        out.span(furniture.span);
        out.shared(&furniture.why);
    });
    out.list(names, Out::name);
    out.list(mentions, |out, mention| {
        out.span(mention.span);
        out.kind(mention.kind);
        out.number(u64::from(mention.name.0));
        out.evidence(&mention.evidence);
    });
    out.list(statements, |out, statement| {
        out.number(Manner::ALL.iter().position(|manner| *manner == statement.manner).map_or(0, |n| n as u64));
        out.index(statement.family.and_then(|family| Family::ALL.iter().position(|known| *known == family)).map(|n| n as u32));
        out.number(Polarity::ALL.iter().position(|known| *known == statement.polarity).map_or(0, |n| n as u64));
        out.optional_span(statement.cue);
        out.optional_span(statement.speaker);
        out.list(&statement.content, |out, piece| out.span(*piece));
        out.index(statement.speaker_name.map(|name| name.0));
        out.index(statement.via.map(|name| name.0));
        out.index(statement.addressee.map(|name| name.0));
        out.index(statement.nested_in);
        out.evidence(&statement.evidence);
    });
    out.list(offices, |out, office| {
        out.shared(&office.post);
        match &office.bearer {
            Bearer::Named(name) => out.number(u64::from(name.0) + 2),
            Bearer::Told(name) => {
                out.number(u64::from(name.is_some()));
                if let Some(name) = name {
                    out.name(name);
                }
            }
        }
    });
    out.finish()
}

/// Reads an extraction back.
///
/// # Errors
/// When the blob is cut short, was made by a newer qala, or was never an extraction.
pub(super) fn decode(blob: &[u8]) -> Result<Extraction> {
    read(blob).context("what was extracted from this article is stored in a form that cannot be read")
}

#[derive(Default)]
struct Out {
    body: Vec<u8>,
    shared: HashMap<String, u64>,
    in_order: Vec<String>,
    at: i64,
}

impl Out {
    fn number(&mut self, n: u64) {
        write_number(&mut self.body, n);
    }

    fn string(&mut self, text: &str) {
        write_string(&mut self.body, text);
    }

    fn optional(&mut self, text: Option<&str>) {
        match text {
            None => self.number(0),
            Some(text) => {
                self.number(1);
                self.string(text);
            }
        }
    }

    /// A string that recurs: stored once, named by its number.
    fn shared(&mut self, text: &str) {
        let number = match self.shared.get(text) {
            Some(number) => *number,
            None => {
                let number = self.in_order.len() as u64;
                self.shared.insert(text.to_owned(), number);
                self.in_order.push(text.to_owned());
                number
            }
        };
        self.number(number);
    }

    fn span(&mut self, span: Span) {
        let step = i64::from(span.start) - self.at;
        self.at = i64::from(span.start);
        self.number(zigzag(step));
        self.number(zigzag(i64::from(span.end) - i64::from(span.start)));
    }

    fn optional_span(&mut self, span: Option<Span>) {
        self.number(u64::from(span.is_some()));
        if let Some(span) = span {
            self.span(span);
        }
    }

    fn index(&mut self, index: Option<u32>) {
        self.number(index.map_or(0, |n| u64::from(n) + 1));
    }

    fn name(&mut self, name: &Name) {
        self.string(&name.key.0);
        self.kind(name.kind);
        self.string(&name.text);
    }

    fn kind(&mut self, kind: Kind) {
        self.number(kind_number(kind));
    }

    fn evidence(&mut self, evidence: &Evidence) {
        self.shared(&evidence.rule);
        self.body.push(evidence.confidence);
    }

    fn list<T>(&mut self, items: &[T], mut each: impl FnMut(&mut Out, &T)) {
        self.number(items.len() as u64);
        for item in items {
            each(self, item);
        }
    }

    fn finish(self) -> Vec<u8> {
        let mut whole = vec![VERSION];
        write_number(&mut whole, self.in_order.len() as u64);
        for text in &self.in_order {
            write_string(&mut whole, text);
        }
        whole.extend_from_slice(&self.body);
        whole
    }
}

/// The number under which a kind is stored, here and in the tables of names.
pub(super) fn kind_number(kind: Kind) -> u64 {
    Kind::ALL.iter().position(|known| *known == kind).map_or(0, |n| n as u64)
}

/// The way back from [`kind_number`].
pub(super) fn kind_of(number: u64) -> Result<Kind> {
    let kind = usize::try_from(number).ok().and_then(|n| Kind::ALL.get(n));
    kind.copied().with_context(|| format!("there is no kind {number}"))
}

fn zigzag(n: i64) -> u64 {
    ((n << 1) ^ (n >> 63)).cast_unsigned()
}

fn unzigzag(n: u64) -> i64 {
    (n >> 1).cast_signed() ^ -((n & 1).cast_signed())
}

fn write_number(out: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

fn write_string(out: &mut Vec<u8>, text: &str) {
    write_number(out, text.len() as u64);
    out.extend_from_slice(text.as_bytes());
}

struct In<'a> {
    rest: &'a [u8],
    shared: Vec<&'a str>,
    at: i64,
}

fn read(blob: &[u8]) -> Result<Extraction> {
    let [layout @ FIRST..=VERSION, rest @ ..] = blob else { bail!("its layout is not one up to version {VERSION}") };
    let mut input = In { rest, shared: Vec::new(), at: 0 };
    input.shared = input.list(In::string)?;
    let header = Header {
        title: input.span()?,
        language: Language::from_code(input.string()?),
        published: Dated::from_sort_key(u32::try_from(input.number()?)?),
        place: input.optional()?,
        outlet: input.optional()?,
        agencies: input.list(|input| Ok(input.string()?.to_owned()))?,
        byline: match *layout {
            FIRST => Vec::new(),
            _ => input.list(|input| Ok(input.string()?.to_owned()))?,
        },
        furniture: input.list(|input| Ok(Furniture { span: input.span()?, why: input.shared()? }))?,
    };
    let names = input.list(In::name)?;
    let mentions = input.list(|input| {
        let (span, kind) = (input.span()?, input.kind()?);
        Ok(Mention { span, kind, name: NameIndex(u32::try_from(input.number()?)?), evidence: input.evidence()? })
    })?;
    let statements = input.list(|input| {
        let manner = usize::try_from(input.number()?).ok().and_then(|n| Manner::ALL.get(n)).context("no such manner")?;
        let (mut family, mut polarity) = (None, Polarity::default());
        if *layout != FIRST {
            family = input.index()?.and_then(|n| Family::ALL.get(n as usize)).copied();
            let number = usize::try_from(input.number()?)?;
            polarity = *Polarity::ALL.get(number).context("no such polarity")?;
        }
        let (cue, speaker) = (input.optional_span()?, input.optional_span()?);
        Ok(Statement {
            manner: *manner,
            family,
            polarity,
            cue,
            speaker,
            content: input.list(In::span)?,
            speaker_name: input.index()?.map(NameIndex),
            via: input.index()?.map(NameIndex),
            addressee: input.index()?.map(NameIndex),
            nested_in: input.index()?,
            evidence: input.evidence()?,
        })
    })?;
    let offices = match *layout {
        OFFICES.. => input.list(|input| {
            let post = input.shared()?.into_owned();
            let bearer = match input.number()? {
                0 => Bearer::Told(None),
                1 => Bearer::Told(Some(input.name()?)),
                name => Bearer::Named(NameIndex(u32::try_from(name - 2)?)),
            };
            Ok(Office { post, bearer })
        })?,
        _ => Vec::new(),
    };
    ensure!(input.rest.is_empty(), "something follows its end");
    Ok(Extraction { header, names, mentions, statements, offices })
}

impl<'a> In<'a> {
    fn byte(&mut self) -> Result<u8> {
        let (first, rest) = self.rest.split_first().context("it is cut short")?;
        self.rest = rest;
        Ok(*first)
    }

    fn number(&mut self) -> Result<u64> {
        let mut n = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            n |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Ok(n);
            }
        }
        bail!("a number does not end")
    }

    fn string(&mut self) -> Result<&'a str> {
        let length = usize::try_from(self.number()?)?;
        let (text, rest) = self.rest.split_at_checked(length).context("it is cut short")?;
        self.rest = rest;
        Ok(std::str::from_utf8(text)?)
    }

    fn optional(&mut self) -> Result<Option<String>> {
        Ok(if self.number()? == 0 { None } else { Some(self.string()?.to_owned()) })
    }

    fn shared(&mut self) -> Result<Cow<'static, str>> {
        let number = usize::try_from(self.number()?)?;
        let text = self.shared.get(number).context("a rule without a name")?;
        Ok(Cow::Owned((*text).to_owned()))
    }

    fn span(&mut self) -> Result<Span> {
        self.at = self.at.checked_add(unzigzag(self.number()?)).context("a place beyond all texts")?;
        let end = self.at.checked_add(unzigzag(self.number()?)).context("a place beyond all texts")?;
        Ok(Span { start: u32::try_from(self.at)?, end: u32::try_from(end)? })
    }

    fn optional_span(&mut self) -> Result<Option<Span>> {
        Ok(if self.number()? == 0 { None } else { Some(self.span()?) })
    }

    fn index(&mut self) -> Result<Option<u32>> {
        Ok(self.number()?.checked_sub(1).map(u32::try_from).transpose()?)
    }

    fn name(&mut self) -> Result<Name> {
        Ok(Name { key: NameKey(self.string()?.to_owned()), kind: self.kind()?, text: self.string()?.to_owned() })
    }

    fn kind(&mut self) -> Result<Kind> {
        kind_of(self.number()?)
    }

    fn evidence(&mut self) -> Result<Evidence> {
        Ok(Evidence { rule: self.shared()?, confidence: self.byte()? })
    }

    fn list<T>(&mut self, mut each: impl FnMut(&mut In<'a>) -> Result<T>) -> Result<Vec<T>> {
        let length = self.number()?;
        // Every item takes a byte at least, so a damaged length cannot ask for more memory than the blob has bytes.
        ensure!(length <= self.rest.len() as u64, "it is cut short");
        (0..length).map(|_| each(self)).collect()
    }
}

#[cfg(test)]
mod tests;
