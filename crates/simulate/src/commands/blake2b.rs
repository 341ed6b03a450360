//! BLAKE2b (RFC 7693), without a key.

const START: [u64; 8] = [
    0x6a09_e667_f3bc_c908,
    0xbb67_ae85_84ca_a73b,
    0x3c6e_f372_fe94_f82b,
    0xa54f_f53a_5f1d_36f1,
    0x510e_527f_ade6_82d1,
    0x9b05_688c_2b3e_6c1f,
    0x1f83_d9ab_fb41_bd6b,
    0x5be0_cd19_137e_2179,
];

/// The order of the message's words in each round; the rounds after the tenth begin anew.
const ORDER: [[usize; 16]; 10] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
    [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
    [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
    [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
    [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
    [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
    [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
    [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
    [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
];

/// The places that the eight mixings of a round work on.
const PLACES: [[usize; 4]; 8] = [
    [0, 4, 8, 12],
    [1, 5, 9, 13],
    [2, 6, 10, 14],
    [3, 7, 11, 15],
    [0, 5, 10, 15],
    [1, 6, 11, 12],
    [2, 7, 8, 13],
    [3, 4, 9, 14],
];

/// The digest of `length` bytes, at most 64.
pub fn blake2b(bytes: &[u8], length: usize) -> Vec<u8> {
    let length = length.clamp(1, 64);
    let mut state = START;
    if let Some(first) = state.first_mut() {
        *first ^= 0x0101_0000 ^ length as u64;
    }
    let blocks: Vec<&[u8]> = if bytes.is_empty() { vec![&[]] } else { bytes.chunks(128).collect() };
    let last = blocks.len().saturating_sub(1);
    let mut count = 0u64;
    for (at, block) in blocks.into_iter().enumerate() {
        count = count.wrapping_add(block.len() as u64);
        compress(&mut state, block, count, at == last);
    }
    state.iter().flat_map(|word| word.to_le_bytes()).take(length).collect()
}

fn compress(state: &mut [u64; 8], block: &[u8], count: u64, last: bool) {
    let mut padded = [0u8; 128];
    for (to, from) in padded.iter_mut().zip(block) {
        *to = *from;
    }
    let message: Vec<u64> =
        padded.chunks_exact(8).map(|eight| u64::from_le_bytes(eight.try_into().unwrap_or_default())).collect();
    let mut work: Vec<u64> = state.iter().chain(&START).copied().collect();
    if let Some(word) = work.get_mut(12) {
        *word ^= count;
    }
    if let Some(word) = work.get_mut(14).filter(|_| last) {
        *word = !*word;
    }
    for round in 0..12 {
        let order = ORDER.get(round % 10).copied().unwrap_or_default();
        let pairs = order.chunks_exact(2).map(|pair| {
            let word = |at: usize| pair.get(at).and_then(|place| message.get(*place)).copied().unwrap_or(0);
            (word(0), word(1))
        });
        for (places, (x, y)) in PLACES.iter().zip(pairs) {
            let [mut a, mut b, mut c, mut d] = places.map(|place| work.get(place).copied().unwrap_or(0));
            a = a.wrapping_add(b).wrapping_add(x);
            d = (d ^ a).rotate_right(32);
            c = c.wrapping_add(d);
            b = (b ^ c).rotate_right(24);
            a = a.wrapping_add(b).wrapping_add(y);
            d = (d ^ a).rotate_right(16);
            c = c.wrapping_add(d);
            b = (b ^ c).rotate_right(63);
            for (place, value) in places.iter().zip([a, b, c, d]) {
                if let Some(word) = work.get_mut(*place) {
                    *word = value;
                }
            }
        }
    }
    for (at, word) in state.iter_mut().enumerate() {
        *word ^= work.get(at).copied().unwrap_or(0) ^ work.get(at + 8).copied().unwrap_or(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_of_the_rfc() {
        let hex: String = blake2b(b"abc", 64).iter().map(|byte| format!("{byte:02x}")).collect();
        assert!(hex.starts_with("ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"), "{hex}");
    }
}
