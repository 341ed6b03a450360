//! Every step that runs says why: the first build, then an edit, then the reasons as they are shown.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may panic")]

use expect_test::{Expect, expect};
use report::{
    CacheStore, Catalog, Content, Context, ContextEntry, ContextKind, Edit, Inputs, Options, Outcome, Profile, Report,
    StepState, analyze, parse_image,
};

/// A build context with its cache, from build to build.
struct Project {
    context: Context,
    options: Options,
    catalog: Catalog,
    cache: CacheStore,
}

fn project(dockerfile: &str, files: &[(&str, &str)]) -> Project {
    let base = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/conformance/bases/conformance-busybox-1.json"
    ));
    let mut catalog = Catalog::default();
    catalog.insert(parse_image(&base.unwrap()).unwrap());
    let mut context = Context::default();
    for (path, text) in files.iter().chain([&("Dockerfile", dockerfile)]) {
        let kind = ContextKind::File(Content::text(text));
        context.insert(path, ContextEntry { kind, mode: 0o644, mtime: 0 }).unwrap();
    }
    Project { context, options: Options::default(), catalog, cache: CacheStore::default() }
}

impl Project {
    fn build(&mut self) -> Report {
        let (report, cache) = analyze(&Inputs {
            context: &self.context,
            options: &self.options,
            catalog: &self.catalog,
            profile: &Profile::default(),
            cache: &self.cache,
        });
        self.cache = cache;
        report
    }

    fn write(&mut self, path: &str, text: &str) {
        let edit = Edit::Write { path: path.into(), kind: ContextKind::File(Content::text(text)), mode: None };
        self.context.apply(&edit, 1).unwrap();
    }
}

/// Each step on a line: its text, what happened, why.
fn told(report: &Report) -> String {
    let mut lines = String::new();
    if report.outcome != Outcome::Built {
        lines.push_str(&format!("{:?}\n", report.outcome));
    }
    for (index, step) in report.steps.iter().enumerate().filter(|(_, step)| !step.text.starts_with("FROM")) {
        let state = match step.state {
            StepState::Cached => "hit".into(),
            _ => format!("{:?}", step.state).to_lowercase(),
        };
        let reason = step.reason.as_ref().map(|reason| format!(" {reason:?}")).unwrap_or_default();
        lines.push_str(&format!("{index} {} | {state}{reason}\n", step.text));
    }
    lines
}

fn check(project: &mut Project, edit: impl Fn(&mut Project), expected: &Expect) {
    project.build();
    edit(project);
    expected.assert_eq(&told(&project.build()));
}

