//! What executions came to is taken for what later ones would come to: that must not be seen in any report.

#![allow(clippy::unwrap_used, reason = "helpers of tests may panic")]

mod support;

use proptest::prelude::*;
use report::{CacheStore, Context, Edit, Options};
use support::{MODELLED, REAL, build, context, context_of, file};

/// RUNs that look at files in many ways, and leave what others look at: inode numbers, times, links, modes, whole trees.
const RUNS: [&str; 32] = [
    "echo one > f",
    "echo two > g; cat f g > h 2>&1 || true",
    "mkdir -p d/e && cp -r src d/",
    "find . -type f | sort > list",
    "find / -xdev -newer f > newer || true",
    "ls -lai / . > listing",
    "ls d/e src",
    "stat -c '%n %i %Y %h %s' * > stats || true",
    "du -a . > sizes",
    "ln f twin || true; ln -s f link || true",
    "rm -f f",
    "rm -rf d",
    "mv d x || mv x d || true",
    "mv src/b.txt c.txt || true",
    "chmod -R go-w . && chmod 600 f || true",
    "chown -R 1000:1000 .",
    "touch -d 2020-01-01 f g h || true",
    "echo more >> f; wc -c f",
    "tar cf all.tar src && tar tvf all.tar",
    "cat Dockerfile | wc -l",
    "md5sum a.txt src/* > sums || true",
    "[ -e link ] && readlink link > where; true",
    "sleep 2; date +%s > when",
    "for n in 1 2 3; do echo $n > file-$n; done; cat file-*",
    "test -f h && exit 3; true",
    "sh -c 'cd d && pwd && ls' || true",
    "adduser -D joe || true; id joe > who || true",
    "mkfifo pipe || true; ls -l pipe",
    "echo $X $PATH $HOME > env; hostname; cat /etc/hosts",
    "cp -a d copy || true; ls -li copy twin f || true",
    "sed -i s/one/1/ f && cat f || true",
    "awk '{ print NR, $0 }' a.txt > numbered; diff a.txt numbered || true",
];

/// What stands between them.
const OTHERS: [&str; 16] = [
    "COPY . .",
    "COPY --chown=1000:1000 . /own",
    "COPY --chmod=600 a.txt Dockerfile src/b.txt /app/",
    "COPY src/*.txt a.txt /app/d/",
    "ADD . /app/d",
    "COPY a.txt /app/",
    "COPY src /app/src",
    "WORKDIR /app",
    "WORKDIR /app/d",
    "ENV X=one",
    "ENV X=two",
    "USER 1000",
    "USER root",
    "FROM conformance/busybox:1",
    "COPY --from=0 /app /app",
    "# a comment",
];

fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => proptest::sample::select(&RUNS[..]).prop_map(|run| format!("RUN {run}\n")),
        1 => proptest::sample::select(&OTHERS[..]).prop_map(|other| format!("{other}\n")),
    ]
}

#[derive(Clone, Debug)]
enum Change {
    Insert(usize, String),
    Remove(usize),
    Replace(usize, String),
    Type(usize, char),
    Swap(usize),
    Context(&'static str, String),
    Mode(&'static str, u32),
    Build,
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (any::<usize>(), line()).prop_map(|(at, line)| Change::Insert(at, line)),
        any::<usize>().prop_map(Change::Remove),
        (any::<usize>(), line()).prop_map(|(at, line)| Change::Replace(at, line)),
        (any::<usize>(), "[a-z0-9 ]").prop_map(|(at, key)| Change::Type(at, key.chars().next().unwrap_or('x'))),
        any::<usize>().prop_map(Change::Swap),
        (proptest::sample::select(vec!["a.txt", "src/b.txt", "new.txt", "src/0.txt"]), "[a-c]{0,3}")
            .prop_map(|(path, text)| Change::Context(path, text)),
        (proptest::sample::select(vec!["a.txt", "src/b.txt", "src"]), proptest::sample::select(vec![0o600, 0o755]))
            .prop_map(|(path, mode)| Change::Mode(path, mode)),
        Just(Change::Build),
    ]
}

/// The line that a number means: never the first, which is FROM.
fn index(lines: &[String], at: usize) -> usize {
    1 + at % lines.len().saturating_sub(1).max(1)
}

/// The same project twice: with executions that are kept, and without.
struct Twins {
    context: Context,
    with: CacheStore,
    without: CacheStore,
}

impl Twins {
    fn new(context: Context) -> Twins {
        Twins { context, with: CacheStore::default(), without: CacheStore::default().without_memory() }
    }

