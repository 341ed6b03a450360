//! Input that nobody means well with gives a clear message or a result, soon and with a small stack.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "helpers of tests may panic")]

mod support;

use std::time::{Duration, Instant};

use report::{CacheStore, Content, Context, Options, Outcome, Report, StepState};
use support::{build, context, file};

/// The stack of a page is about 1 MB. A debug build needs several times as much for the same calls.
const STACK: usize = if cfg!(debug_assertions) { 4 << 20 } else { 512 << 10 };

/// Far above what is needed, so that a slow machine passes; what is quadratic takes longer.
const PATIENCE: Duration = Duration::from_secs(120);

/// What a debug build is spared of.
const LESS: usize = if cfg!(debug_assertions) { 5 } else { 1 };

/// Analyses twice, the second time with the cache of the first.
fn analyzed(context: impl FnOnce() -> Context + Send + 'static) -> (Outcome, usize) {
    let start = Instant::now();
    let run = move || {
        let context = context();
        let (first, cache) = build(&context, &Options::default(), &CacheStore::default());
        let (again, _) = build(&context, &Options::default(), &cache);
        assert_eq!(first.outcome, again.outcome);
        assert!(first.log.last().is_some());
        (first.outcome, first.steps.len())
    };
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(run).unwrap();
    let result = thread.join().unwrap();
    assert!(start.elapsed() < PATIENCE, "{:?}", start.elapsed());
    result
}

fn outcome(dockerfile: impl Into<String>) -> Outcome {
    let dockerfile = dockerfile.into();
    analyzed(move || context(&dockerfile)).0
}

fn message(dockerfile: impl Into<String>) -> String {
    match outcome(dockerfile) {
        Outcome::Built => "built".to_owned(),
        Outcome::Invalid { message } | Outcome::Failed { message, .. } => message,
    }
}

fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

#[test]
fn an_empty_dockerfile_is_refused_as_docker_does() {
    assert_eq!(message(""), "the Dockerfile cannot be empty");
    assert_eq!(message(" \n\t\n"), "file with no instructions");
    assert_eq!(message("# only a comment\n"), "file with no instructions");
    assert_eq!(message("ARG A=1\n"), "dockerfile contains no stages to build");
}

#[test]
fn binary_junk_gets_a_message() {
    let mut byte = 7_u8;
    let junk: Vec<u8> = (0..200_000_u32)
        .map(|at| {
            byte = byte.wrapping_mul(31).wrapping_add(at as u8);
            byte
        })
        .collect();
    for junk in [junk, vec![0; 100_000], vec![255; 100_000], vec![10, 13, 0, 27, 34]] {
        let (outcome, _) = analyzed(move || {
            let mut context = Context::default();
            context.insert("Dockerfile", file(Content::from_bytes(&junk))).unwrap();
            context
        });
        let Outcome::Invalid { message } = outcome else { panic!("{outcome:?}") };
        assert!(!message.is_empty());
    }
}

#[test]
fn a_megabyte_of_text_gets_an_answer() {
    let long = "dockerfile line greater than max allowed size of 65535";
    assert_eq!(message(format!("FROM scratch\nENV A={}\n", "x".repeat(1 << 20))), long);
    assert!(message("lorem ipsum dolor\n".repeat(60_000 / LESS)).contains("unknown instruction: lorem"));
    assert_eq!(message("\n".repeat((1 << 20) / LESS)), "file with no instructions");
    assert_eq!(message(format!("{}FROM scratch\n", "# a comment line\n".repeat(60_000))), "built");
    assert_eq!(message(format!("FROM scratch\nENV A=1 \\\n{}\n", "  B=2 \\\n".repeat(100_000))), "built");
    let sources = lines(20_000, |n| format!(" a{n} \\\n"));
    assert!(message(format!("FROM scratch\nCOPY {sources} /x/\n")).contains("not found"));
    let variables = lines(5_000 / LESS, |n| format!(" A{n}=$B{n} \\\n"));
    assert_eq!(message(format!("FROM scratch\nENV {variables}\n")), "built");
    let document = "some text $HOME\n".repeat(60_000);
    assert_eq!(message(format!("FROM scratch\nCOPY <<E /e\n{document}E\n")), "built");
}

#[test]
fn a_dockerfile_that_is_no_file_or_too_large_gets_a_message() {
    let with = |size: u64| {
        let (outcome, _) = analyzed(move || {
            let content = Content::repeat(b'#', size);
            let mut context = Context::default();
            context.insert("Dockerfile", file(content)).unwrap();
            context
        });
        let Outcome::Invalid { message } = outcome else { panic!("{outcome:?}") };
        message
    };
    assert!(with(u64::MAX).starts_with("failed to read dockerfile"));
    assert!(with(100 << 20).starts_with("failed to read dockerfile"));
}

