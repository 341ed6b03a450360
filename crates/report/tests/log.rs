//! The log beside what Docker Engine 28.5.2 printed of the same builds (`logs/record.py`).

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use report::{CacheStore, Options, Report};
use support::{build, context_of};

/// What is built of these files, and what is built then again.
fn built(files: &[(&str, &str)]) -> (Report, Report) {
    let context = context_of(files);
    let (first, cache) = build(&context, &Options::default(), &CacheStore::default());
    let (again, _) = build(&context, &Options::default(), &cache);
    (first, again)
}

/// A line without what depends on the moment: times, the image's digest, which of the engine's references it was, whether
/// a base image is marked as cached (it depends on builds of other Dockerfiles).
fn timeless(line: &str) -> String {
    let from = line.contains(" FROM ");
    let moment = |word: &&str| word.starts_with("sha256:") || (*word == "CACHED" && from);
    // Where something is taken out, the columns after it are others.
    let wide = !line.split(' ').any(|word| moment(&word)) && !from && !line.contains("writing image");
    let words = line.split(' ').filter(|word| !moment(word) && (wide || !word.is_empty()));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let words: Vec<&str> = words
        .map(|word| match word.strip_suffix('s').unwrap_or(word).split_once('.') {
            Some((whole, part)) if digits(whole) && digits(part) => "TIME",
            _ if word.contains("::") => "REF:",
            _ => word,
        })
        .collect();
    words.join(" ").replace(" TIME done", " done").trim_end().to_string()
}

/// The pieces of work, each with its parts, in any order: BuildKit lists them as they happen to begin, and warnings beside
/// them if they come in time. What stands below them, in its order.
fn pieces(lines: &[String]) -> (Vec<Vec<String>>, Vec<String>) {
    let of_work = |line: &&String| line.is_empty() || line.starts_with('#') || line.starts_with(" => ");
    let mut work: Vec<Vec<String>> = Vec::new();
    let (head, rest): (&[String], &[String]) =
        if lines.first().is_some_and(|line| line.starts_with('[')) { lines.split_at(1) } else { (&[], lines) };
    let mut rest = rest.iter().peekable();
    while let Some(line) = rest.next_if(of_work) {
        let line = timeless(line);
        // A section that was begun again, or a transfer that was told of twice, has lines more.
        let line = match line.strip_prefix('#').and_then(|line| line.split_once(' ')) {
            Some((_, line)) => line.to_string(),
            None => line,
        };
        let part = line.contains("=> =>") || !line.contains("=> ");
        match work.last_mut().filter(|_| part && !line.is_empty()) {
            Some(piece) => piece.push(line),
            None => work.push(vec![line]),
        }
    }
    for piece in &mut work {
        if piece.iter().any(|line| line.contains(" FROM ")) {
            piece.retain(|line| !matches!(line.as_str(), "DONE TIME" | "CACHED"));
        }
        piece.retain(|line| !line.is_empty() && !line.starts_with("WARN: ") && line != "transferring context:");
    }
    work.retain(|piece| !piece.is_empty() && !piece.iter().any(|line| line.contains("=> WARN: ")));
    work.sort();
    let mut below: Vec<String> = head.iter().chain(rest).map(|line| timeless(line)).collect();
    // The engine lists warnings in any order.
    below.chunk_by_mut(|a, b| a.starts_with(" - ") && b.starts_with(" - ")).for_each(<[String]>::sort);
    (work, below)
}

fn compare(name: &str, printed: &[String], recorded: &str) {
    let recorded: Vec<String> = recorded.lines().map(str::to_string).collect();
    assert_eq!(pieces(printed), pieces(&recorded), "{name}: as printed here, and as recorded");
}

fn terminal(report: &Report) -> Vec<String> {
    report.progress.lines(80).into_iter().map(|line| line.text).collect()
}

macro_rules! recorded {
    ($case:literal, $file:literal) => {
        include_str!(concat!("logs/", $case, "/", $file))
    };
}

macro_rules! case {
    ($case:literal, $($file:literal),*) => {{
        let (first, again) = built(&[$(($file, recorded!($case, $file))),*]);
        compare(concat!($case, " in lines"), &first.log, recorded!($case, "plain.txt"));
        compare(concat!($case, " on a terminal"), &terminal(&first), recorded!($case, "tty.txt"));
        again
    }};
}

#[test]
fn a_build_is_logged_as_docker_does() {
    let again = case!("built", "Dockerfile", "input", ".dockerignore");
    compare("again, in lines", &again.log, recorded!("built", "again.plain.txt"));
    compare("again, on a terminal", &terminal(&again), recorded!("built", "again.tty.txt"));
}

#[test]
fn a_failed_step_is_logged_with_its_output_and_its_place() {
    case!("failed", "Dockerfile");
}

#[test]
fn a_source_that_is_missing_is_logged_with_the_steps_that_are_left() {
    case!("missing", "Dockerfile");
}

#[test]
fn a_dockerfile_that_is_refused_or_missing_is_logged_as_docker_does() {
    case!("invalid", "Dockerfile");
    case!("nothing", "readme");
}

#[test]
fn a_terminal_of_any_width_has_the_times_at_its_end() {
    let dockerfile =
        "FROM conformance/busybox:1\nRUN echo 日本語日本語日本語日本語日本語日本語日本語日本語日本語日本語\n";
    let (report, _) = built(&[("Dockerfile", dockerfile)]);
    for width in [0, 40, 41, 42, 43, 80, 200] {
        let lines = report.progress.lines(width);
        let ends: Vec<usize> =
            lines.iter().filter(|line| line.text.starts_with(" => ")).map(|line| line.text.chars().count()).collect();
        assert!(ends.iter().all(|end| *end == width.max(40) - 1), "{width}: {ends:?}");
    }
}
