//! What an author states about a RUN: `# layerlab: adds=45MB time=12s at=/opt/tool` above it.
//!
//! To Docker it is a comment. It counts for the RUN that is the next instruction below it; several lines above one RUN
//! are one statement. In any other place (above another instruction, inside a continued one, below the last) it is a
//! mistake, and a statement with a mistake does not count.

use std::collections::BTreeMap;

use source::{Diagnostic, Severity, TextRange, Value};

use crate::{Body, Instruction};

/// What a comment begins with, behind its `#`.
const MARK: &str = "layerlab:";

/// The most bytes that a step can be stated to add: what a file can have.
const MOST_BYTES: u64 = 1 << 40;
/// The longest time that a step can be stated to take: a week.
const MOST_MS: u64 = 7 * 24 * 3_600_000;

/// Units of sizes as Docker writes them, with their bytes.
const SIZES: [(&str, u64); 8] = [
    ("B", 1),
    ("kB", 1_000),
    ("KB", 1_000),
    ("MB", 1_000_000),
    ("GB", 1_000_000_000),
    ("KiB", 1 << 10),
    ("MiB", 1 << 20),
    ("GiB", 1 << 30),
];

/// Units of times, with their milliseconds.
const TIMES: [(&str, u64); 5] = [("ms", 1), ("s", 1_000), ("m", 60_000), ("min", 60_000), ("h", 3_600_000)];

/// What an author states about a RUN.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statement {
    /// `adds=`: the bytes of its layer.
    pub adds: Option<u64>,
    /// `time=`: how long it takes, in milliseconds.
    pub time_ms: Option<u64>,
    /// `at=`: where the bytes are that nothing else accounts for.
    pub at: Option<String>,
}

/// A statement while its lines are read.
struct Draft {
    statement: Statement,
    /// Its first line.
    place: TextRange,
    mistaken: bool,
}

/// The statements of a file by the index of their RUN, and what is wrong with those that are none.
pub(crate) fn statements(
    text: &str,
    comments: &[TextRange],
    instructions: &[Instruction],
) -> (BTreeMap<usize, Statement>, Vec<Diagnostic>) {
    let mut drafts: BTreeMap<usize, Draft> = BTreeMap::new();
    let mut refused = Vec::new();
    for &place in comments {
        let Some(words) = words(text, place) else { continue };
        let below = instructions.partition_point(|instruction| instruction.range.start < place.start);
        let inside = below.checked_sub(1).and_then(|above| instructions.get(above));
        let inside = inside.is_some_and(|instruction| place.end <= instruction.range.end);
        let run = instructions.get(below).is_some_and(|instruction| matches!(instruction.body, Body::Run(_)));
        if inside || !run {
            refused.push(note("statement-misplaced", place, None));
            continue;
        }
        let empty = || Draft { statement: Statement::default(), place, mistaken: false };
        let draft = drafts.entry(below).or_insert_with(empty);
        let mistakes = words.into_iter().filter_map(|word| read(&mut draft.statement, word.of(text), word));
        let before = refused.len();
        refused.extend(mistakes);
        draft.mistaken |= refused.len() > before;
    }
    let mut statements = BTreeMap::new();
    for (run, Draft { statement, place, .. }) in drafts.into_iter().filter(|(_, draft)| !draft.mistaken) {
        if statement == Statement::default() {
            refused.push(note("statement-empty", place, None));
        } else if statement.adds.is_none() && statement.at.is_some() {
            refused.push(note("statement-path-alone", place, None));
        } else {
            statements.insert(run, statement);
        }
    }
    refused.sort_by_key(|diagnostic| diagnostic.range.start);
    (statements, refused)
}

