//! COPY, its checksum and the build context where no conformance case reaches. Expectations were taken from a real engine.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "helpers of tests")]

use filesystem::{
    ChecksumOptions, Content, Context, ContextError, ContextKind, CopyOptions, Cred, Edit, FileSystem, checksum, copy,
    find_sources, parse_ignore, parse_mode, transfer,
};

const ROOT: Cred = Cred { uid: 0, gid: 0, groups: Vec::new() };

/// `path` a file with its path as text, `path/` a directory, `path -> target` a link, `path 640` with a mode.
fn tree(paths: &[&str]) -> FileSystem {
    let mut tree = FileSystem::default();
    for line in paths {
        let (path, target) = line.split_once(" -> ").unwrap_or((line, ""));
        let (path, mode) = path.split_once(' ').unwrap_or((path, ""));
        let parent = path.trim_end_matches('/').rsplit_once('/').unwrap().0;
        tree.mkdir_all(parent, 0o755, &ROOT).unwrap();
        if !target.is_empty() {
            tree.symlink(target, path, &ROOT).unwrap();
        } else if path.ends_with('/') {
            tree.mkdir_all(path, 0o755, &ROOT).unwrap();
        } else {
            tree.write(path, Content::text(path), 0o644, &ROOT).unwrap();
        }
        if !mode.is_empty() {
            let mode = u32::from_str_radix(mode, 8).unwrap();
            tree.chmod(path, mode, true, &ROOT).unwrap();
        }
    }
    tree
}

/// What a COPY with these flags changes in an image of these files, or its error.
fn copied(image: &[&str], context: &[&str], flags: &[&str], from: &str, to: &str) -> String {
    let source = tree(context);
    let mut target = tree(image);
    target.begin_layer();
    let mut options = CopyOptions::default();
    for flag in flags {
        match flag.split_once('=').unwrap() {
            ("chmod", mode) => options.mode = Some(parse_mode(mode).unwrap()),
            (_, pattern) => options.exclude.push(pattern.to_string()),
        }
    }
    let done = find_sources(&source, from).and_then(|found| copy(&source, &found, &mut target, to, &options));
    if let Err(error) = done {
        return error.to_string();
    }
    let line = |entry: &filesystem::LayerEntry| format!("{} {:o}", entry.path, entry.attr.mode);
    let lines: Vec<String> = target.layer().entries.iter().map(line).collect();
    lines.join(", ")
}

#[test]
fn copies_as_the_engine_does() {
    let f: &'static [&'static str] = &["/f"];
    type Lines = &'static [&'static str];
    type Row = (Lines, Lines, Lines, &'static str, &'static str, &'static str);
    let cases: [Row; 19] = [
        (&[], f, &["chmod=777"], "f", "/p/q/f", "/p 755, /p/q 755, /p/q/f 777"),
        (&[], f, &["chmod=2770"], "f", "/r/f", "/r 750, /r/f 2770"),
        (&[], f, &["chmod=u+x,g="], "f", "/s/f", "/s 755, /s/f 704"),
        (&[], &["/t/d/g 666"], &["chmod=2777"], "t", "/t", "/t 755, /t/d 2777, /t/d/g 2777"),
        (&[], &["/t/d/g 666"], &["chmod=go-w"], "t", "/u/", "/u 755, /u/d 755, /u/d/g 644"),
        (&["/data/", "/x/d -> /data"], &["/t/d/g"], &[], "t", "/x", "cannot copy to non-directory: /x/d"),
        (&["/x/g/"], &["/t/g"], &[], "t", "/x", "cannot replace to directory /x/g with file"),
        (&["/x/f/"], f, &[], "f", "/x", "cannot replace to directory /x/f with file"),
        (&["/dl -> /file"], f, &[], "f", "/dl", "/file 644"),
        (&["/l -> /no/x", "/m -> l"], f, &[], "f", "/m", "/no 755, /no/x 644"),
        (&["/loop -> /loop"], f, &[], "f", "/loop", "too many links"),
        (&["/thing"], f, &[], "f", "/thing/a/b", "lstat /thing/a: not a directory"),
        (&["/thing"], f, &[], "f", "/thing/", "mkdir /thing: not a directory"),
        (&[], f, &[], "f", "/a/../b/./c//", "/b 755, /b/c 755, /b/c/f 644"),
        (&[], &["/t/d/g", "/t/keep"], &["exclude=*", "exclude=!keep"], "t", "/x", "/x 755, /x/keep 644"),
        (&[], &["/t/d/g", "/t/d/h"], &["exclude=d", "exclude=!d/g"], "t", "/y", "/y 755, /y/d 755, /y/d/g 644"),
        (&[], &["/t/d/g", "/t/e/g"], &["exclude=d"], "tre?", "/v", ""),
        (&[], &["/real/g", "/d/s -> ../real"], &[], "d/s/g", "/x", "/x 644"),
        (&[], &["/real/g", "/d/s -> ../real"], &[], "d/*/g", "/x", ""),
    ];
    for (image, context, flags, from, to, expected) in cases {
        assert_eq!(copied(image, context, flags, from, to), expected, "{flags:?} {from} {to}");
    }
}

