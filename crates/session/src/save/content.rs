//! What a file holds, in saved form and back.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use filesystem::{Content, Piece};

use super::model::Part;

/// Runs of one byte at least this long are saved by their size.
const SHORTEST_FILL: usize = 256;

pub(super) fn encode(content: &Content) -> Vec<Part> {
    content.pieces().iter().map(encode_piece).collect()
}

fn encode_piece(piece: &Piece) -> Part {
    match piece {
        Piece::Bytes(bytes) => encode_bytes(bytes),
        Piece::Repeat(byte, size) => Part { size: Some(*size), fill: Some(char::from(*byte)), ..Part::default() },
        Piece::Opaque { id, offset, size } => Part {
            size: Some(*size),
            opaque: Some(id.as_ref().to_owned()),
            from: (*offset > 0).then_some(*offset),
            ..Part::default()
        },
    }
}

fn encode_bytes(bytes: &[u8]) -> Part {
    let first = bytes.first().copied().unwrap_or_default();
    if bytes.len() >= SHORTEST_FILL && bytes.iter().all(|byte| *byte == first) {
        let size = u64::try_from(bytes.len()).ok();
        return Part { size, fill: Some(char::from(first)), ..Part::default() };
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Part { text: Some(text.to_owned()), ..Part::default() },
        Err(_) => Part { base64: Some(STANDARD.encode(bytes)), ..Part::default() },
    }
}

/// Adds a part to `content`. At most `limit` bytes.
pub(super) fn decode_into(content: &mut Content, part: Part, limit: u64) -> Result<(), String> {
    let piece = match part {
        Part { text: Some(text), base64: None, size: None, fill: None, opaque: None, from: None } => {
            Content::text(&text)
        }
        Part { text: None, base64: Some(code), size: None, fill: None, opaque: None, from: None } => {
            Content::from_bytes(&STANDARD.decode(code).map_err(|error| format!("base64: {error}"))?)
        }
        Part { text: None, base64: None, size: Some(size), fill, opaque: None, from: None } if size <= limit => {
            let byte = u8::try_from(fill.unwrap_or('x')).map_err(|_| "fill: not a byte".to_owned())?;
            Content::repeat(byte, size)
        }
        Part { text: None, base64: None, size: Some(size), fill: None, opaque: Some(id), from } if size <= limit => {
            let from = from.unwrap_or_default();
            let end = from.checked_add(size).filter(|end| *end <= limit).ok_or_else(|| "from: too large".to_owned())?;
            Content::opaque(&id, end).slice(from, end)
        }
        Part { size: Some(size), .. } if size > limit => return Err(format!("size: {size} bytes are too many")),
        _ => return Err("needs exactly one of text, base64, size, parts, link and dir".to_owned()),
    };
    content.append(&piece);
    Ok(())
}
