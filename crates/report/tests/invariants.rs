//! What holds for every input: see "Invariants" in ARCHITECTURE.md.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "helpers of tests may panic")]

mod support;

use proptest::prelude::*;
use report::{
    BaseView, Basis, CacheStore, Content, Context, ContextEntry, ContextKind, FileChange, ImageStore, MeasuredBy,
    Measurement, Options, Outcome, Reason, Report, StepState, StepView,
};
use support::{MODELLED, REAL, build, context, context_of, file, first};

/// Places lie in the text, indices in their lists, tokens cover the text, and sums are the sums of their parts.
fn check(report: &Report, text: &str) {
    let mut end = 0;
    for token in &report.tokens {
        assert_eq!(token.range.start, end);
        end = token.range.end;
    }
    if !report.tokens.is_empty() {
        assert_eq!(end, text.len());
    }
    for problem in &report.problems {
        let range = problem.diagnostic.range;
        assert!(text.get(range.start..range.end).is_some(), "{problem:?}");
    }
    for stage in &report.stages {
        assert!(stage.steps.iter().all(|&step| step < report.steps.len()));
        assert!(stage.inputs.iter().all(|&(from, _)| from < report.stages.len()));
    }
    for (index, step) in report.steps.iter().enumerate() {
        assert!(step.stage < report.stages.len());
        assert!(step.inputs.iter().all(|&input| input < index), "{step:?}");
        assert!(text.get(step.range.start..step.range.end).is_some());
    }
    if let Outcome::Failed { step: Some(step), .. } = &report.outcome {
        assert_eq!(report.steps[*step].state, StepState::Failed);
    }
    assert_eq!(report.image.is_some(), report.outcome == Outcome::Built);
    check_sums(report, ImageStore::Overlay2);
}

/// Invariant 5, as far as one report shows it.
fn check_sums(report: &Report, store: ImageStore) {
    let layers = report.image.as_ref().map(|image| image.layers.as_slice()).unwrap_or_default();
    let sum: u64 = layers.iter().map(|layer| layer.bytes).sum();
    if let Some(image) = &report.image {
        assert_eq!(image.bytes, sum);
        let rows: u64 = image.history.iter().map(|row| row.bytes).sum();
        assert_eq!(rows, sum);
        assert!(image.history.iter().all(|row| !row.empty || row.bytes == 0));
        assert!(layers.iter().all(|layer| layer.basis <= image.basis));
        for layer in layers.iter().filter(|layer| layer.base.is_none()) {
            let entries: u64 = layer.entries.iter().filter_map(|entry| entry.size).sum();
            // The overlay2 store counts the bytes of files, the containerd store the blocks that hold them.
            match store {
                ImageStore::Overlay2 => assert_eq!(layer.bytes, entries, "{}", layer.created_by),
                ImageStore::Containerd => assert!(layer.bytes >= entries, "{}", layer.created_by),
            }
            let step = &report.steps[layer.step.unwrap()];
            assert_eq!(layer.bytes, step.bytes);
        }
    }
    let totals = &report.totals;
    assert_eq!(totals.base_bytes + totals.added_bytes, sum);
    assert_eq!(totals.layers, layers.len());
    let counted: Vec<&StepView> = report
        .steps
        .iter()
        .filter(|step| step.state != StepState::NotNeeded && !step.text.starts_with("FROM "))
        .collect();
    let count = |state: StepState| counted.iter().filter(|step| step.state == state).count();
    assert_eq!(totals.steps, counted.len());
    assert_eq!(totals.cached, count(StepState::Cached));
    assert_eq!(totals.ran, count(StepState::Ran) + count(StepState::Failed));
    let transfer = report.time.transfer.map_or(0, |transfer| transfer.ms);
    let end = report.steps.iter().map(|step| step.start_ms + step.ms).chain([transfer]).max();
    assert_eq!(totals.ms, end.unwrap_or_default());
    check_time(report);
    for step in &report.steps {
        let bytes: u64 = step.files.iter().map(|file| file.bytes).sum();
        match store {
            ImageStore::Overlay2 => assert_eq!(step.bytes, bytes, "{}", step.name),
            ImageStore::Containerd => assert!(step.bytes >= bytes, "{}", step.name),
        }
    }
}