const SERVICE: &str = "FROM conformance/busybox:1
WORKDIR /app
COPY package.json ./
RUN cat package.json > installed
COPY src src
ENV MODE=fast
RUN cat src/* > bundle
";

const FILES: [(&str, &str); 3] = [("package.json", "{}\n"), ("src/app.js", "app()\n"), ("src/util.js", "util()\n")];

#[test]
fn nothing_changed_means_nothing_runs() {
    check(
        &mut project(SERVICE, &FILES),
        |_| {},
        &expect![[r#"
            1 WORKDIR /app | hit
            2 COPY package.json ./ | hit
            3 RUN cat package.json > installed | hit
            4 COPY src src | hit
            5 RUN cat src/* > bundle | hit
        "#]],
    );
}

#[test]
fn an_edited_file_is_named_and_what_follows_names_its_parent() {
    check(
        &mut project(SERVICE, &FILES),
        |project| project.write("src/app.js", "app(1)\n"),
        &expect![[r#"
            1 WORKDIR /app | hit
            2 COPY package.json ./ | hit
            3 RUN cat package.json > installed | hit
            4 COPY src src | ran FileChanged { path: "src/app.js", how: Content, others: 0, stage: None }
            5 RUN cat src/* > bundle | ran ParentRan { step: 4 }
        "#]],
    );
}

#[test]
fn an_edited_command_shows_both_texts() {
    let edited = SERVICE.replace("cat package.json >", "cp package.json");
    check(
        &mut project(SERVICE, &FILES),
        |project| project.write("Dockerfile", &edited),
        &expect![[r#"
            1 WORKDIR /app | hit
            2 COPY package.json ./ | hit
            3 RUN cp package.json installed | ran CommandChanged { before: "RUN cat package.json > installed", after: "RUN cp package.json installed" }
            4 COPY src src | ran ParentRan { step: 3 }
            5 RUN cat src/* > bundle | ran ParentRan { step: 4 }
        "#]],
    );
}

#[test]
fn a_changed_variable_is_named() {
    let edited = SERVICE.replace("MODE=fast", "MODE=slow");
    check(
        &mut project(SERVICE, &FILES),
        |project| project.write("Dockerfile", &edited),
        &expect![[r#"
            1 WORKDIR /app | hit
            2 COPY package.json ./ | hit
            3 RUN cat package.json > installed | hit
            4 COPY src src | hit
            5 RUN cat src/* > bundle | ran VariableChanged { by: Env, name: "MODE", before: Some("fast"), after: Some("slow") }
        "#]],
    );
}

#[test]
fn a_line_put_in_between_is_new_and_what_follows_says_so() {
    let edited = SERVICE.replace("COPY src src", "RUN echo new > new\nCOPY src src");
    check(
        &mut project(SERVICE, &FILES),
        |project| project.write("Dockerfile", &edited),
        &expect![[r#"
            1 WORKDIR /app | hit
            2 COPY package.json ./ | hit
            3 RUN cat package.json > installed | hit
            4 RUN echo new > new | ran New
            5 COPY src src | ran ParentRan { step: 4 }
            6 RUN cat src/* > bundle | ran ParentRan { step: 5 }
        "#]],
    );
}

#[test]
fn a_line_taken_out_is_the_reason_of_the_next() {
    let edited = SERVICE.replace("RUN cat package.json > installed\n", "");
    check(
        &mut project(SERVICE, &FILES),
        |project| project.write("Dockerfile", &edited),
        &expect![[r#"
            1 WORKDIR /app | hit
            2 COPY package.json ./ | hit
            3 COPY src src | ran ParentChanged { step: 2 }
            4 RUN cat src/* > bundle | ran ParentRan { step: 3 }
        "#]],
    );
}

#[test]
fn a_file_of_another_stage_is_named_with_its_stage() {
    let staged = "FROM conformance/busybox:1 AS build
COPY src /src
RUN cat /src/app.js > /out
FROM conformance/busybox:1
COPY --from=build /out /app
RUN cp /app /copy
";
    check(
        &mut project(staged, &FILES),
        |project| project.write("src/app.js", "app(2)\n"),
        &expect![[r#"
            1 COPY src /src | ran FileChanged { path: "src/app.js", how: Content, others: 0, stage: None }
            2 RUN cat /src/app.js > /out | ran ParentRan { step: 1 }
            3 COPY --from=build /out /app | ran FileChanged { path: "/out", how: Content, others: 0, stage: Some("build") }
            4 RUN cp /app /copy | ran ParentRan { step: 3 }
        "#]],
    );
}

#[test]
fn an_artefact_that_comes_out_the_same_keeps_what_copies_it() {
    let staged = "FROM conformance/busybox:1 AS build
COPY src /src
RUN cat /src/app.js > /out
FROM conformance/busybox:1
COPY --from=build /out /app
";
    check(
        &mut project(staged, &FILES),
        |project| project.write("src/util.js", "util(2)\n"),
        &expect![[r#"
            1 COPY src /src | ran FileChanged { path: "src/util.js", how: Content, others: 0, stage: None }
            2 RUN cat /src/app.js > /out | ran ParentRan { step: 1 }
            3 COPY --from=build /out /app | hit
        "#]],
    );
}

#[test]
fn a_failed_step_runs_again_and_says_that_it_failed() {
    let failing = "FROM conformance/busybox:1\nRUN echo a > /a\nRUN exit 3\nRUN echo b\n";
    check(
        &mut project(failing, &[]),
        |_| {},
        &expect![[r#"
            Failed { message: "process \"/bin/sh -c exit 3\" did not complete successfully: exit code: 3", step: Some(2) }
            1 RUN echo a > /a | hit
            2 RUN exit 3 | failed FailedBefore
            3 RUN echo b | notreached
        "#]],
    );
}

#[test]
fn no_cache_is_its_own_reason() {
    check(
        &mut project(SERVICE, &FILES),
        |project| project.options.no_cache = true,
        &expect![[r#"
            1 WORKDIR /app | hit
            2 COPY package.json ./ | ran NoCache
            3 RUN cat package.json > installed | ran NoCache
            4 COPY src src | ran NoCache
            5 RUN cat src/* > bundle | ran NoCache
        "#]],
    );
}

#[test]
fn stages_that_are_not_needed_are_listed_with_their_reason() {
    let staged = "FROM conformance/busybox:1 AS unused\nRUN exit 1\nFROM conformance/busybox:1\nRUN echo a > /a\n";
    check(
        &mut project(staged, &[]),
        |_| {},
        &expect![[r#"
            1 RUN echo a > /a | hit
            3 RUN exit 1 | notneeded StageNotNeeded
        "#]],
    );
}