/// The words behind the mark; `None` for a comment without it.
fn words(text: &str, comment: TextRange) -> Option<Vec<TextRange>> {
    let rest = comment.of(text).strip_prefix('#')?.trim_start().strip_prefix(MARK)?;
    let start = comment.end - rest.len();
    let mut words = Vec::new();
    let mut at = 0;
    for word in rest.split(char::is_whitespace) {
        if !word.is_empty() {
            words.push(TextRange::new(start + at, start + at + word.len()));
        }
        // white space that split the word off; at the end of the text there is none, and no next word
        let gap = rest.get(at + word.len()..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        at += word.len() + gap;
    }
    Some(words)
}

/// Takes a word into the statement, or says what is wrong with it.
fn read(statement: &mut Statement, word: &str, range: TextRange) -> Option<Diagnostic> {
    let wrong = |code, name, value: &str| Some(note(code, range, Some((name, value))));
    let (key, value) = word.split_once('=').unwrap_or((word, ""));
    let taken = match key {
        "adds" => statement.adds.is_some(),
        "time" => statement.time_ms.is_some(),
        "at" => statement.at.is_some(),
        _ => return wrong("statement-unknown-key", "key", key),
    };
    if taken {
        return wrong("statement-repeated", "key", key);
    }
    match key {
        "adds" => match stated_size(value) {
            None => return wrong("statement-size-invalid", "value", value),
            bytes => statement.adds = bytes,
        },
        "time" => match stated_time(value) {
            None => return wrong("statement-time-invalid", "value", value),
            ms => statement.time_ms = ms,
        },
        _ => {
            let plain = value.split('/').skip(1).all(|part| !matches!(part, "" | "." | ".."));
            if !value.starts_with('/') || !plain {
                return wrong("statement-path-invalid", "value", value);
            }
            statement.at = Some(value.to_owned());
        }
    }
    None
}

/// A size as a statement has it: `45MB`, `1.5GB`. Bytes.
#[must_use]
pub fn stated_size(text: &str) -> Option<u64> {
    quantity(text, &SIZES).filter(|bytes| *bytes <= MOST_BYTES)
}

/// A time as a statement has it: `12s`, `1m30s`. Milliseconds.
#[must_use]
pub fn stated_time(text: &str) -> Option<u64> {
    duration(text).filter(|ms| *ms <= MOST_MS)
}

/// `1m30s`: one or more numbers with units.
fn duration(text: &str) -> Option<u64> {
    let mut rest = text;
    let mut sum = None;
    while !rest.is_empty() {
        let number = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let unit = rest.get(number..)?;
        let end = number + unit.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(unit.len());
        let part = quantity(rest.get(..end)?, &TIMES)?;
        sum = Some(part.checked_add(sum.unwrap_or(0))?);
        rest = rest.get(end..)?;
    }
    sum
}

/// `1.5GB`: a number with at most three decimals, and a unit.
fn quantity(text: &str, units: &[(&str, u64)]) -> Option<u64> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (number, unit) = text.split_at_checked(end)?;
    let (_, factor) = units.iter().find(|(name, _)| *name == unit)?;
    let (whole, decimals) = number.split_once('.').unwrap_or((number, "0"));
    if decimals.is_empty() || decimals.len() > 3 {
        return None;
    }
    let thousandths = format!("{decimals:0<3}").parse::<u64>().ok()?;
    let whole = whole.parse::<u64>().ok()?.checked_mul(*factor)?;
    whole.checked_add(thousandths.checked_mul(*factor)? / 1000)
}