/// A step starts when what it waits for has ended, and the critical path has no gaps.
fn check_time(report: &Report) {
    for step in &report.steps {
        assert!(step.inputs.iter().all(|&input| {
            let input = &report.steps[input];
            input.start_ms + input.ms <= step.start_ms
        }));
        assert_eq!(step.timing.critical, report.time.critical_path.iter().any(|part| part.id == step.id));
    }
    let path: u64 = report.time.critical_path.iter().map(|part| part.ms).sum();
    assert_eq!(path, report.totals.ms);
    assert!(report.time.saved_ms <= report.time.saved_step_ms);
}

fn piece() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "FROM conformance/busybox:1\n",
        "FROM scratch AS a\n",
        "FROM a\n",
        "FROM $X\n",
        "RUN echo hi > f\n",
        "RUN rm -rf / ; exit 3\n",
        "RUN while :; do echo x; done\n",
        "RUN cat <<E | sh\necho $(cat f)\nE\n",
        "COPY . .\n",
        "COPY --from=a / /x\n",
        "COPY --from=0 /f /g/\n",
        "COPY [\"a.txt\", \"/\"]\n",
        "ADD a.txt src /d/\n",
        "WORKDIR a/../b\n",
        "ENV X=$X$X$X Y=\"${X:-z}\"\n",
        "ARG X=1\n",
        "ARG X\n",
        "LABEL a=b\n",
        "USER 7:7\n",
        "ONBUILD COPY . /o\n",
        "HEALTHCHECK CMD x\n",
        "SHELL [\"/bin/sh\", \"-c\"]\n",
        "VOLUME /v\n",
        "EXPOSE 1-99\n",
        "RUN --mount=type=cache,target=/c touch /c/f\n",
        "RUN --mount=type=bind,from=a,target=/m ls /m\n",
        "RUN --mount=type=secret,id=s cat /run/secrets/s\n",
        "CMD x\n",
        "STOPSIGNAL 9\n",
        "MAINTAINER x\n",
        "${X#*}",
        "\\\n",
        "# escape=`\n",
        "# layerlab: adds=5MB time=3s at=/o\n",
        "#",
        "<<E\n",
        "E\n",
        "\"",
        "'",
        "`",
        "\0",
        "é\u{2028}",
        " ",
        "\n",
        "$(",
        "((",
        ")",
    ])
}

fn entry() -> impl Strategy<Value = ContextEntry> {
    let kind = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..20).prop_map(|b| ContextKind::File(Content::from_bytes(&b))),
        (0..1_u64 << 50).prop_map(|size| ContextKind::File(Content::repeat(0, size))),
        (0..1_u64 << 50).prop_map(|size| ContextKind::File(Content::opaque("x", size))),
        Just(ContextKind::Dir),
        "[./a-c]{0,8}".prop_map(ContextKind::Symlink),
    ];
    (kind, any::<u32>(), any::<i64>()).prop_map(|(kind, mode, mtime)| ContextEntry { kind, mode: mode & 0o7777, mtime })
}

fn measured(text: &str, source: MeasuredBy) -> Measurement {
    Measurement { source, text: text.to_owned(), cut: text.len() > 3, bytes: Some(1 << 50), ms: Some(5) }
}

fn any_context() -> impl Strategy<Value = Context> {
    let path = prop_oneof![
        Just("Dockerfile".to_owned()),
        Just(".dockerignore".to_owned()),
        "[a-c]{1,2}(/[a-c*\\[ é]{1,3}){0,2}",
    ];
    (proptest::collection::vec((path, entry()), 0..12), "[!*?/a-c\\[\\]\\\\\n-]{0,20}").prop_map(|(entries, ignore)| {
        let mut context = context("FROM scratch\nCOPY . /\nADD . /b/\n");
        let _ = context.insert(".dockerignore", file(Content::text(&ignore)));
        for (path, entry) in entries {
            let _ = context.insert(&path, entry);
        }
        context
    })
}

