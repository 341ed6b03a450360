//! Another order of the instructions: what stands in its way, and what it would do.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::path::Path;

use report::{Content, ContextKind, Edit};
use suggest::{Gain, Given, Obstacle, Reordered, apply_edits, blocks, reordered};
use support::{images, project};

fn given(case: &str, dockerfile: &str) -> Given {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(case);
    let mut given = project(&folder, &images(&["python:3.12-slim", "alpine:3.20"]));
    let kind = ContextKind::File(Content::text(dockerfile));
    given.context.apply(&Edit::Write { path: "Dockerfile".to_owned(), kind, mode: None }, 1).unwrap();
    given
}

const PYTHON: &str = "ARG TAG=3.12-slim\nFROM python:$TAG AS base\nWORKDIR /app\n# everything\nCOPY . .\nRUN pip install \\\n    flask\nARG NAME=x\nRUN echo $NAME\nFROM base\nCOPY --from=base /app/app.py /app/\nRUN test -f /app/app.py\nCMD [\"python\", \"app.py\"]\n";

fn moved(from: usize, to: usize) -> Reordered {
    reordered(&given("python-naive", PYTHON), from, to).unwrap()
}

#[test]
fn the_effect_is_there_before_the_drop() {
    let up = moved(4, 3);
    assert!(up.text.contains("WORKDIR /app\nRUN pip install \\\n    flask\n# everything\nCOPY . .\n"), "{}", up.text);
    assert_eq!((up.obstacle, up.other_stage), (None, false));
    let (before, after) = up.figures.unwrap();
    let ran = |figures: &suggest::Figures| {
        figures.source.as_ref().unwrap().steps.iter().map(|step| step.text.clone()).collect::<Vec<_>>()
    };
    assert!(ran(&before).iter().any(|step| step.starts_with("RUN pip install")), "{:?}", ran(&before));
    assert!(!ran(&after).iter().any(|step| step.starts_with("RUN pip install")), "{:?}", ran(&after));
    assert!(up.effects.iter().any(|gain| matches!(gain, Gain::Source(_)) && !gain.is_loss()), "{:?}", up.effects);
    assert!(up.image.is_nothing(), "{:?}", up.image);
}

#[test]
fn what_is_slower_is_told_as_a_loss() {
    let down = reordered(&given("python-naive", &moved(4, 3).text), 3, 4).unwrap();
    assert_eq!(down.text, PYTHON);
    assert!(down.effects.iter().any(Gain::is_loss), "{:?}", down.effects);
}

#[test]
fn a_page_knows_which_lines_move_and_moves_them_at_once() {
    let blocks = blocks(PYTHON);
    let lines: Vec<(usize, usize)> = blocks.iter().map(|block| block.lines).collect();
    assert_eq!(lines.get(2..6), Some([(3, 3), (4, 5), (6, 7), (8, 8)].as_slice()));
    assert_eq!(blocks[3].range.of(PYTHON), "# everything\nCOPY . .\n");
    let names: Vec<&str> = blocks.iter().map(|block| block.name.of(PYTHON)).collect();
    assert_eq!(names.get(3..5), Some(["COPY . .", "RUN pip install \\"].as_slice()));
    let edits = suggest::moved(PYTHON, 4, 3).unwrap();
    assert_eq!(apply_edits(PYTHON, &edits), Some(moved(4, 3).text));
}

#[test]
fn only_arg_stands_before_the_first_from() {
    assert_eq!(moved(2, 0).obstacle, Some(Obstacle::BeforeFrom { line: 1 }));
    let text = "FROM alpine:3.20\nARG NAME=x\nWORKDIR /x\n";
    assert_eq!(reordered(&given("python-naive", text), 1, 0).unwrap().obstacle, None);
    // there it is for FROM alone
    assert_eq!(moved(5, 1).obstacle, Some(Obstacle::VariableLater { name: "NAME".to_owned(), line: 9 }));
}

#[test]
fn a_variable_is_set_before_it_is_used() {
    assert_eq!(moved(6, 5).obstacle, Some(Obstacle::VariableLater { name: "NAME".to_owned(), line: 8 }));
}

#[test]
fn a_stage_begins_before_it_is_used() {
    let text = "FROM python:3.12-slim AS a\nRUN true\nFROM a\nCOPY . /app\n";
    let early = reordered(&given("python-naive", text), 2, 0).unwrap();
    assert_eq!(early.obstacle, Some(Obstacle::StageLater { stage: "a".to_owned(), line: 1 }));
}

#[test]
fn a_step_comes_after_the_files_that_it_takes() {
    let text = "FROM python:3.12-slim\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n";
    let early = reordered(&given("python-naive", text), 3, 2).unwrap();
    let Some(Obstacle::Fails { line, output, .. }) = early.obstacle else { panic!("{:?}", early.obstacle) };
    assert_eq!(line, 3);
    assert!(output.contains("requirements.txt"), "{output}");
    assert_eq!(early.figures, None);
}

#[test]
fn a_move_into_another_stage_says_so_and_what_it_changes() {
    let text = "FROM python:3.12-slim AS a\nRUN touch /one\nFROM python:3.12-slim\nRUN touch /two\n";
    let moved = reordered(&given("python-naive", text), 1, 2).unwrap();
    assert!(moved.other_stage);
    assert_eq!(moved.image.paths.iter().map(|change| change.path.as_str()).collect::<Vec<_>>(), ["/one"]);
}

#[test]
fn a_dockerfile_that_is_refused_anyway_can_still_be_put_in_order() {
    let text = "FROM python:3.12-slim\nRUNN x\nRUN true\n";
    let moved = reordered(&given("python-naive", text), 2, 1).unwrap();
    assert_eq!(moved.text, "FROM python:3.12-slim\nRUN true\nRUNN x\n");
    assert_eq!(moved.figures, None);
    assert_eq!(reordered(&given("python-naive", text), 7, 1), None);
}
