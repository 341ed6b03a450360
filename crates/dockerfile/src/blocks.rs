//! Instructions as whole lines, with the comments that belong to them: what moves when an instruction moves.

use source::{TextEdit, TextRange};

use crate::{Dockerfile, Instruction, TokenKind};

/// The lines of each instruction: the comments directly above it, its continuation lines and heredocs, and the line end.
/// Blank lines, comments with a blank line below them, and directives belong to none.
#[must_use]
pub fn blocks(text: &str, file: &Dockerfile) -> Vec<TextRange> {
    let directives = file.tokens.iter().filter(|token| token.kind == TokenKind::Directive);
    let top = directives.map(|token| line_end(text, token.range.end)).max().unwrap_or(0);
    let mut blocks = Vec::new();
    let mut least = top;
    for instruction in &file.instructions {
        let block = block(text, instruction, least);
        least = block.end;
        blocks.push(block);
    }
    blocks
}

fn block(text: &str, instruction: &Instruction, least: usize) -> TextRange {
    let mut start = line_start(text, instruction.range.start).max(least);
    while start > least {
        let above = line_start(text, start - 1).max(least);
        if !text.get(above..start).unwrap_or_default().trim_start().starts_with('#') {
            break;
        }
        start = above;
    }
    TextRange::new(start, line_end(text, instruction.range.end))
}

/// The offset at which the line of `offset` begins.
fn line_start(text: &str, offset: usize) -> usize {
    text.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1)
}

/// The offset behind the line end of the line of `offset`.
fn line_end(text: &str, offset: usize) -> usize {
    text.get(offset..).and_then(|after| after.find('\n')).map_or(text.len(), |end| offset + end + 1)
}

/// The edits that move an instruction so that it becomes the one at index `to`. `None` where there is no such
/// instruction, or it stands there already.
#[must_use]
pub fn move_instruction(text: &str, file: &Dockerfile, from: usize, to: usize) -> Option<Vec<TextEdit>> {
    if from == to {
        return None;
    }
    let blocks = blocks(text, file);
    let (moved, place) = (*blocks.get(from)?, *blocks.get(to)?);
    let offset = if to < from { place.start } else { place.end };
    let lines = moved.of(text);
    if lines.ends_with('\n') && (to < from || place.of(text).ends_with('\n')) {
        return Some(vec![TextEdit::delete(moved), TextEdit::insert(offset, lines)]);
    }
    // The last line of a file may have no line end: the one that is last afterwards has none then.
    if to < from {
        let before = TextRange::new(moved.start.saturating_sub(1), moved.end);
        return Some(vec![TextEdit::delete(before), TextEdit::insert(offset, format!("{lines}\n"))]);
    }
    let lines = lines.strip_suffix('\n').unwrap_or(lines);
    Some(vec![TextEdit::delete(moved), TextEdit::insert(offset, format!("\n{lines}"))])
}
