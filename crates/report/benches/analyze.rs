//! How long `analyze` takes, for the sizes that a page must stay quick with and for hostile ones.
//!
//! `cargo bench -p report`, or with a part of a name behind it. Each row: the first analysis with nothing cached, the
//! same again with the cache that it left, and again after an edit of one file of the context. The best of several.

#![allow(clippy::unwrap_used, missing_docs, reason = "a program for developers, which may panic")]

use std::time::{Duration, Instant};

use report::{
    CacheStore, Catalog, Content, Context, ContextEntry, ContextKind, Edit, Inputs, Options, Outcome, Profile, Report,
    analyze, parse_image,
};

const BUSYBOX: &str = include_str!("../../../tests/conformance/bases/conformance-busybox-1.json");

/// Time that is spent on repeating one measurement.
const PATIENCE: Duration = Duration::from_millis(300);

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let mut catalog = Catalog::default();
    catalog.insert(parse_image(BUSYBOX).unwrap());
    println!("{:<44} {:>10} {:>10} {:>10}  outcome", "input", "first", "again", "edited");
    for (name, dockerfile, files) in inputs() {
        if wanted.is_empty() || wanted.iter().any(|word| name.contains(word.as_str())) {
            measure(&name, &dockerfile, files, &catalog);
        }
    }
}

fn measure(name: &str, dockerfile: &str, files: usize, catalog: &Catalog) {
    let mut context = context(dockerfile, files);
    let run = |context: &Context, cache: &CacheStore| {
        let inputs = Inputs { context, options: &Options::default(), catalog, profile: &Profile::default(), cache };
        analyze(&inputs)
    };
    let (report, cache) = run(&context, &CacheStore::default());
    let first = best(|| run(&context, &CacheStore::default()));
    let again = best(|| run(&context, &cache));
    let edit =
        Edit::Write { path: "src/0/0.js".to_owned(), kind: ContextKind::File(Content::text("edited\n")), mode: None };
    context.apply(&edit, 1_735_689_700).unwrap();
    let edited = best(|| run(&context, &cache));
    println!(
        "{name:<44} {:>10} {:>10} {:>10}  {}",
        milliseconds(first),
        milliseconds(again),
        milliseconds(edited),
        outcome(&report)
    );
}

fn best<T>(mut run: impl FnMut() -> T) -> Duration {
    let begin = Instant::now();
    let mut best = Duration::MAX;
    loop {
        let start = Instant::now();
        std::hint::black_box(run());
        best = best.min(start.elapsed());
        if begin.elapsed() > PATIENCE {
            return best;
        }
    }
}

fn milliseconds(duration: Duration) -> String {
    format!("{}.{:02} ms", duration.as_millis(), duration.as_micros() % 1000 / 10)
}

fn outcome(report: &Report) -> String {
    let text = match &report.outcome {
        Outcome::Built => "built".to_owned(),
        Outcome::Invalid { message } => format!("invalid: {message}"),
        Outcome::Failed { message, .. } => format!("failed: {message}"),
    };
    text.chars().take(60).collect()
}

fn context(dockerfile: &str, files: usize) -> Context {
    let mut context = Context::default();
    let file =
        |text: &str| ContextEntry { kind: ContextKind::File(Content::text(text)), mode: 0o644, mtime: 1_735_689_600 };
    context.insert("Dockerfile", file(dockerfile)).unwrap();
    context.insert(".dockerignore", file("**/*.md\n.git\n**/.cache\n!keep.md\n")).unwrap();
    for number in 0..files {
        let path = format!("src/{}/{number}.js", number / 20);
        let text = format!("export const n{number} = {number};\n");
        context.insert(&path, file(&text)).unwrap();
    }
    context
}

