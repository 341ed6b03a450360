//! The s command.

use super::super::regex::{Captures, Regex};
use super::script::{Action, Piece, Script};

/// A text after the script's replacements, and nothing else of it.
pub fn rewritten(script: &Script, text: &[u8]) -> Vec<u8> {
    script.commands.iter().fold(text.to_vec(), |text, command| match &command.action {
        Action::Substitute { regex: Some(regex), replacement, global, nth, .. } => {
            substitute(regex, replacement, &text, *global, *nth).unwrap_or(text)
        }
        _ => text,
    })
}

/// The pattern space with the matches replaced; `None` if there is none.
pub fn substitute(regex: &Regex, replacement: &[Piece], space: &[u8], global: bool, nth: usize) -> Option<Vec<u8>> {
    let mut new = Vec::with_capacity(space.len());
    let (mut from, mut copied, mut count, mut changed) = (0, 0, 0, false);
    let mut last_end = None;
    while from <= space.len()
        && let Some(captures) = regex.find(space, from)
    {
        let (start, end) = captures.whole();
        // An empty match right behind the one before does not count.
        if start == end && last_end == Some(start) {
            from = end + 1;
            continue;
        }
        count += 1;
        last_end = Some(end);
        if count >= nth {
            new.extend(space.get(copied..start).unwrap_or_default());
            put_replacement(replacement, &captures, space, &mut new);
            copied = end;
            changed = true;
            if !global {
                break;
            }
        }
        from = if end == start { end + 1 } else { end };
    }
    new.extend(space.get(copied..).unwrap_or_default());
    changed.then_some(new)
}

fn put_replacement(replacement: &[Piece], captures: &Captures, space: &[u8], new: &mut Vec<u8>) {
    let (mut case, mut once) = (b'E', None);
    for piece in replacement {
        let text = match piece {
            Piece::Text(text) => text.as_slice(),
            Piece::Group(group) => captures.get(space, *group),
            Piece::Case(letter @ (b'u' | b'l')) => {
                once = Some(*letter);
                continue;
            }
            Piece::Case(letter) => {
                case = *letter;
                continue;
            }
        };
        for byte in text {
            new.push(match (once.take(), case) {
                (Some(b'u'), _) | (None, b'U') => byte.to_ascii_uppercase(),
                (Some(_), _) | (None, b'L') => byte.to_ascii_lowercase(),
                _ => *byte,
            });
        }
    }
}
