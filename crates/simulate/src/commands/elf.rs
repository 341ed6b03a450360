//! What a program's own bytes say that the kernel needs to start it.

/// The bytes that are looked through: linkers put the name right behind the headers.
pub const HEAD_BYTES: u64 = 4096;
/// The kind of a program header that names the loader.
const PT_INTERP: u32 = 3;
/// Programs have about ten of them; more are not looked through.
const MOST_HEADERS: usize = 64;

/// The loader that a 64-bit little-endian ELF program names; `None` where it names none, as a static one does, or where the
/// bytes are none of such a program. The kernel looks for it before anything runs (Linux's `fs/binfmt_elf.c`).
pub fn loader(bytes: &[u8]) -> Option<&str> {
    if !bytes.starts_with(b"\x7fELF\x02\x01") {
        return None;
    }
    let start = number(bytes, 32, 8)?;
    let (size, count) = (number(bytes, 54, 2)?, number(bytes, 56, 2)?);
    let header = |index: usize| start.checked_add(size.checked_mul(index)?);
    let named =
        (0..count.min(MOST_HEADERS)).filter_map(header).find(|at| number(bytes, *at, 4) == Some(PT_INTERP as usize))?;
    let from = number(bytes, named.checked_add(8)?, 8)?;
    let length = number(bytes, named.checked_add(32)?, 8)?;
    let name = bytes.get(from..from.checked_add(length)?)?;
    std::str::from_utf8(name).ok().map(|name| name.trim_end_matches('\0'))
}

/// The number that so many bytes at a place are.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    let bytes = bytes.get(at..at.checked_add(length)?)?;
    let value = bytes.iter().rev().fold(0_u64, |value, byte| (value << 8) | u64::from(*byte));
    usize::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::loader;

    /// A program with one header of a kind, and a name behind it.
    fn program(kind: u8, name: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0; 64 + 56];
        bytes[..6].copy_from_slice(b"\x7fELF\x02\x01");
        (bytes[32], bytes[54], bytes[56]) = (64, 56, 1);
        (bytes[64], bytes[72], bytes[96]) = (kind, 120, u8::try_from(name.len()).unwrap());
        bytes.extend(name);
        bytes
    }

    #[test]
    fn a_dynamic_program_names_its_loader_and_a_static_one_none() {
        assert_eq!(loader(&program(3, b"/lib/ld.so\0")), Some("/lib/ld.so"));
        assert_eq!(loader(&program(1, b"/lib/ld.so\0")), None);
    }

    #[test]
    fn bytes_that_are_cut_name_nothing() {
        let whole = program(3, b"/lib/ld.so\0");
        for end in 0..whole.len() {
            assert_eq!(loader(&whole[..end]), None, "{end}");
        }
        let mut far = whole;
        far[72..80].fill(255);
        assert_eq!(loader(&far), None);
    }
}