#[test]
fn ten_thousand_lines_get_an_answer() {
    let base = "FROM conformance/busybox:1\n";
    let mixed = lines(10_000 / LESS, |n| match n % 3 {
        0 => "RUN true\n".to_owned(),
        1 => format!("ENV A{n}=$B{n}\n"),
        _ => format!("COPY a.txt /copy/{n}\n"),
    });
    assert_eq!(message(format!("{base}{mixed}")), "failed to prepare REF as REF: max depth exceeded");
    assert_eq!(message(format!("{base}{}", lines(10_000 / LESS, |n| format!("ENV A{n}=$B{n}\n")))), "built");
    assert_eq!(message(lines(10_000 / LESS, |n| format!("FROM scratch AS s{n}\n"))), "built");
    let arguments = message(format!("{base}{}", lines(5_000 / LESS, |n| format!("ARG A{n}=1\nRUN true\n"))));
    assert!(
        arguments == "failed to prepare REF as REF: max depth exceeded" || arguments.contains("longer than"),
        "{arguments}"
    );
    let stages =
        lines(500, |n| format!("RUN echo {n}\nFROM conformance/busybox:1 AS s{n}\nCOPY --from={n} /bin/sh /s\n"));
    assert_eq!(message(format!("{base}{stages}")), "built");
    let chain = lines(500, |n| format!("FROM s{n} AS s{}\nENV A{n}=1\n", n + 1));
    assert_eq!(message(format!("FROM scratch AS s0\n{chain}")), "built");
}

#[test]
fn a_stage_has_as_many_layers_as_an_engine_can_mount() {
    let report = |count: usize| -> Report {
        let text = format!("FROM conformance/busybox:1\n{}", lines(count, |n| format!("RUN echo {n}\n")));
        build(&context(&text), &Options::default(), &CacheStore::default()).0
    };
    assert_eq!(report(128).outcome, Outcome::Built);
    let refused = report(200);
    assert!(matches!(refused.outcome, Outcome::Failed { step: Some(129), .. }), "{:?}", refused.outcome);
    assert_eq!(refused.steps[128].state, StepState::Ran);
    assert_eq!(refused.steps[130].state, StepState::NotReached);
}

#[test]
fn variables_that_double_each_other_are_refused() {
    for text in [
        format!("FROM scratch\nENV A=0123456789\n{}", "ENV A=$A$A\n".repeat(60)),
        format!("ARG A=0123456789\n{}FROM scratch\n", "ARG A=$A$A\n".repeat(60)),
        format!("FROM scratch\nENV A={}\nLABEL a=\"{}\"\n", "x".repeat(60_000), "$A".repeat(30_000)),
        format!("FROM scratch\nENV A={}\nENV B=${{A//x/{}}}\n", "x".repeat(60_000), "y".repeat(60_000)),
    ] {
        let message = message(text);
        assert!(message.contains("bytes longer") || message.contains("too long"), "{:.200}", message);
    }
    let value = "x".repeat(60_000);
    let many = message(format!("FROM scratch\nENV A={value}\n{}", lines(5_000 / LESS, |n| format!("LABEL l{n}=$A\n"))));
    assert!(many.contains("longer than"), "{many:.200}");
}

#[test]
fn patterns_that_take_long_are_refused() {
    let value = "x".repeat(60_000);
    for pattern in ["%*y", "#*y", "//*y/z", "%%*a*b*c*d*e"] {
        let message = message(format!("FROM scratch\nENV A={value}\nENV B=${{A{pattern}}}\n"));
        assert!(message == "built" || message.contains("too long"), "{message:.200}");
    }
    let stars = "*x".repeat(10_000);
    let message = message(format!("FROM scratch\nENV A={value}\nENV B=${{A%{stars}}}\n"));
    assert!(message.contains("too long"), "{message:.200}");
}

#[test]
fn triggers_that_multiply_are_refused() {
    let triggers = "ONBUILD LABEL a=b\n".repeat(400);
    let stages = lines(400, |n| format!("FROM a AS s{n}\n"));
    let takes = lines(400, |n| format!("COPY --from=s{n} / /\n"));
    let message = message(format!("FROM scratch AS a\n{triggers}{stages}FROM scratch\n{takes}"));
    assert!(message.contains("instructions"), "{message:.200}");
}

