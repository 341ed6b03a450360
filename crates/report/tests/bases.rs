//! Base images that the catalog knows, knows the nearest of, or does not know.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use report::{
    BaseView, Basis, CacheStore, Catalog, Content, Context, ContextEntry, ContextKind, Inputs, Note, Options, Outcome,
    Profile, Report, StepState, analyze, parse_image, parse_index,
};

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../catalog/data");

/// The catalog with its index, and these images loaded.
fn catalog(names: &[&str]) -> Catalog {
    let mut catalog = Catalog::default();
    catalog.insert_index(&parse_index(&std::fs::read_to_string(format!("{DATA}/index.json")).unwrap()).unwrap());
    for name in names {
        let path = format!("{DATA}/images/{}", report::file_name(name));
        catalog.insert(parse_image(&std::fs::read_to_string(path).unwrap()).unwrap());
    }
    catalog
}

fn build_with(catalog: &Catalog, dockerfile: &str) -> Report {
    let mut context = Context::default();
    let kind = ContextKind::File(Content::text(dockerfile));
    context.insert("Dockerfile", ContextEntry { kind, mode: 0o644, mtime: 0 }).unwrap();
    let (options, profile, cache) = (Options::default(), Profile::default(), CacheStore::default());
    analyze(&Inputs { context: &context, options: &options, catalog, profile: &profile, cache: &cache }).0
}

const LOADED: [&str; 8] = [
    "node:22-alpine",
    "node:22-slim",
    "debian:bookworm-slim",
    "ubuntu:24.04",
    "alpine:latest",
    "golang:1.25",
    "gcr.io/distroless/static-debian12:latest",
    "fedora:latest",
];

fn build(dockerfile: &str) -> Report {
    build_with(&catalog(&LOADED), dockerfile)
}

fn last_state(report: &Report) -> Option<StepState> {
    report.steps.last().map(|step| step.state)
}

/// Whether the log has a line that ends so.
fn says(report: &Report, end: &str) -> bool {
    report.log.iter().any(|line| line.ends_with(end))
}

#[test]
fn a_known_image_brings_its_config_its_layers_and_its_files() {
    let report =
        build("FROM node:22-slim\nUSER node\nRUN test \"$HOME\" = /home/node && ls /usr/local/lib/node_modules/npm\n");
    assert_eq!(report.outcome, Outcome::Built, "{:?}", report.log);
    let image = report.image.as_ref().unwrap();
    let layers: Vec<u64> = image.layers.iter().map(|layer| layer.bytes).collect();
    assert!(layers.len() == 6 && layers.first() > Some(&74_000_000), "{layers:?}");
    let config = format!("{:?}", image.config);
    for part in ["docker-entrypoint.sh", "NODE_VERSION=22.", "YARN_VERSION=", "\"node\""] {
        assert!(config.contains(part), "{part}: {config}");
    }
    let BaseView::Image { counted_as: None, known: true, bytes, .. } = &report.stages.first().unwrap().base else {
        panic!("{:?}", report.stages);
    };
    assert!((227_340_000..227_400_000).contains(bytes), "{bytes}");
}

#[test]
fn an_unknown_tag_is_counted_as_the_nearest_and_says_so() {
    for (name, other) in [
        ("node:23-alpine", "node:22-alpine"),
        ("docker.io/library/node:22.14-slim", "node:22-slim"),
        ("mirror.gcr.io/library/node:22-slim", "node:22-slim"),
        ("gcr.io/distroless/static-debian11", "gcr.io/distroless/static-debian12:latest"),
    ] {
        let report = build(&format!("FROM {name}\nCOPY Dockerfile /\n"));
        assert_eq!(report.outcome, Outcome::Built, "{name}");
        assert_eq!(report.missing_images, Vec::<String>::new());
        let BaseView::Image { counted_as, known: true, .. } = &report.stages.first().unwrap().base else {
            panic!("{:?}", report.stages);
        };
        assert_eq!(counted_as.as_deref(), Some(other));
        assert_eq!(report.image.map(|image| image.basis), Some(Basis::Estimated), "{name}");
    }
}

#[test]
fn an_image_that_is_known_by_name_alone_is_asked_for_by_the_name_of_its_file() {
    let known = catalog(&[]);
    for (name, wanted) in [
        ("node:22-bookworm", Some("node:22")),
        ("node:23-alpine", Some("node:22-alpine")),
        ("acme/app:2-alpine", Some("alpine:latest")),
        ("acme/app:2", None),
    ] {
        let report = build_with(&known, &format!("FROM {name}\nRUN true\n"));
        let wanted: Vec<String> = wanted.into_iter().map(str::to_owned).collect();
        assert_eq!(report.missing_images, wanted, "{name}");
        assert_eq!(report.outcome, Outcome::Built, "{name}: nothing fails before the facts are there");
    }
}

