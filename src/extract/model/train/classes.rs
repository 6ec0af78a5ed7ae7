//! Distributional classes of words by the exchange algorithm: words that stand between like neighbours share a class.
//!
//! Martin, Liermann and Ney, "Algorithms for bigram and trigram word clustering" (1998): every word in turn moves to the class
//! that raises the likelihood of a class bigram model most. The result depends only on the counts and the order of the words.

use std::collections::HashMap;

/// Bigram counts of a vocabulary; word 0 is the end of a sentence, 1 any word outside the vocabulary.
#[derive(Clone, Debug, Default)]
pub struct Bigrams {
    /// For each word, its followers and how often they follow.
    after: Vec<Vec<(u32, u32)>>,
    before: Vec<Vec<(u32, u32)>>,
    counts: Vec<u64>,
}

impl Bigrams {
    /// Counts the bigrams of sentences of word numbers below `words`, each beginning and ending with 0.
    pub fn count<'s>(sentences: impl Iterator<Item = &'s [u32]>, words: usize) -> Bigrams {
        let mut pairs: HashMap<(u32, u32), u32> = HashMap::new();
        let mut counts = vec![0; words];
        for sentence in sentences {
            for pair in sentence.windows(2) {
                *pairs.entry((pair[0], pair[1])).or_default() += 1;
                counts[pair[0] as usize] += 1;
            }
        }
        let mut bigrams = Bigrams { after: vec![Vec::new(); words], before: vec![Vec::new(); words], counts };
        let mut pairs: Vec<_> = pairs.into_iter().collect();
        pairs.sort_unstable();
        for ((first, second), count) in pairs {
            bigrams.after[first as usize].push((second, count));
            bigrams.before[second as usize].push((first, count));
        }
        bigrams
    }
}

/// Counts of class bigrams, with `n ln n` of each kept beside it.
struct Board {
    classes: usize,
    pairs: Vec<i64>,
    /// `n ln n` of `pairs`.
    terms: Vec<f64>,
    totals: Vec<i64>,
    logs: Vec<f64>,
}

impl Board {
    fn term(&self, n: i64) -> f64 {
        match self.logs.get(usize::try_from(n).unwrap_or(0)) {
            Some(term) => *term,
            None => n as f64 * (n as f64).ln(),
        }
    }

    fn add(&mut self, first: usize, second: usize, count: i64) {
        let cell = first * self.classes + second;
        self.pairs[cell] += count;
        self.terms[cell] = self.term(self.pairs[cell]);
    }
}

/// The neighbours of a word by class.
#[derive(Default)]
struct Around {
    before: Vec<(usize, i64)>,
    after: Vec<(usize, i64)>,
    itself: i64,
}

/// Sorts the words into `classes` classes in at most `rounds` rounds. Words 0 and 1 keep classes 0 and 1 for themselves.
pub fn exchange(bigrams: &Bigrams, classes: usize, rounds: usize) -> Vec<u16> {
    let words = bigrams.counts.len();
    let mut order: Vec<usize> = (2..words).collect();
    order.sort_by_key(|word| (std::cmp::Reverse(bigrams.counts[*word]), *word));
    let mut class_of = vec![0_usize; words];
    class_of[1] = 1;
    for (rank, word) in order.iter().enumerate() {
        class_of[*word] = 2 + rank % (classes - 2);
    }
    let logs = (0..1 << 16).map(|n| if n == 0 { 0.0 } else { f64::from(n) * f64::from(n).ln() }).collect();
    let cells = classes * classes;
    let mut board = Board { classes, pairs: vec![0; cells], terms: vec![0.0; cells], totals: vec![0; classes], logs };
    for first in 0..words {
        board.totals[class_of[first]] += bigrams.counts[first] as i64;
        for (second, count) in &bigrams.after[first] {
            board.add(class_of[first], class_of[*second as usize], i64::from(*count));
        }
    }
    let mut sums = vec![0_i64; classes];
    for _ in 0..rounds {
        let mut moved = 0;
        for &word in &order {
            let around = around(bigrams, word, &class_of, &mut sums);
            let own = class_of[word];
            shift(&mut board, &around, own, -1);
            board.totals[own] -= bigrams.counts[word] as i64;
            let best = best_class(&board, &around, bigrams.counts[word] as i64, own);
            moved += usize::from(best != own);
            class_of[word] = best;
            shift(&mut board, &around, best, 1);
            board.totals[best] += bigrams.counts[word] as i64;
        }
        if moved * 500 < words {
            break;
        }
    }
    class_of.into_iter().map(|class| u16::try_from(class).expect("fewer than 65536 classes")).collect()
}

fn around(bigrams: &Bigrams, word: usize, class_of: &[usize], sums: &mut [i64]) -> Around {
    let mut around = Around::default();
    for (side, list) in [(&bigrams.before[word], &mut around.before), (&bigrams.after[word], &mut around.after)] {
        for (other, count) in side {
            if *other as usize == word {
                around.itself = i64::from(*count);
                continue;
            }
            let class = class_of[*other as usize];
            if sums[class] == 0 {
                list.push((class, 0));
            }
            sums[class] += i64::from(*count);
        }
        for (class, sum) in list.iter_mut() {
            *sum = std::mem::take(&mut sums[*class]);
        }
    }
    around
}

fn shift(board: &mut Board, around: &Around, class: usize, sign: i64) {
    for (other, count) in &around.before {
        board.add(*other, class, sign * count);
    }
    for (other, count) in &around.after {
        board.add(class, *other, sign * count);
    }
    if around.itself > 0 {
        board.add(class, class, sign * around.itself);
    }
}

/// The class that gains most by the word; its own where none gains more.
fn best_class(board: &Board, around: &Around, count: i64, own: usize) -> usize {
    let classes = board.classes;
    let mut gains = vec![0.0_f64; classes];
    for (other, n) in &around.after {
        for (class, gain) in gains.iter_mut().enumerate() {
            let cell = class * classes + other;
            if class != *other {
                *gain += board.term(board.pairs[cell] + n) - board.terms[cell];
            }
        }
    }
    for (other, n) in &around.before {
        let row = &board.pairs[other * classes..(other + 1) * classes];
        let terms = &board.terms[other * classes..(other + 1) * classes];
        for (class, gain) in gains.iter_mut().enumerate() {
            if class != *other {
                *gain += board.term(row[class] + n) - terms[class];
            }
        }
    }
    let count_in = |list: &[(usize, i64)], class: usize| list.iter().find(|(c, _)| *c == class).map_or(0, |(_, n)| *n);
    let mut best = own;
    for class in 2..classes {
        let within = count_in(&around.before, class) + count_in(&around.after, class) + around.itself;
        let cell = class * classes + class;
        gains[class] += board.term(board.pairs[cell] + within) - board.terms[cell];
        gains[class] -= 2.0 * (board.term(board.totals[class] + count) - board.term(board.totals[class]));
    }
    for class in 2..classes {
        if gains[class] > gains[best] + 1e-9 {
            best = class;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_with_like_neighbours_share_a_class() {
        // 2 and 3 stand before 4 and 5, which end sentences.
        let sentences: Vec<Vec<u32>> = (0..40).map(|n| vec![0, 2 + n % 2, 4 + (n / 2) % 2, 0]).collect();
        let classes = exchange(&Bigrams::count(sentences.iter().map(Vec::as_slice), 6), 4, 20);
        assert_eq!(classes[2], classes[3]);
        assert_eq!(classes[4], classes[5]);
        assert_ne!(classes[2], classes[4]);
    }
}