#[test]
fn nesting_needs_no_stack() {
    let deep = 20_000;
    for text in [
        format!("FROM scratch\nENV A={}\n", "${a:-".repeat(10_000)),
        format!("FROM scratch\nENV A={}{}\n", "${a:-".repeat(8_000), "}".repeat(8_000)),
        format!("FROM scratch\nCOPY <<E /x\n{}\nE\n", "${a:-".repeat(deep)),
        format!("FROM scratch\nCMD {}\n", "[".repeat(60_000)),
        format!("FROM scratch\nHEALTHCHECK {}\n", "CMD [".repeat(10_000)),
        "ONBUILD ".repeat(8_000),
        format!("FROM scratch\n{}", "ONBUILD ".repeat(8_000)),
    ] {
        outcome(text);
    }
}

#[test]
fn nested_shell_scripts_need_no_stack() {
    let pairs = [
        ("$(", ")"),
        ("`", "`"),
        ("(", ")"),
        ("{ ", ";}"),
        ("if ", ""),
        ("$((", "))"),
        ("${a:-", "}"),
        ("! ", ""),
        ("\"$(", ")\""),
    ];
    for (open, close) in pairs {
        for count in [100, 5_000] {
            let script = format!("{}true{}", open.repeat(count), close.repeat(count));
            outcome(format!("FROM conformance/busybox:1\nRUN <<E\n{script}\nE\n"));
            outcome(format!("FROM conformance/busybox:1\nRUN echo {}\n", &script[..script.len().min(60_000)]));
        }
    }
    for script in [
        "f() { f; }; f",
        "f() { f | f; }; f",
        "eval \"$(cat $0)\"",
        "x='eval \"$x\"'; eval \"$x\"",
        "sh -c 'sh -c \"$0\" \"$0\"' 'sh -c \"$0\" \"$0\"'",
        "echo 'sh /a' > /a; sh /a",
        "echo '. /a' > /a; . /a",
        "alias a=a; a",
        "echo $((((((((((1))))))))))",
        "a=a; echo $((a))",
        "a='b+1'; b='a+1'; echo $((a))",
    ] {
        outcome(format!("FROM conformance/busybox:1\nRUN <<'E'\n{script}\nE\n"));
    }
}

#[test]
fn commands_without_end_are_stopped() {
    let scripts = [
        "while true; do :; done",
        "yes | cat > /x",
        "x=x; while true; do x=$x$x; done",
        "cat /dev/urandom | head -c 1000000000000 | wc -c",
        "sleep 1000000000000",
        "while true; do echo x; done",
        "while true; do echo x >> /x; done",
        "i=0; while true; do i=$((i+1)); mkdir /d$i; done",
        "cat /dev/zero > /x",
    ];
    for script in scripts.iter().take(scripts.len().div_ceil(LESS).max(5)) {
        outcome(format!("FROM conformance/busybox:1\nRUN {script}\n"));
    }
}

#[test]
fn a_context_of_twenty_thousand_files_is_built() {
    let twenty_thousand = |dockerfile: String| {
        move || {
            let mut context = context(&dockerfile);
            context.insert(".dockerignore", file(Content::text("**/*.md\n.git\n!keep\n"))).unwrap();
            for number in 0..20_000 {
                let path = format!("src/{}/{number}.js", number / 20);
                context.insert(&path, file(Content::text(&format!("{number}\n")))).unwrap();
            }
            context
        }
    };
    let steps = lines(20, |n| format!("RUN echo {n} > /{n}\n"));
    let once = format!("FROM conformance/busybox:1\nCOPY . /app\n{steps}");
    assert_eq!(analyzed(twenty_thousand(once)), (Outcome::Built, 22));
    let often = format!("FROM conformance/busybox:1\n{}", lines(12, |n| format!("COPY . /{n}\n")));
    let (outcome, _) = analyzed(twenty_thousand(often));
    assert!(matches!(outcome, Outcome::Failed { ref message, .. } if message.contains("no space left")), "{outcome:?}");
    let same = format!("FROM conformance/busybox:1\n{}", "COPY . /app\nRUN chmod -R 700 /app\n".repeat(2));
    analyzed(twenty_thousand(same));
}

#[test]
fn ignore_files_of_any_kind_are_harmless() {
    for ignore in [
        "[".repeat(100_000),
        "*a".repeat(30_000),
        "**/".repeat(30_000),
        "!\n".repeat(50_000),
        lines(50, |n| format!("**/x{n}*\n")),
    ] {
        analyzed(move || {
            let mut context = context("FROM scratch\nCOPY . /\n");
            context.insert(".dockerignore", file(Content::text(&ignore))).unwrap();
            for number in 0..200 {
                let path = format!("{}/{number}", "a/".repeat(20).trim_end_matches('/'));
                context.insert(&path, file(Content::text("x"))).unwrap();
            }
            context
        });
    }
}
