//! Where split cuts.

use filesystem::Content;

/// So many pieces, by bytes, lines, or lines in turns.
pub struct Chunks {
    kind: char,
    count: usize,
    /// The one that is wanted, counted from 1.
    pub only: Option<usize>,
}

impl Chunks {
    /// `N`, `K/N`, `l/N`, `l/K/N`, `r/N` or `r/K/N`; the error is split's sentence.
    pub fn read(text: &str) -> Result<Chunks, String> {
        let (kind, rest) = match text.split_once('/') {
            Some(("l", rest)) => ('l', rest),
            Some(("r", rest)) => ('r', rest),
            _ => ('b', text),
        };
        let (only, count) = rest.split_once('/').map_or((None, rest), |(only, count)| (Some(only), count));
        let number = |text: &str| text.parse::<usize>().ok().filter(|number| (1..=1_000_000).contains(number));
        let count = number(count).ok_or(format!("invalid number of chunks: '{count}'"))?;
        let only = match only {
            None => None,
            Some(text) => {
                let only = number(text).filter(|only| *only <= count);
                Some(only.ok_or(format!("invalid chunk number: '{text}'"))?)
            }
        };
        Ok(Chunks { kind, count, only })
    }
}

fn records(text: &[u8], separator: u8) -> Vec<&[u8]> {
    text.split_inclusive(|byte| *byte == separator).collect()
}

/// So many lines a piece.
pub fn by_lines(text: &[u8], count: usize, separator: u8) -> Vec<Content> {
    records(text, separator).chunks(count).map(|lines| Content::from_bytes(&lines.concat())).collect()
}

/// As many whole lines a piece as so many bytes hold; longer lines are cut.
pub fn by_line_bytes(text: &[u8], size: usize, separator: u8) -> Vec<Content> {
    let (mut pieces, mut piece) = (Vec::new(), Vec::new());
    for line in records(text, separator) {
        if piece.len() + line.len() > size && !piece.is_empty() {
            pieces.push(std::mem::take(&mut piece));
        }
        let mut parts = line.chunks(size);
        let last = parts.next_back().unwrap_or_default();
        pieces.extend(parts.map(<[u8]>::to_vec));
        piece.extend(last);
    }
    if !piece.is_empty() {
        pieces.push(piece);
    }
    pieces.iter().map(|piece| Content::from_bytes(piece)).collect()
}

/// So many pieces.
pub fn by_chunks(text: &[u8], chunks: &Chunks, separator: u8) -> Vec<Content> {
    let mut pieces = vec![Vec::new(); chunks.count];
    let share = text.len() / chunks.count;
    let mut at = 0;
    // The last piece has what is left over.
    let chunk_of = |at: usize| at.checked_div(share).map_or(chunks.count - 1, |chunk| chunk.min(chunks.count - 1));
    match chunks.kind {
        'b' => {
            for (chunk, piece) in pieces.iter_mut().enumerate() {
                let end = if chunk + 1 == chunks.count { text.len() } else { share * (chunk + 1) };
                piece.extend(text.get(share * chunk..end).unwrap_or_default());
            }
        }
        kind => {
            for (turn, line) in records(text, separator).into_iter().enumerate() {
                let chunk = if kind == 'r' { turn % chunks.count } else { chunk_of(at) };
                if let Some(piece) = pieces.get_mut(chunk) {
                    piece.extend(line);
                }
                at += line.len();
            }
        }
    }
    pieces.iter().map(|piece| Content::from_bytes(piece)).collect()
}
