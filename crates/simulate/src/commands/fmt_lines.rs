//! Where fmt breaks lines: the breaks of the least cost over a whole paragraph (Knuth and Plass's method).
//!
//! The costs are those of GNU coreutils' fmt.

/// A word, and what is said of it.
#[derive(Clone, Debug)]
pub struct Word {
    pub text: Vec<u8>,
    /// The blanks behind it.
    pub space: usize,
    /// Begins with an opening bracket or quote.
    pub opens: bool,
    /// Ends in what ends a sentence.
    pub period: bool,
    /// Ends in a punctuation mark.
    pub punctuation: bool,
    /// Is the last of a sentence.
    pub ends: bool,
}

impl Word {
    /// The word of that text.
    pub fn new(text: Vec<u8>) -> Word {
        let opens = text.first().is_some_and(|byte| b"(['`\"".contains(byte));
        let punctuation = text.last().is_some_and(u8::is_ascii_punctuation);
        let closed = text.iter().rev().take(text.len().saturating_sub(1)).take_while(|byte| b")]'\"".contains(byte));
        let last = text.len().checked_sub(closed.count() + 1).and_then(|at| text.get(at));
        let period = last.is_some_and(|byte| b".?!".contains(byte));
        Word { text, space: 0, opens, period, punctuation, ends: false }
    }

    fn length(&self) -> i64 {
        i64::try_from(self.text.len()).unwrap_or(i64::MAX)
    }
}

/// The breaks of a paragraph, by the word that a line begins with.
pub struct Lines {
    next: Vec<usize>,
    length: Vec<i64>,
    cost: Vec<i64>,
}

impl Lines {
    /// The word that the line after the one that begins at `word` begins with.
    pub fn next(&self, word: usize) -> usize {
        self.next.get(word).copied().unwrap_or(word + 1)
    }

    /// A line near the end that it costs little to begin anew with.
    pub fn good_split(&self) -> usize {
        let cost = |word: usize| self.cost.get(word).copied().unwrap_or(0);
        let end = self.next.len().saturating_sub(1);
        let (mut split, mut best) = (end, i64::MAX);
        let mut word = self.next(0);
        while word < end {
            let this = cost(word) - cost(self.next(word));
            if this < best {
                (split, best) = (word, this);
            }
            best = best.saturating_add(square(3));
            word = self.next(word).max(word + 1);
        }
        split
    }
}

fn square(number: i64) -> i64 {
    number.saturating_mul(number)
}

fn short_cost(missing: i64) -> i64 {
    square(missing.saturating_mul(10))
}

fn ragged_cost(difference: i64) -> i64 {
    short_cost(difference) / 2
}

/// What it costs to begin a line with the word.
fn base_cost(words: &[Word], at: usize) -> i64 {
    let mut cost = square(70);
    let Some(word) = words.get(at) else { return cost };
    if let Some(before) = at.checked_sub(1).and_then(|at| words.get(at)) {
        if before.period {
            cost += if before.ends { -square(50) } else { square(600) };
        } else if before.punctuation {
            cost -= square(40);
        } else if at > 1 && words.get(at - 2).is_some_and(|word| word.ends) {
            cost += square(200) / before.length().max(1);
        }
    }
    if word.opens {
        cost -= square(40);
    } else if word.ends {
        cost += square(150) / word.length().max(1);
    }
    cost
}

/// The breaks of the least cost. `last_line` is the length of the line before, if the paragraph goes on.
pub fn break_lines(
    words: &[Word],
    width: usize,
    goal: usize,
    (first_indent, other_indent): (usize, usize),
    last_line: i64,
) -> Lines {
    let signed = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let (end, width, goal) = (words.len(), signed(width), signed(goal));
    let mut lines = Lines { next: vec![end; end + 1], length: vec![0; end + 1], cost: vec![0; end + 1] };
    for start in (0..end).rev() {
        let (mut best, mut next, mut best_length) = (i64::MAX, end, 0);
        let mut length = signed(if start == 0 { first_indent } else { other_indent });
        length += words.get(start).map_or(0, Word::length);
        for at in start + 1..=end {
            let after = lines.next(at);
            let mut cost = if at == end {
                0
            } else {
                let ragged = lines.length.get(at).filter(|_| after != end).map_or(0, |next| ragged_cost(length - next));
                short_cost(goal - length).saturating_add(ragged)
            };
            cost = cost.saturating_add(lines.cost.get(at).copied().unwrap_or(0));
            if start == 0 && last_line > 0 {
                cost = cost.saturating_add(ragged_cost(length - last_line));
            }
            if cost < best {
                (best, next, best_length) = (cost, at, length);
            }
            let Some(word) = words.get(at) else { break };
            length += words.get(at - 1).map_or(0, |before| signed(before.space)) + word.length();
            if length >= width {
                break;
            }
        }
        if let (Some(a), Some(b), Some(c)) =
            (lines.next.get_mut(start), lines.length.get_mut(start), lines.cost.get_mut(start))
        {
            (*a, *b, *c) = (next, best_length, best.saturating_add(base_cost(words, start)));
        }
    }
    lines
}
