//! POSIX basic and extended regular expressions on bytes, as in the C locale: the leftmost match, the longest of those.
//!
//! A pattern becomes a small program that is run over all alternatives at once, so the time is bounded by
//! length × pattern. Only patterns with back-references, and those of Perl, are matched by trying, with a limit on the
//! steps: the first alternative that fits.
//!
//! Not modelled: collating elements and equivalence classes (`[[.x.]]`, `[[=x=]]`).

use std::cell::Cell;
use std::rc::Rc;

mod bracket;
mod compile;
mod matcher;
mod parse;
mod perl;

pub use parse::{class, is_word};

/// The most instructions that a pattern may become; `\{n,m\}` copies its part.
const PROGRAM_LIMIT: usize = 20_000;

/// The most steps of a match by trying.
const STEP_LIMIT: usize = 200_000;

/// The most work that all matches of one compiled pattern may take together.
const WORK_LIMIT: usize = 100_000_000;

/// A compiled pattern.
#[derive(Clone, Debug)]
pub struct Regex {
    program: Vec<Instruction>,
    groups: usize,
    /// Whether it has to be matched by trying: back-references, and all of Perl's.
    by_trying: bool,
    /// Which bytes a match can start with; `None` if it may be empty.
    first: Option<Box<ByteSet>>,
    /// What is left of [`WORK_LIMIT`], for all clones.
    work: Rc<Cell<usize>>,
}

/// How a pattern is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Syntax {
    /// Extended (`-E`) instead of basic.
    pub extended: bool,
    /// Capital and small letters are the same.
    pub ignore_case: bool,
    /// `^` and `$` are at every line, and nothing but `\n` itself matches a newline.
    pub multiline: bool,
    /// Whose finer points apply.
    pub rules: Rules,
}

/// The programs whose patterns differ in their finer points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rules {
    /// busybox and whoever else asks.
    #[default]
    Plain,
    /// GNU's sed: what cannot be repeated is an error.
    Sed,
    /// GNU's grep: what cannot be repeated or ended is a letter.
    Grep,
    /// mawk: without braces.
    Mawk,
    /// PCRE: the first alternative that fits, looking around, reluctant repetition.
    Perl,
}

/// Where the groups of a match are: 0 is the whole match.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Captures {
    slots: Vec<Option<usize>>,
}

impl Captures {
    /// The byte range of a group, if it took part.
    pub fn range(&self, group: usize) -> Option<(usize, usize)> {
        let from = self.slots.get(group * 2).copied().flatten()?;
        let to = self.slots.get(group * 2 + 1).copied().flatten()?;
        Some((from, to))
    }

