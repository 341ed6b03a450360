//! File modes as chmod takes them: octal or symbolic.

/// The mode that `change` makes of `mode`; `None` if it cannot be read. Without `ugoa` the umask protects its bits.
pub fn changed(change: &str, mode: u32, is_dir: bool, umask: u32) -> Option<u32> {
    changed_in(change, mode, is_dir, umask, 0o0007)
}

/// As [`changed`]; `others` are the bits that `o` names: GNU's chmod counts the sticky one among them.
pub fn changed_in(change: &str, mode: u32, is_dir: bool, umask: u32, others: u32) -> Option<u32> {
    if change.starts_with(|c: char| c.is_ascii_digit()) {
        let new = u32::from_str_radix(change, 8).ok().filter(|new| *new <= 0o7777)?;
        // Octal numbers of up to four digits leave a directory's set-id bits, as GNU and the kernel's users expect.
        return Some(new);
    }
    let mut mode = mode;
    for clause in change.split(',') {
        let actions = clause.find(|c: char| !"ugoa".contains(c))?;
        let (who, mut rest) = clause.split_at_checked(actions)?;
        let mut mask = 0;
        for letter in who.chars() {
            mask |= match letter {
                'u' => 0o4700,
                'g' => 0o2070,
                'o' => others,
                _ => 0o7777,
            };
        }
        let (mask, protected) = if who.is_empty() { (0o7777, umask) } else { (mask, 0) };
        while !rest.is_empty() {
            let operator = rest.chars().next().filter(|c| "+-=".contains(*c))?;
            rest = rest.get(1..)?;
            let end = rest.find(|c: char| "+-=".contains(c)).unwrap_or(rest.len());
            let (letters, next) = rest.split_at_checked(end)?;
            rest = next;
            let mut bits = 0;
            for letter in letters.chars() {
                bits |= match letter {
                    'r' => 0o444,
                    'w' => 0o222,
                    'x' => 0o111,
                    'X' if is_dir || mode & 0o111 != 0 => 0o111,
                    'X' => 0,
                    's' => 0o6000,
                    't' => 0o1000,
                    'u' => spread(mode >> 6),
                    'g' => spread(mode >> 3),
                    'o' => spread(mode),
                    _ => return None,
                };
            }
            // The sticky bit is everybody's: only `+t` and `a+t` reach it.
            let bits = bits & mask & !protected;
            mode = match operator {
                '+' => mode | bits,
                '-' => mode & !bits,
                _ => {
                    let keep = if is_dir { 0o6000 } else { 0 };
                    mode & !(mask & !keep) | bits
                }
            };
        }
    }
    Some(mode)
}

fn spread(bits: u32) -> u32 {
    (bits & 7) * 0o111
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbolic_modes_change_what_they_name() {
        for (change, mode, is_dir, umask, expected) in [
            ("755", 0o644, false, 0o022, Some(0o755)),
            ("u+x", 0o644, false, 0o022, Some(0o744)),
            ("+x", 0o644, false, 0o022, Some(0o755)),
            ("+w", 0o444, false, 0o022, Some(0o644)),
            ("go-r", 0o644, false, 0o022, Some(0o600)),
            ("a=r", 0o755, false, 0o022, Some(0o444)),
            ("u=rwx,g=rx,o=", 0o644, false, 0o022, Some(0o750)),
            ("+x,u+s", 0o755, false, 0o022, Some(0o4755)),
            ("go=,u+X", 0o644, false, 0o022, Some(0o600)),
            ("go=,u+X", 0o755, true, 0o022, Some(0o700)),
            ("a+rX", 0o700, true, 0o022, Some(0o755)),
            ("g=u", 0o640, false, 0o022, Some(0o660)),
            ("+t", 0o777, true, 0o022, Some(0o1777)),
            ("1777", 0o755, true, 0o022, Some(0o1777)),
            ("q", 0o644, false, 0o022, None),
            ("8", 0o644, false, 0o022, None),
            ("u+q", 0o644, false, 0o022, None),
        ] {
            assert_eq!(changed(change, mode, is_dir, umask), expected, "{change}");
        }
    }
}