    fn write(&mut self, path: &str, text: &str, now: i64) {
        let kind = file(report::Content::text(text)).kind;
        self.context.apply(&Edit::Write { path: path.to_owned(), kind, mode: None }, now).unwrap();
    }

    /// Works out what a build would do, and keeps what it leaves where it is `done`.
    fn build(&mut self, done: bool) {
        let (with, left) = build(&self.context, &Options::default(), &self.with);
        let (without, left_without) = build(&self.context, &Options::default(), &self.without);
        assert!(with == without, "{:?}\n{with:#?}\n{without:#?}", self.context.text("Dockerfile"));
        if done {
            (self.with, self.without) = (left, left_without);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn executions_that_are_spared_leave_no_trace(
        lines in prop::collection::vec(line(), 3..14),
        changes in prop::collection::vec(change(), 1..8),
    ) {
        let mut lines: Vec<String> =
            ["FROM conformance/busybox:1\n".to_owned()].into_iter().chain(lines).collect();
        let mut twins = Twins::new(context(&lines.concat()));
        twins.build(false);
        for (now, change) in (1_735_700_000..).zip(changes) {
            match change {
                Change::Insert(at, line) => lines.insert(index(&lines, at), line),
                Change::Remove(at) if lines.len() > 2 => drop(lines.remove(index(&lines, at))),
                Change::Replace(at, line) => {
                    let at = index(&lines, at);
                    lines.splice(at..=at, [line]);
                }
                Change::Type(at, key) => {
                    let at = index(&lines, at);
                    if let Some(line) = lines.get_mut(at) {
                        line.insert(line.len() - 1, key);
                    }
                }
                Change::Swap(at) if lines.len() > 2 => {
                    let at = index(&lines, at).min(lines.len() - 2);
                    lines.swap(at, at + 1);
                }
                Change::Context(path, text) => twins.write(path, &text, now),
                Change::Mode(path, mode) => {
                    let _ = twins.context.apply(&Edit::Chmod { path: path.to_owned(), mode }, now);
                }
                Change::Build => twins.build(true),
                Change::Remove(_) | Change::Swap(_) => {}
            }
            twins.write("Dockerfile", &lines.concat(), now);
            twins.build(false);
        }
    }
}

#[test]
fn a_character_typed_at_the_end_of_any_line_leaves_no_trace() {
    for text in REAL.into_iter().chain([MODELLED]) {
        let mut twins = Twins::new(context(text));
        twins.build(true);
        for (at, _) in text.match_indices('\n') {
            let (before, behind) = text.split_at(at);
            twins.write("Dockerfile", &format!("{before}x{behind}"), 1_735_700_000);
            twins.build(false);
        }
    }
}

#[test]
fn what_finds_the_same_files_is_not_executed_again() {
    let text =
        "FROM conformance/busybox:1\nWORKDIR /app\nCOPY . .\nRUN echo MARK > made\nRUN ls src > list\nRUN cat made\n";
    let mut twins = Twins::new(context_of(&[("Dockerfile", text), ("src/a", "one\n")]));
    twins.build(true);
    assert_eq!(twins.with.spared(), 0);
    // the whole context is copied again, the Dockerfile with it: nobody looks at it
    twins.write("Dockerfile", &format!("{text}# a comment\n"), 1_735_700_000);
    twins.build(false);
    assert_eq!(twins.with.spared(), 3);
    assert_eq!(twins.with.spared_copies(), 1);
    // what is written is another text: who reads it runs again, who lists other files does not
    twins.write("Dockerfile", &text.replace("MARK", "WORD"), 1_735_700_000);
    twins.build(false);
    assert_eq!(twins.with.spared(), 4);
    // a file more
    twins.write("src/b", "two\n", 1_735_700_000);
    twins.build(false);
    assert_eq!(twins.with.spared(), 4);
    assert_eq!(twins.with.spared_copies(), 2);
}