#[test]
fn what_is_not_in_an_image_fails_as_its_shell_says_it() {
    for (base, program) in [
        ("node:22-alpine", "apt-get"),
        ("node:22-alpine", "git"),
        ("node:22-alpine", "no-such-program"),
        ("node:22-slim", "curl"),
        ("node:22-slim", "no-such-program"),
        ("debian:bookworm-slim", "wget"),
        ("debian:bookworm-slim", "gcc"),
        ("golang:1.25", "vim"),
        ("ubuntu:24.04", "curl"),
        ("fedora", "apt-get"),
    ] {
        let report = build(&format!("FROM {base}\nRUN {program} --version\n"));
        assert_eq!(last_state(&report), Some(StepState::Failed), "{base}: {program}");
        assert!(
            says(&report, &format!("{program}: not found")) || says(&report, ": command not found"),
            "{:?}",
            report.log
        );
        assert!(says(&report, "did not complete successfully: exit code: 127"), "{:?}", report.log);
    }
}

#[test]
fn what_may_be_in_an_image_of_which_not_all_is_known_is_not_modelled() {
    for base in ["ubuntu:24.04", "fedora"] {
        let report = build(&format!("FROM {base}\nRUN frobnicate --now\n"));
        assert_eq!(report.outcome, Outcome::Built, "{base}");
        assert_eq!(report.steps.last().map(|step| step.bytes_basis), Some(Basis::NotModelled), "{base}");
    }
}

#[test]
fn where_there_is_no_shell_the_runtime_says_so() {
    for base in ["gcr.io/distroless/static-debian12", "scratch"] {
        let report = build(&format!("FROM {base}\nRUN echo there is none\n"));
        assert_eq!(last_state(&report), Some(StepState::Failed), "{base}");
        let words = "runc run failed: unable to start container process: error during container init: \
                     exec: \"/bin/sh\": stat /bin/sh: no such file or directory";
        assert!(says(&report, words), "{base}: {:?}", report.log);
    }
}

#[test]
fn an_unknown_image_whose_name_tells_its_system_runs_commands_as_there() {
    let report =
        build("FROM acme/app:2-alpine AS a\nUSER app\nRUN test -e /etc/alpine-release && frobnicate && curl -V\n");
    assert_eq!(report.outcome, Outcome::Built, "{:?}", report.log);
    let BaseView::Image { system, counted_as: None, known: false, bytes: 0, .. } = &report.stages.first().unwrap().base
    else {
        panic!("{:?}", report.stages);
    };
    assert_eq!(system.as_deref(), Some("alpine:latest"));
    assert_eq!(report.image.as_ref().map(|image| image.basis), Some(Basis::NotModelled));
    let report = build("FROM acme/app:2-alpine\nRUN apt-get update\n");
    assert_eq!(last_state(&report), Some(StepState::Failed), "the package manager of another system");
    let report = build("FROM acme/app:2-alpine\nRUN [\"tool\", \"--version\"]\n");
    assert_eq!(report.outcome, Outcome::Built);
}

#[test]
fn nothing_fails_for_what_an_unknown_image_may_hold() {
    let report = build("FROM acme/base:1 AS a\nRUN make\nFROM scratch\nCOPY --from=a /opt/tool /tool\n");
    assert_eq!(report.outcome, Outcome::Built);
    assert_eq!(report.image.map(|image| image.basis), Some(Basis::NotModelled));
    let report = build("FROM acme/base:1\nUSER app\nCOPY --chown=app Dockerfile /\nRUN make\n");
    assert_eq!(report.outcome, Outcome::Built, "a user may be there too");
}

#[test]
fn a_file_that_an_image_known_in_outline_may_hold_is_taken_as_there() {
    let report = build(
        "FROM node:22-alpine\nRUN sed -i s/a/b/ /etc/login.defs\nRUN echo x > /etc/app.d/conf\nRUN cd /usr/lib/thing && ls\n",
    );
    assert_eq!(report.outcome, Outcome::Built);
    let notes: Vec<_> = report.steps.iter().flat_map(|step| &step.notes).collect();
    assert!(notes.iter().any(|note| matches!(note, Note::MayBeThere { what } if what == "sed /etc/login.defs")));
    assert!(notes.iter().any(|note| matches!(note, Note::MayBeThere { what } if what == "/etc/app.d")));
}

#[test]
fn a_file_that_is_missing_where_all_is_known_is_missing() {
    for run in ["cat package.json", "cat /app/src/main.js", "cp /tmp/none .", "cd /srv/none"] {
        let report = build(&format!("FROM node:22-alpine\nWORKDIR /app\nRUN {run}\n"));
        assert_ne!(report.outcome, Outcome::Built, "{run}");
    }
}