fn analyzed(context: &Context) -> Report {
    let (report, cache) = build(context, &Options::default(), &CacheStore::default());
    let text = context.text("Dockerfile").unwrap_or_default();
    check(&report, &text);
    let (again, _) = build(context, &Options::default(), &cache);
    check(&again, &text);
    report
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gives_a_report(text in any::<String>()) {
        analyzed(&context(&text));
    }

    #[test]
    fn instructions_in_any_order_give_a_report(pieces in proptest::collection::vec(piece(), 0..12)) {
        analyzed(&context(&pieces.concat()));
    }

    #[test]
    fn damaged_dockerfiles_give_a_report(
        which in 0..REAL.len() + 1, from in 0..2000usize, length in 0..40usize, put in "[\\\\\"'$<=\\[ \n#{(-]{0,3}"
    ) {
        let mut text = REAL.get(which).copied().unwrap_or(MODELLED).to_owned();
        let start = text.floor_char_boundary(from % (text.len() + 1));
        let end = text.floor_char_boundary((start + length).min(text.len()));
        text.replace_range(start..end, &put);
        analyzed(&context(&text));
    }

    #[test]
    fn any_context_gives_a_report(context in any_context()) {
        let (report, cache) = build(&context, &Options::default(), &CacheStore::default());
        check_sums(&report, ImageStore::Overlay2);
        check_sums(&build(&context, &Options::default(), &cache).0, ImageStore::Overlay2);
    }

    #[test]
    fn any_options_give_a_report(words in proptest::collection::vec("[a-z0-9:/@$ =-]{0,6}", 6), flag in any::<bool>()) {
        let options = Options {
            file: if flag { words[0].clone() } else { String::new() },
            target: Some(words[1].clone()),
            build_args: vec![(words[2].clone(), Some(words[3].clone())), (words[3].clone(), None)],
            store: if flag { ImageStore::Containerd } else { ImageStore::Overlay2 },
            no_cache: flag,
            no_cache_filter: vec![words[4].clone()],
            secrets: vec![(words[4].clone(), words[5].clone())],
            network_none: flag,
            platform: words[5].clone(),
            measured: [measured(&words[0], MeasuredBy::History), measured(&words[1], MeasuredBy::Progress)].into(),
            all_stages: flag,
        };
        check_sums(&build(&context(MODELLED), &options, &CacheStore::default()).0, options.store);
    }

    /// Invariant 4: an edit of one instruction leaves the steps before it as they were, where they are run.
    #[test]
    fn editing_a_step_leaves_those_before_it_alone(
        lines in proptest::collection::vec(step_line(), 2..9), at in 0..9usize, put in step_line()
    ) {
        let at = at % lines.len();
        let text = |lines: &[String]| format!("FROM conformance/busybox:1\nRUN true\n{}", lines.concat());
        let mut edited = lines.clone();
        edited[at] = put;
        let (before, cache) = build(&without_itself(&text(&lines)), &Options::default(), &CacheStore::default());
        let (after, _) = build(&without_itself(&text(&edited)), &Options::default(), &CacheStore::default());
        let (rebuilt, _) = build(&without_itself(&text(&edited)), &Options::default(), &cache);
        let unchanged: usize = text(&lines[..at]).len();
        // a source that is missing is noticed before the steps before it run
        let is_kept = |(was, is): &(&StepView, &StepView)| {
            was.range.end <= unchanged && ![was.state, is.state].contains(&StepState::NotReached)
        };
        for (was, is) in before.steps.iter().zip(&after.steps).filter(is_kept) {
            let same = |step: &StepView| (
                step.id.clone(), step.text.clone(), step.state, step.bytes, step.ms, step.files.clone(), step.output.clone(), step.inputs.clone(),
            );
            prop_assert_eq!(same(was), same(is));
        }
        let done = |step: &&StepView| step.range.end <= unchanged && step.state != StepState::Failed;
        for (was, step) in before.steps.iter().zip(rebuilt.steps.iter()).filter(|(was, _)| done(was)) {
            let reached = !matches!(was.state, StepState::NotReached);
            prop_assert!(!reached || step.state == StepState::Cached, "{}: {:?}", step.name, step.reason);
        }
    }
}

/// A context from which COPY does not take the Dockerfile: that is a file like others, and changes with each edit.
fn without_itself(dockerfile: &str) -> Context {
    context_of(&[
        ("Dockerfile", dockerfile),
        (".dockerignore", "Dockerfile\n"),
        ("a.txt", "one\n"),
        ("src/b.txt", "two\n"),
    ])
}

fn step_line() -> impl Strategy<Value = String> {
    proptest::sample::select(vec![
        "RUN echo a > /a\n",
        "RUN echo b >> /a && rm -f /b\n",
        "RUN cp /a /b\n",
        "RUN mkdir -p /d/e && touch /d/e/f\n",
        "COPY a.txt /c/\n",
        "COPY . .\n",
        "COPY src /s\n",
        "WORKDIR /w\n",
        "WORKDIR v\n",
        "ENV A=1\n",
        "ENV A=$A$A\n",
        "ARG V=1\n",
        "RUN echo $V$A\n",
        "USER 5\n",
        "LABEL x=y\n",
        "RUN exit 1\n",
        "COPY nothing /\n",
        "RUN rm -rf /d /c\n",
    ])
    .prop_map(str::to_owned)
}