fn note(code: &'static str, range: TextRange, argument: Option<(&'static str, &str)>) -> Diagnostic {
    let args = argument.map(|(name, value)| (name, Value::Text(value.to_owned())));
    Diagnostic { code, severity: Severity::Note, docker: None, args: args.into_iter().collect(), range }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    /// A mistake: its code, and what it is about.
    type Wrong<'t> = (&'static str, &'t str);

    /// The statements of the file's instructions, and its mistakes.
    fn stated(text: &str) -> (Vec<(usize, Statement)>, Vec<Wrong<'_>>) {
        let file = parse(text);
        let notes = file.notes.iter().map(|note| (note.code, note.range.of(text))).collect();
        (file.statements.into_iter().collect(), notes)
    }

    fn of_run(comment: &str) -> Option<Statement> {
        let (mut found, _) = stated(&format!("FROM scratch\n{comment}\nRUN x\n"));
        found.pop().map(|(_, statement)| statement)
    }

    #[test]
    fn sizes_and_times_have_units() {
        for (written, adds, time_ms) in [
            ("adds=45MB", Some(45_000_000), None),
            ("adds=1.5GB time=90s", Some(1_500_000_000), Some(90_000)),
            ("time=1m30s", None, Some(90_000)),
            ("time=2min", None, Some(120_000)),
            ("time=0.25h", None, Some(900_000)),
            ("time=250ms", None, Some(250)),
            ("adds=0B", Some(0), None),
            ("adds=10kB", Some(10_000), None),
            ("adds=10KiB", Some(10_240), None),
            ("adds=3MiB", Some(3 << 20), None),
            ("adds=1GiB", Some(1 << 30), None),
        ] {
            let expected = Statement { adds, time_ms, at: None };
            assert_eq!(of_run(&format!("# layerlab: {written}")), Some(expected), "{written}");
        }
        let placed = of_run("#layerlab:adds=1MB\tat=/opt/tool").unwrap_or_default();
        assert_eq!((placed.adds, placed.at.as_deref()), (Some(1_000_000), Some("/opt/tool")));
    }

    #[test]
    fn lines_above_one_run_are_one_statement() {
        let text = "FROM scratch\n# layerlab: adds=1MB\n# because\n\n# layerlab: time=1s\nRUN x\nRUN y\n";
        let statement = Statement { adds: Some(1_000_000), time_ms: Some(1_000), at: None };
        assert_eq!(stated(text), (vec![(1, statement)], Vec::new()));
    }

    #[test]
    fn a_mistake_is_told_at_its_word_and_the_statement_does_not_count() {
        for (comment, code, place) in [
            ("# layerlab: adds=45", "statement-size-invalid", "adds=45"),
            ("# layerlab: adds=", "statement-size-invalid", "adds="),
            ("# layerlab: adds=-1MB time=1s", "statement-size-invalid", "adds=-1MB"),
            ("# layerlab: adds=1.2345MB", "statement-size-invalid", "adds=1.2345MB"),
            ("# layerlab: adds=2000000GB", "statement-size-invalid", "adds=2000000GB"),
            ("# layerlab: adds=99999999999999999999MB", "statement-size-invalid", "adds=99999999999999999999MB"),
            ("# layerlab: time=12", "statement-time-invalid", "time=12"),
            ("# layerlab: time=1d", "statement-time-invalid", "time=1d"),
            ("# layerlab: time=999h", "statement-time-invalid", "time=999h"),
            ("# layerlab: adds=1MB at=opt", "statement-path-invalid", "at=opt"),
            ("# layerlab: adds=1MB at=/a/../b", "statement-path-invalid", "at=/a/../b"),
            ("# layerlab: adds=1MB at=/", "statement-path-invalid", "at=/"),
            ("# layerlab: size=1MB", "statement-unknown-key", "size=1MB"),
            ("# layerlab: 1MB", "statement-unknown-key", "1MB"),
            ("# layerlab: adds=1MB adds=2MB", "statement-repeated", "adds=2MB"),
            ("# layerlab:", "statement-empty", "# layerlab:"),
            ("# layerlab: at=/opt time=1s", "statement-path-alone", "# layerlab: at=/opt time=1s"),
        ] {
            let text = format!("FROM scratch\n{comment}\nRUN x\n");
            assert_eq!(stated(&text), (Vec::new(), vec![(code, place)]), "{comment}");
        }
    }

    #[test]
    fn a_statement_stands_above_a_run() {
        let statement = "# layerlab: adds=1MB";
        for text in [
            format!("FROM scratch\n{statement}\nCOPY a b\n"),
            format!("FROM scratch\nRUN a && \\\n{statement}\n b\n"),
            format!("FROM scratch\nRUN a\n{statement}\n"),
            format!("{statement}\nFROM scratch\nRUN a\n"),
        ] {
            assert_eq!(stated(&text), (Vec::new(), vec![("statement-misplaced", statement)]), "{text}");
        }
        let heredoc = format!("FROM scratch\nRUN <<E\n{statement}\nE\n");
        assert_eq!(stated(&heredoc), (Vec::new(), Vec::new()));
        assert_eq!(stated("FROM scratch\n# see layerlab: adds=1MB\nRUN x\n"), (Vec::new(), Vec::new()));
    }
}
