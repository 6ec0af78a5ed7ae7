//! Labels of tokens: outside, or begin, begin behind attached particles, and inside of each kind of name.

use crate::domain::Kind;

/// The kinds that the model tells apart, in the order of their labels.
pub(super) const KINDS: [Kind; 5] = [Kind::Person, Kind::Place, Kind::Organisation, Kind::Event, Kind::Document];
/// How many labels there are.
pub(super) const LABELS: usize = 1 + 3 * KINDS.len();

/// A token's label as a number below [`LABELS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label(pub u8);

/// What a label says of its token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// It is part of no name.
    Outside,
    /// It begins a name of this kind; `true` where particles are attached in front.
    Begin(Kind, bool),
    /// It goes on with a name of this kind.
    Inside(Kind),
}

impl Label {
    /// Part of no name.
    pub const OUTSIDE: Label = Label(0);

    /// The label of a part; none for dates, which rules alone find.
    pub fn of(part: Part) -> Option<Label> {
        let (kind, step) = match part {
            Part::Outside => return Some(Label::OUTSIDE),
            Part::Begin(kind, cut) => (kind, u8::from(cut)),
            Part::Inside(kind) => (kind, 2),
        };
        let place = KINDS.iter().position(|known| *known == kind)?;
        Some(Label(1 + 3 * u8::try_from(place).ok()? + step))
    }

    /// What it says.
    pub fn part(self) -> Part {
        let Some(number) = self.0.checked_sub(1) else { return Part::Outside };
        let kind = KINDS[usize::from(number / 3)];
        match number % 3 {
            0 => Part::Begin(kind, false),
            1 => Part::Begin(kind, true),
            _ => Part::Inside(kind),
        }
    }

    /// Whether `next` may stand behind it.
    pub fn allows(self, next: Label) -> bool {
        match (self.part(), next.part()) {
            (Part::Begin(one, _) | Part::Inside(one), Part::Inside(other)) => one == other,
            (Part::Outside, Part::Inside(_)) => false,
            _ => true,
        }
    }

    /// All labels.
    pub fn all() -> impl Iterator<Item = Label> {
        (0..LABELS as u8).map(Label)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_parts_are_the_same() {
        for label in Label::all() {
            assert_eq!(Label::of(label.part()), Some(label));
        }
        assert_eq!(Label::of(Part::Begin(Kind::Date, false)), None);
    }

    #[test]
    fn a_name_goes_on_only_behind_its_own_kind() {
        let label = |part| Label::of(part).unwrap();
        let inside = label(Part::Inside(Kind::Place));
        assert!(label(Part::Begin(Kind::Place, true)).allows(inside));
        assert!(!label(Part::Begin(Kind::Person, false)).allows(inside));
        assert!(!Label::OUTSIDE.allows(inside));
    }
}
