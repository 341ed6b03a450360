//! What could be better: each tip on a Dockerfile that deserves it and on one that does not.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use report::{CacheStore, Content, Options, Outcome, Problem, Severity, Value};
use support::{build, context_of, file};

fn tips_of(dockerfile: &str, files: &[(&str, &str)], options: &Options) -> Vec<Problem> {
    let mut context = context_of(files);
    context.insert("Dockerfile", file(Content::text(dockerfile))).unwrap();
    let report = build(&context, options, &CacheStore::default()).0;
    assert_eq!(report.outcome, Outcome::Built, "{:?}", report.log);
    let is_tip = |problem: &Problem| problem.diagnostic.code.starts_with("tip-");
    let tips: Vec<Problem> = report.problems.into_iter().filter(is_tip).collect();
    assert!(tips.iter().all(|tip| tip.diagnostic.severity == Severity::Note && tip.url.is_some()));
    tips
}

/// Each tip as its line, its name and its arguments.
fn tips(dockerfile: &str) -> Vec<String> {
    let files = [("app/main.py", "print(1)\n"), ("requirements.txt", "flask\n"), (".git/HEAD", "ref: x\n")];
    told(&tips_of(dockerfile, &files, &Options::default()))
}

fn told(tips: &[Problem]) -> Vec<String> {
    let value = |(name, value): &(&'static str, Value)| match value {
        Value::Text(text) => format!(" {name}={text}"),
        Value::Count(count) => format!(" {name}={count}"),
        Value::Bytes(bytes) => format!(" {name}={bytes}B"),
    };
    let tip = |tip: &Problem| {
        let args: String = tip.diagnostic.args.iter().map(value).collect();
        format!("{} {}{args}", tip.line, tip.diagnostic.code.trim_start_matches("tip-"))
    };
    tips.iter().map(tip).collect()
}

const BASE: &str = "FROM conformance/busybox:1\n";

fn of(lines: &str) -> Vec<String> {
    tips(&format!("{BASE}{lines}"))
}

#[test]
fn a_dockerfile_without_fault_gets_no_tip() {
    assert_eq!(of("COPY app /app\nUSER 1000\nCMD [\"true\"]\n"), [""; 0]);
}

#[test]
fn a_base_needs_a_version() {
    assert_eq!(tips("FROM acme/thing\n"), ["1 unpinned-base image=acme/thing"]);
    assert_eq!(tips("FROM acme/thing:latest AS x\nFROM x\n"), ["1 unpinned-base image=acme/thing:latest"]);
}

#[test]
fn dependencies_are_installed_before_the_source_is_copied() {
    let of = |lines: &str| tips(&format!("FROM acme/python:3\n{lines}"));
    let context = "0 unneeded-context folder=.git size=7B count=1";
    assert_eq!(
        of("COPY . /app\nRUN cd /app && pip install -r requirements.txt\n"),
        [context, "3 install-after-source manifest=requirements.txt line=2"]
    );
    assert_eq!(
        of(
            "COPY requirements.txt /app/\nRUN pip install -r /app/requirements.txt\nCOPY . /app\nRUN pip install -r /app/requirements.txt\n"
        ),
        [context]
    );
    assert_eq!(of("COPY . /app\nRUN pip install flask\n"), [context]);
}

#[test]
fn apt_updates_and_installs_in_one_run_and_no_more_than_asked() {
    // Of this image nothing is known: it may have apt and pip.
    let of = |lines: &str| tips(&format!("FROM acme/debian:12\n{lines}"));
    assert_eq!(of("RUN apt-get update\n"), ["2 update-alone"]);
    assert_eq!(of("RUN apt-get update && apt-get install -y --no-install-recommends curl\n"), [""; 0]);
    assert_eq!(of("RUN if true; then apt-get update && apt-get -y install curl; fi\n"), ["2 recommends"]);
}

#[test]
fn deleted_and_rewritten_files_stay_in_the_image() {
    assert_eq!(
        of("RUN dd if=/dev/zero of=/big bs=1000 count=100\nRUN rm /big\n"),
        ["3 hidden-deleted path=/big size=100000B line=2"]
    );
    assert_eq!(
        of("RUN dd if=/dev/zero of=/big bs=1000 count=1000\nRUN chmod 600 /big\n"),
        ["3 hidden-rewritten path=/big size=1000000B line=2"]
    );
    assert_eq!(of("RUN dd if=/dev/zero of=/big bs=1000 count=100 && rm /big\n"), [""; 0]);
    assert_eq!(of("RUN rm /bin/busybox\n").first().map(|tip| tip.ends_with("line=0")), Some(true));
}

#[test]
fn what_package_managers_keep_weighs() {
    let left = "RUN mkdir -p /var/lib/apt/lists /root/.cache/pip && dd if=/dev/zero of=/var/lib/apt/lists/a bs=1000 count=200 \
                && dd if=/dev/zero of=/root/.cache/pip/b bs=1000 count=300\n";
    assert_eq!(
        of(left),
        ["2 apt-lists folder=/var/lib/apt/lists size=200000B", "2 package-cache folder=/root/.cache/pip size=300000B"]
    );
}

#[test]
fn secrets_are_named_with_what_deletes_them() {
    let files = [("k/id_rsa", "-----BEGIN OPENSSH PRIVATE KEY-----\n")];
    let mut options = Options::default();
    options.build_args.push(("API_TOKEN".into(), Some("abc".into())));
    let dockerfile = format!("{BASE}ARG API_TOKEN\nCOPY k /k\nRUN rm /k/id_rsa\n");
    let tips = tips_of(&dockerfile, &files, &options);
    assert_eq!(told(&tips), ["3 secret-in-layer path=/k/id_rsa deleted=4", "4 secret-in-history name=API_TOKEN"]);
}

#[test]
fn programs_do_not_run_as_root() {
    assert_eq!(of("COPY app /app\nCMD [\"true\"]\n"), ["1 root-user"]);
    assert_eq!(of("USER root:root\nCMD [\"true\"]\n"), ["1 root-user"]);
    assert_eq!(of("COPY app /app\n"), [""; 0]);
}

#[test]
fn small_habits() {
    assert_eq!(of("ADD app /app\n"), ["2 add-for-copy"]);
    assert_eq!(of("RUN cd /tmp\nRUN cd /tmp && touch x\n"), ["2 lone-cd"]);
    assert_eq!(of("RUN sudo true; true\n").last().unwrap(), "2 sudo");
    assert_eq!(of("RUN wget -qO- http://example.com/x.tar | tar t || true\n"), ["2 pipe-status"]);
    assert_eq!(of("RUN set -o pipefail; wget -qO- http://example.com/x.tar | tar t || true\n"), [""; 0]);
}
