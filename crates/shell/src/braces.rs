use crate::parameter_syntax::Parameter;
use crate::syntax::{Part, Word};

/// The most words that braces may make of one.
const MAX_WORDS: usize = 10_000;

/// A piece of a word: a character whose braces and commas count, or a part that stays together.
#[derive(Clone)]
enum Piece {
    Char(char),
    Whole(Part),
}

/// bash's brace expansion: `a{b,c}d`, `{1..5}`, `{a..e..2}`. A word without braces is given back alone.
#[must_use]
pub fn expand_braces(word: &Word) -> Vec<Word> {
    let mut pieces = Vec::new();
    for part in &word.parts {
        match part {
            Part::Literal(text) => pieces.extend(text.chars().map(Piece::Char)),
            other => pieces.push(Piece::Whole(other.clone())),
        }
    }
    let mut done = Vec::new();
    let mut queue = vec![pieces];
    while let Some(pieces) = queue.pop() {
        match alternatives(&pieces) {
            Some(mut more) if done.len() + queue.len() + more.len() <= MAX_WORDS => {
                more.reverse();
                queue.append(&mut more);
            }
            _ => done.push(Word { parts: join(pieces), range: word.range }),
        }
    }
    done
}

/// The words that the first brace expression makes, or `None` where there is none.
fn alternatives(pieces: &[Piece]) -> Option<Vec<Vec<Piece>>> {
    for (start, piece) in pieces.iter().enumerate() {
        if !matches!(piece, Piece::Char('{')) {
            continue;
        }
        let Some((end, commas)) = closing(pieces, start) else {
            continue;
        };
        let inner = pieces.get(start + 1..end)?;
        let choices: Vec<Vec<Piece>> = if commas.is_empty() {
            match sequence(inner) {
                Some(choices) => choices,
                None => continue,
            }
        } else {
            let mut from = start + 1;
            let mut choices = Vec::new();
            for comma in commas.into_iter().chain([end]) {
                choices.push(pieces.get(from..comma)?.to_vec());
                from = comma + 1;
            }
            choices
        };
        let before = pieces.get(..start)?;
        let after = pieces.get(end + 1..)?;
        return Some(choices.into_iter().map(|choice| [before, &choice, after].concat()).collect());
    }
    None
}

fn closing(pieces: &[Piece], start: usize) -> Option<(usize, Vec<usize>)> {
    let mut depth = 0_usize;
    let mut commas = Vec::new();
    for (at, piece) in pieces.iter().enumerate().skip(start) {
        match piece {
            Piece::Char('{') => depth += 1,
            Piece::Char('}') => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some((at, commas));
                }
            }
            Piece::Char(',') if depth == 1 => commas.push(at),
            _ => {}
        }
    }
    None
}

/// `1..5`, `a..e`, with an optional step.
fn sequence(inner: &[Piece]) -> Option<Vec<Vec<Piece>>> {
    let mut text = String::new();
    for piece in inner {
        match piece {
            Piece::Char(character) => text.push(*character),
            Piece::Whole(_) => return None,
        }
    }
    let mut fields = text.split("..");
    let (from, to, step) = (fields.next()?, fields.next()?, fields.next());
    if fields.next().is_some() {
        return None;
    }
    let step = match step {
        Some(step) => step.parse::<i64>().ok()?.checked_abs()?.max(1),
        None => 1,
    };
    let letter = |text: &str| {
        let mut characters = text.chars();
        let first = characters.next().filter(char::is_ascii_alphabetic)?;
        characters.next().is_none().then(|| i64::from(u32::from(first)))
    };
    let (first, last, letters, width) = match (letter(from), letter(to)) {
        (Some(first), Some(last)) => (first, last, true, 0),
        _ => {
            let padded = |text: &str| text.trim_start_matches('-').starts_with('0') && text.len() > 1;
            let width = if padded(from) || padded(to) { from.len().max(to.len()) } else { 0 };
            (from.parse::<i64>().ok()?, to.parse::<i64>().ok()?, false, width.min(64))
        }
    };
    let mut values = Vec::new();
    let mut value = first;
    while values.len() < MAX_WORDS && if first <= last { value <= last } else { value >= last } {
        values.push(value);
        value = if first <= last { value.checked_add(step)? } else { value.checked_sub(step)? };
    }
    let show = |value: i64| match u32::try_from(value).ok().and_then(char::from_u32) {
        Some(character) if letters => vec![Piece::Char(character)],
        _ => format!("{value:0width$}").chars().map(Piece::Char).collect(),
    };
    Some(values.into_iter().map(show).collect())
}

fn join(pieces: Vec<Piece>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    // Whether the last part is `$NAME`, whose name goes on with what braces put behind it: they come first.
    let mut named = false;
    for piece in pieces {
        match (piece, parts.last_mut()) {
            (Piece::Char(character), Some(Part::Parameter(parameter)))
                if named && (character.is_ascii_alphanumeric() || character == '_') =>
            {
                parameter.name.push(character);
            }
            (Piece::Char(character), Some(Part::Literal(text))) => text.push(character),
            (Piece::Char(character), _) => {
                named = false;
                parts.push(Part::Literal(character.to_string()));
            }
            (Piece::Whole(part), _) => {
                named = matches!(&part, Part::Parameter(parameter) if is_plain(parameter));
                parts.push(part);
            }
        }
    }
    parts
}

/// Whether it is written as `$NAME`, without braces.
fn is_plain(parameter: &Parameter) -> bool {
    let length = parameter.range.end.saturating_sub(parameter.range.start);
    crate::word::is_name(&parameter.name) && length == parameter.name.len() + 1
}
