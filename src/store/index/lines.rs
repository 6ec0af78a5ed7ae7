//! Sorted lines of text in a file, each a key, a tab and what is known of it, looked up where they lie.

use tantivy::directory::OwnedBytes;

/// Lines in order of their bytes, each with its end.
pub(super) struct Lines(pub(super) OwnedBytes);

impl Lines {
    /// What stands behind a key, line by line.
    pub(super) fn of<'a>(&'a self, key: &[u8]) -> impl Iterator<Item = &'a str> {
        let lines = self.0.as_slice();
        let wanted = [key, b"\t"].concat();
        let (mut low, mut high) = (0, lines.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let start = lines[..middle].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1).max(low);
            let end = lines[middle..].iter().position(|byte| *byte == b'\n').map_or(lines.len(), |at| middle + at + 1);
            if lines[start..end] < wanted[..] {
                low = end;
            } else {
                high = start;
            }
        }
        let rest = lines[low..].split(|byte| *byte == b'\n');
        rest.map_while(move |line| line.strip_prefix(&wanted[..])).filter_map(|line| std::str::from_utf8(line).ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_behind_a_key_is_found_where_it_lies() {
        let lines = Lines(OwnedBytes::new(&b"a\t1\na\t2\nab\t3\nb\t\n"[..]));
        let found = |key: &str| lines.of(key.as_bytes()).collect::<Vec<_>>();
        assert_eq!(found("a"), ["1", "2"]);
        assert_eq!(found("ab"), ["3"]);
        assert_eq!(found("b"), [""]);
        assert_eq!([found(""), found("0"), found("c"), found("aa")], [const { Vec::<&str>::new() }; 4]);
        assert_eq!(Lines(OwnedBytes::empty()).of(b"a").count(), 0);
    }
}
