//! Two other parsers, asked about real Dockerfiles: what they can read is read alike here.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::path::Path;

use dockerfile::parse;

fn dockerfiles() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dockerfiles");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(path).unwrap()))
        .collect();
    files.sort();
    files
}

/// The keywords in upper case.
fn keywords(text: &str) -> Vec<String> {
    parse(text).instructions.iter().map(|instruction| instruction.keyword.text.to_uppercase()).collect()
}

#[test]
fn real_dockerfiles_have_no_errors() {
    let files = dockerfiles();
    assert!(files.len() >= 10);
    for (name, text) in files {
        assert_eq!(parse(&text).errors, [], "{name}");
    }
}

/// Compares the keywords of every file that the other parser reads, and says how many it read.
fn compare(read: impl Fn(&str) -> Option<Vec<String>>) -> usize {
    let mut count = 0;
    for (name, text) in dockerfiles() {
        if let Some(theirs) = read(&text) {
            assert_eq!(keywords(&text), theirs, "{name}");
            count += 1;
        }
    }
    count
}

/// `dockerfile-parser` knows no heredocs, no directive `escape`, and one name in each `ARG`.
fn dockerfile_parser(text: &str) -> Option<Vec<String>> {
    use dockerfile_parser::Instruction;
    if text.starts_with("# escape=") {
        return None;
    }
    let theirs = dockerfile_parser::Dockerfile::parse(text).ok()?;
    let keyword = |instruction: &Instruction| match instruction {
        Instruction::From(_) => "FROM".to_owned(),
        Instruction::Arg(_) => "ARG".to_owned(),
        Instruction::Label(_) => "LABEL".to_owned(),
        Instruction::Run(_) => "RUN".to_owned(),
        Instruction::Entrypoint(_) => "ENTRYPOINT".to_owned(),
        Instruction::Cmd(_) => "CMD".to_owned(),
        Instruction::Copy(_) => "COPY".to_owned(),
        Instruction::Env(_) => "ENV".to_owned(),
        Instruction::Misc(misc) => misc.instruction.content.to_uppercase(),
    };
    Some(theirs.instructions.iter().map(keyword).collect())
}

/// `parse-dockerfile` knows no heredoc in the midst of a command.
fn parse_dockerfile(text: &str) -> Option<Vec<String>> {
    let theirs = parse_dockerfile::parse(text).ok()?;
    // Its variants are called like the instructions.
    let keyword = |instruction: &parse_dockerfile::Instruction<'_>| {
        let variant = format!("{instruction:?}");
        variant.split('(').next().unwrap_or_default().to_uppercase()
    };
    Some(theirs.instructions.iter().map(keyword).collect())
}

#[test]
fn dockerfile_parser_finds_the_same_instructions() {
    assert!(compare(dockerfile_parser) >= 4);
}

#[test]
fn parse_dockerfile_finds_the_same_instructions() {
    assert!(compare(parse_dockerfile) >= 9);
}

#[test]
fn what_both_refuse_is_refused() {
    for text in ["", "# nothing\n", "FROM\n", "FROM a\nNOPE x\n", "FROM a b\n"] {
        assert!(dockerfile_parser(text).is_none() || parse_dockerfile(text).is_none(), "{text}");
        assert_ne!(parse(text).errors, [], "{text}");
    }
}
