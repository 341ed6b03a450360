/// The lines of `text` that a message is about, from the first to the last, with those around them, as BuildKit prints
/// the source of a message (`solver/errdefs/source.go`): two neighbours on each side of one line, one of several.
#[must_use]
pub fn code_frame(name: &str, text: &str, (first, last): (usize, usize)) -> Vec<String> {
    let neighbours = if first == last { 2 } else { 1 };
    let rule = "-".repeat(20);
    let mut frame = vec![format!("{name}:{first}"), rule.clone()];
    let numbered = (1..).zip(text.split('\n'));
    let shown = numbered.skip(first.saturating_sub(1 + neighbours)).take_while(|(n, _)| *n <= last + neighbours);
    frame.extend(shown.map(|(number, line)| {
        let mark = if (first..=last).contains(&number) { ">>>" } else { "   " };
        format!(" {number:3} | {mark} {}", line.trim_end_matches('\r'))
    }));
    frame.push(rule);
    frame
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_has_two_neighbours_and_several_have_one() {
        let shown = |lines| code_frame("Dockerfile", "a\nb\nc\nd\ne\nf", lines)[2..].join("\n");
        let rule = "-".repeat(20);
        assert_eq!(shown((2, 2)), format!("   1 |     a\n   2 | >>> b\n   3 |     c\n   4 |     d\n{rule}"));
        assert_eq!(shown((3, 4)), format!("   2 |     b\n   3 | >>> c\n   4 | >>> d\n   5 |     e\n{rule}"));
        assert_eq!(shown((6, 6)), format!("   4 |     d\n   5 |     e\n   6 | >>> f\n{rule}"));
    }
}
