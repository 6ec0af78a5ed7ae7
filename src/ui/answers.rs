//! What the program asks the terminal, in one breath after the first picture, and the answers.
//!
//! The last question is one that every terminal answers (device attributes): when its answer comes, no other will. Who does not
//! know a question is silent. Terminal.app prints the last letter of one; it is asked where that can be painted over.

/// The questions: bidi mode, name and version, kind of device, background, and the one that all answer.
pub(super) const QUESTIONS: &[u8] = b"\x1b7\x1b[999;999H\x1b[8$p\x1b8\x1b[>q\x1b[>c\x1b]11;?\x1b\\\x1b[c";

/// Those of them that a program in between is given for the terminal around it.
pub(super) const QUESTIONS_AROUND: &str = "\x1b[>q\x1b[>c\x1b[8$p\x1b[c";

/// What lies behind the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ground {
    /// Bright colours.
    Light,
    /// Dark colours.
    Dark,
}

/// One answer.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Answer {
    /// To OSC 11: the background.
    Ground(Ground),
    /// To XTVERSION: what the terminal calls itself.
    Name(String),
    /// To DECRQM 8: the state of bidi mode; 1 and 2 set and reset, 3 and 4 for good, 0 unknown.
    BidiMode(u8),
    /// To DA2: numbers that tell terminals apart, as they came.
    Device(String),
    /// To DA1: nothing else will be answered.
    Fence,
}

impl Answer {
    /// Reads a control sequence; `None` for what is no answer.
    pub fn sequence(parameters: &str, last: u8) -> Option<Answer> {
        match (last, parameters.as_bytes().first()?) {
            (b'c', b'?') => Some(Answer::Fence),
            (b'c', b'>') => Some(Answer::Device(parameters[1..].to_owned())),
            (b'y', b'8') => {
                let state = parameters.strip_prefix("8;")?.strip_suffix('$')?;
                state.parse().ok().map(Answer::BidiMode)
            }
            _ => None,
        }
    }

    /// Reads a control string.
    pub fn string(introducer: u8, text: &[u8]) -> Option<Answer> {
        let text = std::str::from_utf8(text).ok()?;
        match introducer {
            b']' => ground(text).map(Answer::Ground),
            _ => text.strip_prefix(">|").map(|name| Answer::Name(name.to_owned())),
        }
    }
}

/// Reads `11;rgb:ffff/ffff/ffff`, with one to four digits a colour and perhaps a fourth part for opacity.
fn ground(answer: &str) -> Option<Ground> {
    let (_, colours) = answer.strip_prefix("11;rgb")?.split_once(':')?;
    let mut parts = colours.split('/').map(|digits| {
        let most = 16_f64.powi(i32::try_from(digits.len()).ok()?) - 1.0;
        u32::from_str_radix(digits, 16).ok().filter(|_| digits.len() <= 4).map(|value| f64::from(value) / most)
    });
    let mut next = || parts.next().flatten();
    let (red, green, blue) = (next()?, next()?, next()?);
    // Luma of ITU-R BT.601.
    let luma = 0.299 * red + 0.587 * green + 0.114 * blue;
    Some(if luma > 0.5 { Ground::Light } else { Ground::Dark })
}

/// All that a terminal has answered.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Answers {
    /// To XTVERSION.
    pub name: Option<String>,
    /// To DA2.
    pub device: Option<String>,
    /// To DECRQM 8.
    pub bidi_mode: Option<u8>,
    /// To OSC 11.
    pub ground: Option<Ground>,
}

impl Answers {
    /// Whether nothing was.
    pub fn is_empty(&self) -> bool {
        *self == Answers::default()
    }

    /// Adds one.
    pub fn add(&mut self, answer: Answer) {
        match answer {
            Answer::Ground(ground) => self.ground = Some(ground),
            Answer::Name(name) => self.name = Some(name),
            Answer::BidiMode(mode) => self.bidi_mode = Some(mode),
            Answer::Device(device) => self.device = Some(device),
            Answer::Fence => {}
        }
    }

    /// What tells this terminal from others, in one line; colours do not.
    pub fn signature(&self) -> String {
        let part = |part: &Option<String>| part.clone().unwrap_or_else(|| "-".to_owned());
        let mode = self.bidi_mode.map_or_else(|| "-".to_owned(), |mode| mode.to_string());
        format!("{} | {} | {mode}", part(&self.name), part(&self.device))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_background_is_light_or_dark() {
        for (answer, expected) in [
            ("11;rgb:ffff/ffff/ffff", Some(Ground::Light)),
            ("11;rgb:0000/0000/0000", Some(Ground::Dark)),
            ("11;rgb:fd/f6/e3", Some(Ground::Light)),
            ("11;rgba:1e1e/1e1e/2e2e/ffff", Some(Ground::Dark)),
            ("11;rgb:0/0", None),
        ] {
            assert_eq!(ground(answer), expected, "{answer}");
        }
    }

    #[test]
    fn a_terminal_is_known_by_what_it_answered() {
        let mut answers = Answers::default();
        assert_eq!(answers.signature(), "- | - | -");
        let heard = [("?62;22", b'c'), (">65;7006;1", b'c'), ("8;2$", b'y')];
        heard.iter().filter_map(|(parameters, last)| Answer::sequence(parameters, *last)).for_each(|answer| answers.add(answer));
        assert_eq!(answers.signature(), "- | 65;7006;1 | 2");
        assert_eq!(Answer::sequence("1;5", b'C'), None);
    }
}
