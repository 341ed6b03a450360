//! What is read from a Dockerfile, piece by piece.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::fmt::Write;

use dockerfile::{Body, CommandLine, Dockerfile, Documents, TokenKind, parse};
use expect_test::expect;

fn bodies(text: &str) -> String {
    let dockerfile = parse(text);
    assert_eq!(dockerfile.errors, []);
    let mut out = String::new();
    for instruction in &dockerfile.instructions {
        let (first, last) = instruction.lines;
        writeln!(out, "{first}-{last} {:?}", instruction.original).unwrap();
    }
    out
}

#[test]
fn originals_are_the_joined_lines() {
    expect![[r##"
        2-2 "FROM\ta AS b"
        4-8 "RUN a &&     b   \t c\\ d"
        10-12 "COPY <<E /x"
        13-13 "CMD x"
    "##]]
    .assert_eq(&bodies(
        "\u{feff}# syntax=x\n  FROM\ta AS b\t\r\n\nRUN a && \\\n  # comment\n\n    b  \\ \t\n \t c\\ d\n\nCOPY <<E /x\n# text\nE\nCMD x\\",
    ));
}

#[test]
fn the_escape_directive_changes_what_continues_a_line() {
    let dockerfile = parse("# escape=`\nFROM a\nRUN dir C:\\\nRUN a `\n b\n");
    assert_eq!(dockerfile.escape, '`');
    let originals: Vec<_> = dockerfile.instructions.iter().map(|i| i.original.as_str()).collect();
    assert_eq!(originals, ["FROM a", "RUN dir C:\\", "RUN a  b"]);
}

#[test]
fn comments_belong_to_the_instruction_below() {
    let dockerfile = parse("# syntax=x\n# one\n\n# two\nARG A\n# gone\n#\n#   kept\nFROM a\n  # in\nRUN b\n");
    let comments: Vec<_> = dockerfile.instructions.iter().map(|i| i.comments.clone()).collect();
    assert_eq!(comments, [vec!["one", "two"], vec!["kept"], vec!["# in"]]);
}

#[test]
fn empty_lines_inside_an_instruction_are_noted() {
    let dockerfile = parse("FROM a\nRUN b \\\n\n  c\nRUN d \\\n # e\n  f\n");
    assert_eq!(dockerfile.empty_continuations, [(1, 3)]);
}

fn run(dockerfile: &Dockerfile, index: usize) -> (&str, Documents) {
    let Body::Run(run) = &dockerfile.instructions[index].body else { panic!() };
    let CommandLine::Shell(written) = &run.command else { panic!() };
    (&run.passed.as_ref().unwrap_or(written).text, run.documents)
}

#[test]
fn heredocs_of_run_are_passed_to_the_shell() {
    let dockerfile = parse(concat!(
        "FROM a\n",
        "RUN <<-EOF\n\techo 1\n\t\techo 2\n\tEOF\n",
        "RUN <<P\n#!/bin/x\nP\n",
        "RUN cat <<'A' 3<<B > /x\na\nA\nb\nB\n",
        "RUN echo $((1<<2))\n",
    ));
    assert_eq!(dockerfile.errors, []);
    assert_eq!(run(&dockerfile, 1), ("echo 1\necho 2\n", Documents::Script));
    assert_eq!(run(&dockerfile, 2), ("/dev/pipes/P", Documents::Program));
    assert_eq!(run(&dockerfile, 3), ("cat <<'A' 3<<B > /x\na\nA\nb\nB", Documents::Input));
    assert_eq!(run(&dockerfile, 4), ("echo $((1<<2))", Documents::None));
    let heredocs = &dockerfile.instructions[3].heredocs;
    assert_eq!(heredocs.iter().map(|h| (h.expand, h.file_descriptor)).collect::<Vec<_>>(), [(false, 0), (true, 3)]);
}

#[test]
fn offsets_in_what_is_passed_lead_back_to_the_source() {
    for text in ["FROM a\nRUN <<-EOF\n\techo 1\n\techo 2\n\tEOF\n", "FROM a\nRUN cat \\\n <<EOF\necho 2\nEOF\n"] {
        let dockerfile = parse(text);
        let Body::Run(run) = &dockerfile.instructions[1].body else { panic!() };
        let word = run.passed.as_ref().unwrap();
        assert_eq!(word.source_offset(word.text.find('2').unwrap()), text.find('2').unwrap());
    }
}

#[test]
fn heredocs_of_copy_are_documents() {
    let dockerfile = parse("FROM a\nCOPY <<A f <<\"B\" /x/\n1\nA\n2\nB\n");
    let Body::Copy(copy) = &dockerfile.instructions[1].body else { panic!() };
    assert_eq!(copy.sources.iter().map(|w| w.text.as_str()).collect::<Vec<_>>(), ["f"]);
    assert_eq!(copy.documents, [0, 1]);
    let heredocs = &dockerfile.instructions[1].heredocs;
    assert_eq!(
        heredocs.iter().map(|h| (h.content.as_str(), h.expand)).collect::<Vec<_>>(),
        [("1\n", true), ("2\n", false)]
    );
}

#[test]
fn triggers_are_kept_with_their_heredocs() {
    let dockerfile = parse("FROM a\nonbuild  COPY <<-A /x\n\tt\n\tA\nONBUILD RUN a \\\n  b\n");
    let triggers: Vec<_> = dockerfile
        .instructions
        .iter()
        .filter_map(|instruction| match &instruction.body {
            Body::Onbuild(word) => Some(word.text.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(triggers, ["COPY <<-A /x\n\tt\nA", "RUN a   b"]);
}

#[test]
fn flags_keep_their_place() {
    let text = "FROM --platform=linux/arm64 a\nRUN --mount=type=cache,target=/x --mount='type=tmpfs,target=/y' b\n";
    let dockerfile = parse(text);
    let Body::From(from) = &dockerfile.instructions[0].body else { panic!() };
    assert_eq!(from.platform.as_ref().unwrap().range.of(text), "linux/arm64");
    let Body::Run(run) = &dockerfile.instructions[1].body else { panic!() };
    let targets: Vec<_> = run.mounts.iter().map(|mount| mount.target.as_deref().unwrap()).collect();
    assert_eq!(targets, ["/x", "/y"]);
    assert_eq!(run.mount_flags[0].range.of(text), "type=cache,target=/x");
}

#[test]
fn tokens_tell_what_is_what() {
    let text = concat!(
        "# syntax=x\n# c\nFROM --platform=$P a AS b\nENV K=\"v $X\" \\\n  # in\n  L=2\nRUN a && b 'c $d' | e\n",
        "CMD [\"x\", \"y\"]\nCOPY <<EOF /x\nbody\nEOF\nONBUILD RUN z\n",
    );
    let mut out = String::new();
    for token in parse(text).tokens.iter().filter(|token| token.kind != TokenKind::Space) {
        writeln!(out, "{:?} {:?}", token.kind, token.range.of(text)).unwrap();
    }
    expect![[r##"
        Directive "# syntax=x"
        Comment "# c"
        Keyword "FROM"
        Flag "--platform="
        Variable "$P"
        Name "a"
        Keyword "AS"
        Name "b"
        Keyword "ENV"
        Name "K"
        Text "="
        String "\"v "
        Variable "$X"
        String "\""
        Operator "\\"
        Comment "# in"
        Name "L"
        Text "=2"
        Keyword "RUN"
        Text "a"
        Operator "&&"
        Text "b"
        String "'c $d'"
        Operator "|"
        Text "e"
        Keyword "CMD"
        Operator "["
        String "\"x\""
        Operator ","
        String "\"y\""
        Operator "]"
        Keyword "COPY"
        HeredocMark "<<EOF"
        Text "/x"
        HeredocBody "body\n"
        HeredocMark "EOF"
        Keyword "ONBUILD"
        Keyword "RUN"
        Text "z"
    "##]]
    .assert_eq(&out);
}