#[test]
fn checksum_counts_what_a_copy_would_notice() {
    let sum = |paths: &[&str], pattern: &str, local: bool| {
        let options = ChecksumOptions { exclude: Vec::new(), local };
        checksum(&tree(paths), pattern, &options).unwrap()
    };
    let mut touched = tree(&["/d/f"]);
    touched.set_mtime("/d/f", 99, true, &ROOT).unwrap();
    assert_eq!(checksum(&touched, "d", &ChecksumOptions::default()).unwrap(), sum(&["/d/f"], "d", false));

    // Equal or not: (one tree, its source), (another tree, its source).
    type Side = (&'static [&'static str], &'static str);
    let cases: [(bool, Side, Side); 11] = [
        (true, (&["/a -> f", "/f"], "a"), (&["/f"], "f")),
        (false, (&["/f"], "f"), (&["/f 600"], "f")),
        (false, (&["/d/x -> y"], "d"), (&["/d/x -> z"], "d")),
        (false, (&["/d/x -> y"], "d"), (&["/d/w -> y"], "d")),
        (false, (&["/d/x -> y"], "d"), (&["/d/x -> y", "/d/e/"], "d")),
        (true, (&["/d/x -> y"], "d"), (&["/d/x -> y", "/other"], "d")),
        (true, (&["/d1/e/"], "d1/*"), (&["/d2/e/"], "d2/*")),
        (false, (&["/d/e/"], "d/*"), (&["/d/f/"], "d/*")),
        (true, (&["/d/e/"], "x*"), (&["/d/f/"], "y*")),
        (true, (&["/d1/e/"], "d?/e"), (&["/d2/e/"], "d?/e")),
        (true, (&["/d1/x -> y"], "d1"), (&["/d2/x -> y"], "d2")),
    ];
    for (equal, (one, from), (other, and_from)) in cases {
        let sums = (sum(one, from, true), sum(other, and_from, true));
        assert_eq!(sums.0 == sums.1, equal, "{one:?} {from}, {other:?} {and_from}");
    }
    let closed = {
        let mut t = tree(&["/d/f"]);
        t.chmod("/d", 0o700, true, &ROOT).unwrap();
        t
    };
    let local = ChecksumOptions { local: true, ..ChecksumOptions::default() };
    assert_eq!(checksum(&closed, "d", &local).unwrap(), sum(&["/d/f"], "d", true));
    assert_ne!(checksum(&closed, "d", &Default::default()).unwrap(), sum(&["/d/f"], "d", false));
}

#[test]
fn missing_sources_are_named_from_the_root() {
    let source = tree(&["/f", "/gone -> nowhere"]);
    for (pattern, path) in [("missing/file", "/missing/file"), ("../x", "/x"), ("gone", "/gone"), ("f/", "/f")] {
        match checksum(&source, pattern, &ChecksumOptions::default()) {
            Ok(_) => assert_eq!(pattern, "f/"),
            Err(error) => assert_eq!(error.to_string(), format!("\"{path}\": not found")),
        }
    }
}

fn write(path: &str) -> Edit {
    let kind = ContextKind::File(Content::text(path));
    Edit::Write { path: path.to_string(), kind, mode: None }
}

