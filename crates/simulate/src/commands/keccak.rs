//! SHA-3 (FIPS 202).

const ROUNDS: usize = 24;

/// The rotations of lanes along the path that pi takes them, and where that path leads (FIPS 202, 3.2.2 and 3.2.3).
const PATH: [(usize, u32); 24] = [
    (10, 1),
    (7, 3),
    (11, 6),
    (17, 10),
    (18, 15),
    (3, 21),
    (5, 28),
    (16, 36),
    (8, 45),
    (21, 55),
    (24, 2),
    (4, 14),
    (15, 27),
    (23, 41),
    (19, 56),
    (13, 8),
    (12, 25),
    (2, 43),
    (20, 62),
    (14, 18),
    (22, 39),
    (9, 61),
    (6, 20),
    (1, 44),
];

fn lane(state: &[u64; 25], at: usize) -> u64 {
    state.get(at % 25).copied().unwrap_or(0)
}

fn set(state: &mut [u64; 25], at: usize, value: u64) {
    if let Some(lane) = state.get_mut(at % 25) {
        *lane = value;
    }
}

fn permute(state: &mut [u64; 25]) {
    let mut shift = 1u8;
    for _ in 0..ROUNDS {
        let columns: [u64; 5] = std::array::from_fn(|x| (0..5).fold(0, |sum, y| sum ^ lane(state, x + 5 * y)));
        let column = |x: usize| columns.get(x % 5).copied().unwrap_or(0);
        for at in 0..25 {
            let value = lane(state, at) ^ column(at + 4) ^ column(at + 1).rotate_left(1);
            set(state, at, value);
        }
        let mut carried = lane(state, 1);
        for (to, rotation) in PATH {
            let next = lane(state, to);
            set(state, to, carried.rotate_left(rotation));
            carried = next;
        }
        for y in (0..25).step_by(5) {
            let row: [u64; 5] = std::array::from_fn(|x| lane(state, y + x));
            let of = |x: usize| row.get(x % 5).copied().unwrap_or(0);
            for x in 0..5 {
                set(state, y + x, of(x) ^ (!of(x + 1) & of(x + 2)));
            }
        }
        // The constant of the round, from the shift register of 3.2.5.
        let mut constant = 0u64;
        for bit in 0..7 {
            if shift & 1 != 0 {
                constant |= 1 << ((1u32 << bit) - 1);
            }
            shift = if shift & 0x80 != 0 { shift << 1 ^ 0x71 } else { shift << 1 };
        }
        let first = lane(state, 0) ^ constant;
        set(state, 0, first);
    }
}

/// The SHA-3 digest of that many bits.
pub fn sha3(bytes: &[u8], bits: usize) -> Vec<u8> {
    let rate = 200 - bits / 4;
    let mut padded = bytes.to_vec();
    padded.push(6);
    padded.resize(padded.len().div_ceil(rate) * rate, 0);
    if let Some(last) = padded.last_mut() {
        *last |= 0x80;
    }
    let mut state = [0u64; 25];
    for block in padded.chunks(rate) {
        for (at, word) in block.chunks(8).enumerate() {
            let value = word.iter().rev().fold(0u64, |value, byte| value << 8 | u64::from(*byte));
            let mixed = lane(&state, at) ^ value;
            set(&mut state, at, mixed);
        }
        permute(&mut state);
    }
    state.iter().flat_map(|lane| lane.to_le_bytes()).take(bits / 8).collect()
}