    /// The bytes of a group; none if it did not take part.
    pub fn get<'t>(&self, text: &'t [u8], group: usize) -> &'t [u8] {
        self.range(group).and_then(|(from, to)| text.get(from..to)).unwrap_or_default()
    }

    /// The range of the whole match.
    pub fn whole(&self) -> (usize, usize) {
        self.range(0).unwrap_or_default()
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct ByteSet {
    bits: [u64; 4],
}

impl ByteSet {
    fn empty() -> ByteSet {
        ByteSet { bits: [0; 4] }
    }

    fn insert(&mut self, byte: u8) {
        if let Some(word) = self.bits.get_mut(usize::from(byte >> 6)) {
            *word |= 1 << (byte & 63);
        }
    }

    fn contains(&self, byte: u8) -> bool {
        self.bits.get(usize::from(byte >> 6)).is_some_and(|word| word >> (byte & 63) & 1 == 1)
    }

    fn invert(&mut self) {
        for word in &mut self.bits {
            *word = !*word;
        }
    }

    fn ignore_case(&mut self) {
        for byte in b'a'..=b'z' {
            if self.contains(byte) || self.contains(byte.to_ascii_uppercase()) {
                self.insert(byte);
                self.insert(byte.to_ascii_uppercase());
            }
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Instruction {
    Set(Box<ByteSet>),
    /// Try the first, then the second.
    Split(usize, usize),
    Jump(usize),
    Save(usize),
    Start,
    End,
    LineStart,
    LineEnd,
    WordBoundary,
    NotWordBoundary,
    WordStart,
    WordEnd,
    Backreference(usize),
    /// What follows, up to its own `Match`, fits here (or does not); the program goes on at `next`.
    Look {
        behind: bool,
        negated: bool,
        next: usize,
    },
    Match,
}

impl Regex {
    /// Compiles a pattern; the error is regcomp's sentence.
    pub fn new(pattern: &[u8], syntax: Syntax) -> Result<Regex, &'static str> {
        let parsed = parse::parse(pattern, syntax)?;
        compile::compile(&parsed)
    }

    /// How many groups there are besides the whole.
    pub fn groups(&self) -> usize {
        self.groups
    }

    /// The first match that starts at `from` or later. `^` is the start of `text`, not `from`.
    pub fn find(&self, text: &[u8], from: usize) -> Option<Captures> {
        if self.by_trying { matcher::find_by_trying(self, text, from) } else { matcher::find(self, text, from) }
    }

    /// Takes work from what is left; `false` if there is none: then nothing matches any more.
    fn spend(&self, work: usize) -> bool {
        let left = self.work.get();
        self.work.set(left.saturating_sub(work));
        left > work
    }

    /// Whether matching was given up because it took too much work.
    pub fn is_exhausted(&self) -> bool {
        self.work.get() == 0
    }

    /// Whether there is a match.
    pub fn is_match(&self, text: &[u8]) -> bool {
        self.find(text, 0).is_some()
    }
}

/// What an extended regular expression and its groups find in a text; nothing where it does not fit.
pub fn captures(pattern: &str, text: &str) -> Vec<String> {
    let syntax = Syntax { extended: true, ..Syntax::default() };
    let Ok(regex) = Regex::new(pattern.as_bytes(), syntax) else { return Vec::new() };
    let Some(found) = regex.find(text.as_bytes(), 0) else { return Vec::new() };
    let group = |index| String::from_utf8_lossy(found.get(text.as_bytes(), index)).into_owned();
    (0..=regex.groups()).map(group).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matched(pattern: &str, text: &str, extended: bool, ignore_case: bool) -> String {
        matched_in(pattern, text, Syntax { extended, ignore_case, ..Syntax::default() })
    }

    fn matched_in(pattern: &str, text: &str, syntax: Syntax) -> String {
        let regex = match Regex::new(pattern.as_bytes(), syntax) {
            Ok(regex) => regex,
            Err(message) => return message.to_string(),
        };
        match regex.find(text.as_bytes(), 0) {
            None => "none".to_string(),
            Some(captures) => (0..=regex.groups())
                .map(|group| String::from_utf8_lossy(captures.get(text.as_bytes(), group)).into_owned())
                .collect::<Vec<_>>()
                .join(","),
        }
    }

    #[test]
    fn basic_patterns() {
        for (pattern, text, expected) in [
            ("b", "abc", "b"),
            ("a*", "baaa", ""),
            ("^a", "ba", "none"),
            ("a$", "ba", "a"),
            ("a^b$c", "xa^b$c", "a^b$c"),
            ("*a", "x*a", "*a"),
            ("\\(a*\\)b\\(c\\)", "xaabc", "aabc,aa,c"),
            ("a\\{2,3\\}", "aaaa", "aaa"),
            ("a\\{2\\}", "a", "none"),
            ("a+b?", "xa+b?", "a+b?"),
            ("a\\+", "aaa", "aaa"),
            ("a\\|b", "xb", "b"),
            ("\\(.\\)\\1", "abccd", "cc,c"),
            ("[[:digit:]]*[.]x", "12.x", "12.x"),
            ("[]a]*", "]a]b", "]a]"),
            ("[^]a]", "]ab", "b"),
            ("[a-c-]*", "a-cd", "a-c"),
            ("\\.", "a.b", "."),
            ("\\<is\\>", "this is", "is"),
            ("\\bis", "this is", "is"),
            ("\\w*", "ab_1 c", "ab_1"),
            ("\\s\\S", "ab c", " c"),
            ("\\(ab\\)*c", "ababc", "ababc,ab"),
            ("a\\", "a", "Trailing backslash"),
            ("\\(a", "a", "Unmatched ( or \\("),
            ("[a", "a", "Unmatched [, [^, [:, [., or [="),
        ] {
            assert_eq!(matched(pattern, text, false, false), expected, "{pattern}");
        }
    }

    #[test]
    fn extended_patterns() {
        for (pattern, text, expected) in [
            ("foo|foobar", "xfoobar", "foobar"),
            ("(a|ab)(c|bcd)", "abcd", "abcd,a,bcd"),
            ("a{2,}", "aaaa", "aaaa"),
            ("a{,2}", "aaaa", "aa"),
            ("(a+)(b?)", "aab", "aab,aa,b"),
            ("^(.*)-([0-9]+)$", "x-y-12", "x-y-12,x-y,12"),
            ("a\\{2", "a{2", "a{2"),
            ("()b", "ab", "b,"),
            ("(^|x)a", "a", "a,"),
            ("x(^a)?", "xa", "x,"),
            ("(a*)*", "b", ","),
            ("(a*)+", "aab", "aa,aa"),
            ("a|*b", "b", "Invalid preceding regular expression"),
            ("(.)(.)\\2\\1", "xabba", "abba,a,b"),
            ("v?[0-9]+(\\.[0-9]+)*", "tag v1.20.3", "v1.20.3,.3"),
            (")", ")", "Unmatched ) or \\)"),
        ] {
            assert_eq!(matched(pattern, text, true, false), expected, "{pattern}");
        }
        assert_eq!(matched("[a-c]X", "Bx", true, true), "Bx");
    }

    #[test]
    fn perls_patterns() {
        for (pattern, text, expected) in [
            ("fo+(?=bar)", "foobaz foobar", "foo"),
            ("foo\\K.*", "xfoobar", "bar"),
            ("(?<=key=)\\w+", "key=value", "value"),
            ("(?<!a)b", "abcb", "b"),
            ("a(?!b).", "abac", "ac"),
            ("<.+?>", "<a><b>", "<a>"),
            ("a|ab", "ab", "a"),
            ("(?:ab)+(c)", "ababc", "ababc,c"),
            ("(?<n>\\d+)-\\1", "12-12", "12-12,12"),
            ("(?i)FOO", "foo", "foo"),
            ("[\\d.]+", "v1.2", "1.2"),
            ("^\\S+$", "a b", "none"),
            ("\\Qa.b\\E", "axb a.b", "a.b"),
            ("a{,2}", "a{,2}", "a{,2}"),
            ("(a|b", "a", "missing closing parenthesis"),
            ("*a", "a", "quantifier does not follow a repeatable item"),
        ] {
            let syntax = Syntax { extended: true, rules: Rules::Perl, ..Syntax::default() };
            assert_eq!(matched_in(pattern, text, syntax), expected, "{pattern}");
        }
    }

    #[test]
    fn hard_patterns_stay_cheap() {
        let text = "a".repeat(2000);
        assert_eq!(matched("(a*)*b", &text, true, false), "none");
        assert_eq!(matched("(a|aa)*\\1b", &text, true, false), "none");
        assert_eq!(matched("((a{100}){100}){100}", "a", true, false), "Regular expression too big");
        assert_eq!(matched(&"(".repeat(5000), "a", true, false), "Regular expression too big");
    }
}