fn edited(edits: &[Edit]) -> Context {
    let mut context = Context::default();
    for (now, edit) in edits.iter().enumerate() {
        context.apply(edit, now as i64).unwrap();
    }
    context
}

#[test]
fn context_edits_keep_directories_and_modes() {
    let mut context = edited(&[
        write("d/e/f"),
        Edit::Chmod { path: "d/e/f".into(), mode: 0o755 },
        write("d/e/f"),
        Edit::Rename { from: "d/e".into(), to: "new/e".into() },
        Edit::Touch { path: "new/e/f".into() },
    ]);
    let paths: Vec<&str> = context.entries().map(|(path, _)| path).collect();
    assert_eq!(paths, ["d", "new", "new/e", "new/e/f"]);
    let file = context.get("new/e/f").unwrap();
    assert_eq!((file.mode, file.mtime), (0o755, 4));
    assert_eq!(context.bytes(), 5);
    context.apply(&Edit::Remove { path: "new".into() }, 9).unwrap();
    assert_eq!(context.len(), 1);
}

#[test]
fn impossible_context_edits_say_why() {
    let context = edited(&[write("d/f"), write("g")]);
    let rename = |from: &str, to: &str| Edit::Rename { from: from.into(), to: to.into() };
    let cases = [
        (write(""), ContextError::EmptyPath),
        (write("/f"), ContextError::AbsolutePath("/f".into())),
        (write("a/../b"), ContextError::BadPart("a/../b".into())),
        (write("a//b"), ContextError::BadPart("a//b".into())),
        (write("g/x"), ContextError::NotADirectory("g".into())),
        (write("d"), ContextError::NotEmpty("d".into())),
        (rename("none", "x"), ContextError::NotFound("none".into())),
        (rename("g", "d"), ContextError::Exists("d".into())),
        (rename("d", "d/x"), ContextError::IntoItself("d/x".into())),
    ];
    for (edit, expected) in cases {
        let mut changed = context.clone();
        assert_eq!(changed.apply(&edit, 1), Err(expected), "{edit:?}");
        assert_eq!(changed, context, "{edit:?}");
    }
}

#[test]
fn a_file_listed_but_not_readable_under_the_rules_arrives_empty() {
    let context = edited(&[write("D/x"), write("D/y")]);
    let source = transfer(&context, &parse_ignore("D\n!D/x\nD*\n"));
    let sizes: Vec<(String, u64)> = source.walk("/").into_iter().map(|(path, stat)| (path, stat.size)).collect();
    assert_eq!(sizes, [("/".into(), 0), ("/D".into(), 0), ("/D/x".to_string(), 0)]);
}

#[test]
fn modes_are_read_as_chmod_reads_them() {
    let cases = [
        ("644", 0o755, Ok(0o644)),
        ("+x", 0o644, Ok(0o755)),
        ("u=rwX,go=rX", 0o600, Ok(0o644)),
        ("u=rwX,go=rX", 0o700, Ok(0o755)),
        ("g=u", 0o640, Ok(0o660)),
        ("u+s,+t", 0o755, Ok(0o5755)),
        ("a-w+x", 0o666, Ok(0o555)),
        ("a-x,u+X", 0o755, Ok(0o744)),
        ("888", 0, Err("it should be octal string and between 0 and 07777")),
        ("77777", 0, Err("it should be octal string and between 0 and 07777")),
        ("rw", 0, Err("invalid syntax")),
        ("", 0, Err("invalid syntax")),
    ];
    for (text, mode, expected) in cases {
        let got = parse_mode(text).map(|change| change.apply(mode, false, 0));
        assert_eq!(got.map_err(|error| error.to_string()), expected.map_err(str::to_string), "{text}");
    }
}

#[test]
fn a_file_named_as_a_folder_with_an_ending_does_not_take_what_the_folder_holds() {
    let context = edited(&[write("app.sln"), write("app/app.csproj"), write("app-old/x")]);
    let tree = transfer(&context, &parse_ignore(""));
    for path in ["/app.sln", "/app/app.csproj", "/app-old/x"] {
        assert!(tree.stat(path, true, &Cred::root()).is_ok(), "{path}");
    }
}
