//! Instructions move as whole lines, with what belongs to them.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use dockerfile::{blocks, move_instruction, parse};
use source::{apply_edits, inverse_edits};

const FILE: &str = "# syntax=docker/dockerfile:1\n# escape=\\\n\n# of nothing\n\n# the base\nFROM a\nRUN one \\\n  # inside\n  && two\n# script\n# goes on\nRUN <<EOF\nFROM x\n# EOF\nEOF\n\nCMD last";

fn moved(text: &str, from: usize, to: usize) -> String {
    let edits = move_instruction(text, &parse(text), from, to).unwrap();
    let after = apply_edits(text, &edits).unwrap();
    assert_eq!(apply_edits(&after, &inverse_edits(text, &edits)).unwrap(), text);
    after
}

#[test]
fn an_instruction_has_its_comments_continuation_lines_and_heredocs() {
    let blocks: Vec<&str> = blocks(FILE, &parse(FILE)).iter().map(|range| range.of(FILE)).collect();
    let expected = [
        "# the base\nFROM a\n",
        "RUN one \\\n  # inside\n  && two\n",
        "# script\n# goes on\nRUN <<EOF\nFROM x\n# EOF\nEOF\n",
        "CMD last",
    ];
    assert_eq!(blocks, expected);
}

#[test]
fn directives_stay_on_top() {
    let text = "# syntax=docker/dockerfile:1\nFROM a\nRUN b\n";
    assert_eq!(moved(text, 0, 1), "# syntax=docker/dockerfile:1\nRUN b\nFROM a\n");
    assert_eq!(moved(text, 1, 0), "# syntax=docker/dockerfile:1\nRUN b\nFROM a\n");
}

#[test]
fn a_move_takes_all_lines_along() {
    let up = moved(FILE, 2, 1);
    assert!(up.contains("FROM a\n# script\n# goes on\nRUN <<EOF\nFROM x\n# EOF\nEOF\nRUN one \\\n"), "{up}");
    assert_eq!(moved(FILE, 1, 2), up);
}

#[test]
fn a_file_without_a_last_line_end_keeps_its_lines_apart() {
    assert_eq!(moved("FROM a\nRUN b\nCMD c", 2, 1), "FROM a\nCMD c\nRUN b");
    assert_eq!(moved("FROM a\nRUN b\nCMD c", 1, 2), "FROM a\nCMD c\nRUN b");
    assert_eq!(moved("FROM a\n\nRUN b", 1, 0), "RUN b\nFROM a\n");
}

#[test]
fn what_is_not_there_cannot_be_moved() {
    let file = parse(FILE);
    for (from, to) in [(1, 1), (0, 9), (9, 0)] {
        assert_eq!(move_instruction(FILE, &file, from, to), None);
    }
}

#[test]
fn every_move_of_a_real_dockerfile_keeps_its_instructions() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dockerfiles");
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let file = parse(&text);
        let originals: Vec<&String> = file.instructions.iter().map(|instruction| &instruction.original).collect();
        for from in 0..originals.len() {
            for to in (0..originals.len()).filter(|to| *to != from) {
                let after = parse(&moved(&text, from, to));
                let mut expected = originals.clone();
                let taken = expected.remove(from);
                expected.insert(to, taken);
                let found: Vec<&String> = after.instructions.iter().map(|instruction| &instruction.original).collect();
                assert_eq!(found, expected);
            }
        }
    }
}