fn inputs() -> Vec<(String, String, usize)> {
    let base = "FROM conformance/busybox:1\n";
    let repeat = |count: usize, line: &dyn Fn(usize) -> String| (0..count).map(line).collect::<String>();
    let usual = |at: usize| match at % 10 {
        0 => format!("ENV NAME{at}=value{at}\n"),
        1 => format!("COPY src/{at} /app/{at}/\n"),
        2 => format!("WORKDIR /app/{at}\n"),
        3 => format!("RUN echo {at} > file{at} && mkdir -p d{at} && cp file{at} d{at}/\n"),
        4 => format!("LABEL l{at}=$NAME0\n"),
        5 => "# a comment\n".to_owned(),
        6 => "EXPOSE 80 443\n".to_owned(),
        7 => format!("RUN if [ -f file{at} ]; then cat file{at}; fi \\\n"),
        8 => format!("  && echo done {at}\n"),
        _ => "\n".to_owned(),
    };
    let run_env_copy = |at: usize| match at % 3 {
        0 => format!("RUN echo {at}\n"),
        1 => format!("ENV A{at}=$A0{at}\n"),
        _ => format!("COPY Dockerfile /copy/{at}\n"),
    };
    let row = |name: &str, text: String, files: usize| (name.to_owned(), text, files);
    vec![
        row("200 lines", format!("{base}{}", repeat(200, &usual)), 200),
        row("10,000 lines of RUN, ENV, COPY", format!("{base}{}", repeat(10_000, &run_env_copy)), 10),
        row("10,000 lines of ENV", format!("{base}{}", repeat(10_000, &|n| format!("ENV A{n}=$B{n}\n"))), 10),
        row("10,000 lines of ARG and RUN", format!("{base}{}", repeat(5_000, &|n| format!("ARG A{n}=1\nRUN a\n"))), 10),
        row("10,000 lines of RUN alike", format!("{base}{}", "RUN echo\n".repeat(10_000)), 10),
        row("10,000 stages", repeat(10_000, &|n| format!("FROM scratch AS s{n}\n")), 10),
        row(
            "500 stages in a chain",
            format!(
                "{base}{}",
                repeat(500, &|n| format!(
                    "RUN echo {n}\nFROM conformance/busybox:1 AS s{n}\nCOPY --from={n} /bin/sh /s\n"
                ))
            ),
            10,
        ),
        row(
            "500 stages one on the other",
            format!("FROM scratch AS s0\n{}", repeat(500, &|n| format!("FROM s{n} AS s{}\nENV A{n}=1\n", n + 1))),
            10,
        ),
        row(
            "500 independent stages",
            format!(
                "{}FROM scratch\n{}",
                repeat(499, &|n| format!("FROM scratch AS s{n}\nCOPY Dockerfile /{n}\n")),
                repeat(100, &|n| format!("COPY --from=s{n} / /{n}\n"))
            ),
            10,
        ),
        row("1 MB in one line", format!("FROM scratch\nENV A={}\n", "x".repeat(1 << 20)), 0),
        row(
            "1 MB of unset variables in one line",
            format!("FROM scratch\nENV A=\"{}\"\n", repeat(100_000, &|n| format!("$a{n} "))),
            0,
        ),
        row(
            "1 MB of pairs in one line",
            format!("FROM scratch\nENV {}\n", repeat(80_000, &|n| format!("a{n}=b{n} "))),
            0,
        ),
        row(
            "1 MB of sources in one line",
            format!("FROM scratch\nCOPY {} /\n", repeat(100_000, &|n| format!("a{n} "))),
            0,
        ),
        row("1 MB of empty lines", "\n".repeat(1 << 20), 0),
        row("1 MB of words", "lorem ipsum dolor\n".repeat(60_000), 0),
        row("1 MB of comments", format!("{}FROM scratch\n", "# a comment line\n".repeat(60_000)), 0),
        row("1 MB of continued lines", format!("{base}RUN true {}\n", "&& true \\\n".repeat(100_000)), 0),
        row("1 MB of shell in one line", format!("{base}RUN true {}\n", "&& true ".repeat(130_000)), 0),
        row("1 MB heredoc", format!("{base}COPY <<E /e\n{}E\n", "some text $HOME\n".repeat(60_000)), 0),
        row("20,000 files, COPY . .", format!("{base}WORKDIR /app\nCOPY . .\nRUN echo ok\n"), 20_000),
        row(
            "20,000 files, 100 steps after COPY . .",
            format!("{base}WORKDIR /app\nCOPY . .\n{}", repeat(100, &|n| format!("RUN echo {n} > /{n}\n"))),
            20_000,
        ),
        row(
            "20,000 files, 1,000 steps after COPY . .",
            format!("{base}WORKDIR /app\nCOPY . .\n{}", repeat(1_000, &|n| format!("RUN echo {n} > /{n}\n"))),
            20_000,
        ),
        row("20,000 files, 20 times COPY . .", format!("{base}{}", repeat(20, &|n| format!("COPY . /{n}/\n"))), 20_000),
        row("50,000 files, COPY . .", format!("{base}WORKDIR /app\nCOPY . .\nRUN echo ok\n"), 50_000),
        row("50,000 files, COPY src/1 .", format!("{base}WORKDIR /app\nCOPY src/1 .\nRUN echo ok\n"), 50_000),
        row("nested ${…}, 10,000 deep", format!("FROM scratch\nENV A={}\n", "${a:-".repeat(10_000)), 0),
        row(
            "nested $(…), 10,000 deep",
            format!("{base}RUN echo {}{}\n", "$(echo ".repeat(10_000), ")".repeat(10_000)),
            0,
        ),
        row("variables doubled 60 times", format!("FROM scratch\nENV A=0123456789\n{}", "ENV A=$A$A\n".repeat(60)), 0),
    ]
    .into_iter()
    .chain(SCRIPTS.map(|script| (script.to_owned(), format!("{base}RUN <<'E'\n{script}\nE\n"), 0)))
    .collect()
}

/// Scripts that do not end by themselves, or not soon.
const SCRIPTS: [&str; 12] = [
    "while true; do :; done",
    "while true; do echo x; done",
    "yes | cat > /x",
    "x=x; while true; do x=$x$x; done",
    "while true; do echo x >> /x; done",
    "i=0; while true; do i=$((i+1)); mkdir /d$i; done",
    "cat /dev/urandom | head -c 1000000000000 | wc -c",
    "f() { f | f; }; f",
    "eval \"$(cat $0)\"",
    "sh -c 'sh -c \"$0\" \"$0\"' 'sh -c \"$0\" \"$0\"'",
    "echo 'sh /a' > /a; sh /a",
    "a='b+1'; b='a+1'; echo $((a))",
];