/// Invariant 3.
#[test]
fn the_same_input_gives_the_same_report() {
    for text in REAL.into_iter().chain([MODELLED]) {
        let mut caches = [CacheStore::default(), CacheStore::default()];
        for dockerfile in [text, &text.replace("RUN ", "RUN true && "), text] {
            let [one, two] = caches.each_ref().map(|cache| build(&context(dockerfile), &Options::default(), cache));
            assert_eq!(one.0, two.0);
            assert_eq!(format!("{:?}", one.0), format!("{:?}", two.0));
            caches = [one.1, two.1];
        }
    }
}

/// Invariant 4, beside what the property shows: with a cache, the second build of an edited file reuses the first's.
#[test]
fn the_steps_before_an_edited_one_come_from_the_cache() {
    let text = "FROM conformance/busybox:1\nWORKDIR /app\nCOPY a.txt .\nRUN echo 1\nRUN echo 2\n";
    let (_, cache) = build(&context(text), &Options::default(), &CacheStore::default());
    let edited = context(&text.replace("echo 1", "echo 3"));
    let (report, _) = build(&edited, &Options::default(), &cache);
    let states: Vec<StepState> = report.steps.iter().skip(1).map(|step| step.state).collect();
    assert_eq!(states, [StepState::Cached, StepState::Cached, StepState::Ran, StepState::Ran]);
    assert!(matches!(report.steps[3].reason, Some(Reason::CommandChanged { .. })));
    assert_eq!(report.steps[4].reason, Some(Reason::ParentRan { step: 3 }));
}

/// Invariant 5.
#[test]
fn removing_files_never_makes_a_lower_layer_smaller() {
    let text = "FROM conformance/busybox:1\nRUN dd if=/dev/zero of=/big bs=1024 count=1000\n";
    let before = first(text);
    let after = first(&format!("{text}RUN rm /big\n"));
    assert_eq!(before.outcome, Outcome::Built);
    assert_eq!(after.outcome, Outcome::Built);
    let (small, large) = (before.image.unwrap(), after.image.unwrap());
    assert_eq!(small.layers, large.layers[..small.layers.len()]);
    assert_eq!(large.bytes, small.bytes);
    assert!(large.bytes >= 1_024_000);
    let files = &after.steps.last().unwrap().files;
    assert!(files.iter().any(|file| file.path == "/big" && file.change == FileChange::Removed));
}

/// Invariant 5: a base image's bytes are those of its layers, and what is not modelled is said so.
#[test]
fn sums_are_the_sums_of_their_parts() {
    let report = first(MODELLED);
    assert_eq!(report.outcome, Outcome::Built, "{:?}", report.log);
    check(&report, MODELLED);
    let report = first("FROM conformance/busybox:1\nRUN no-such-thing-that-is-modelled || true\nRUN echo x > /x\n");
    let image = report.image.as_ref().unwrap();
    let BaseView::Image { bytes, .. } = report.stages[0].base else { panic!() };
    assert_eq!(bytes, report.totals.base_bytes);
    assert_eq!(image.basis, image.layers.iter().map(|layer| layer.basis).max().unwrap());
    let unknown = first("FROM nobody/knows:this\nCOPY a.txt /\n").image.unwrap();
    assert_eq!(unknown.basis, Basis::NotModelled);
}

/// Invariant 6: a problem has a code and a place, and Docker's words where they are Docker's.
#[test]
fn every_problem_has_a_code_and_dockers_words() {
    for text in ["FROM\n", "RUNN x\n", "FROM scratch\nCOPY --from=9 a b\n", "FROM scratch\nCOPY nope /\n", ""] {
        let report = first(text);
        assert!(!report.problems.is_empty(), "{text:?}");
        for problem in &report.problems {
            let diagnostic = &problem.diagnostic;
            assert!(
                !diagnostic.code.is_empty() && diagnostic.code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            );
            assert!(diagnostic.docker.as_ref().is_some_and(|words| !words.is_empty()), "{problem:?}");
        }
    }
}

#[test]
fn a_file_that_is_no_dockerfile_gives_a_message() {
    let none = context_of(&[("a", "b")]);
    let report = analyzed(&none);
    assert!(
        matches!(report.outcome, Outcome::Invalid { ref message } if message.contains("no such file or directory"))
    );
}
