//! The texts of a lesson in one language.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A lesson's texts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prose {
    /// The lesson's title.
    pub title: String,
    /// What it is about, for lists of lessons.
    pub summary: String,
    /// The texts of its steps, by id.
    pub steps: BTreeMap<String, StepProse>,
}

/// A step's texts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StepProse {
    /// The step's title.
    pub title: String,
    /// What the learner reads before anything is done.
    pub text: Vec<Block>,
    /// What is asked before a build: hit or miss?
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub predict: Vec<Block>,
    /// The question.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub quiz: Vec<Block>,
    /// The answers, by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub options: BTreeMap<String, QuizOption>,
    /// The hints, by id.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub hints: BTreeMap<String, Vec<Block>>,
    /// What is read once the goals are met: the rule.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub done: Vec<Block>,
    /// What an instructor says; learners do not see it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Block>,
}

/// An answer of a quiz.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuizOption {
    /// What can be chosen.
    pub text: Vec<Inline>,
    /// What is said to who has chosen it.
    pub reply: Vec<Block>,
}

/// A piece of text that stands by itself. There is no raw HTML.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list.
    List {
        /// Whether its items are numbered.
        ordered: bool,
        /// Its items.
        items: Vec<Vec<Block>>,
    },
    /// A remark that is set off.
    Quote(Vec<Block>),
    /// A table: its head and its rows, cell by cell.
    Table {
        /// The names of the columns.
        head: Vec<Vec<Inline>>,
        /// The rows.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// Text to read: its language and the text.
    Code {
        /// `dockerfile`, `sh`, `text` …; empty where none is said.
        language: String,
        /// The text.
        text: String,
    },
    /// A Dockerfile that can be put in the place of the present one.
    Try(String),
    /// A picture or table of the present build.
    Figure(Figure),
}

/// What a live figure shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Figure {
    /// The stages and steps.
    Graph,
    /// The layers as a stack.
    Layers,
    /// The steps against time.
    Timeline,
    /// The steps as a list, with their verdicts.
    Steps,
    /// The step's beginning and now, side by side: size, layers, first build, rebuild.
    Compare,
    /// The image's configuration.
    Config,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Inline {
    /// Text.
    Text(String),
    /// Text as it is typed.
    Code(String),
    /// Stressed strongly.
    Strong(Vec<Inline>),
    /// Stressed.
    Emphasis(Vec<Inline>),
    /// A link: an address of the web, or `#/lesson/ID` within the page.
    Link {
        /// Where to.
        to: String,
        /// What it says.
        text: Vec<Inline>,
    },
    /// A figure of the present build, by name: see [`crate::Situation::value`].
    Value(String),
}

/// Calls `f` with every inline piece of a step's texts, the ones inside of others too.
pub fn each_inline<'a>(step: &'a StepProse, f: &mut impl FnMut(&'a Inline)) {
    for blocks in [&step.text, &step.predict, &step.quiz, &step.done, &step.notes] {
        inlines(blocks, f);
    }
    step.hints.values().for_each(|blocks| inlines(blocks, f));
    for option in step.options.values() {
        line_inlines(&option.text, f);
        inlines(&option.reply, f);
    }
}

fn inlines<'a>(blocks: &'a [Block], f: &mut impl FnMut(&'a Inline)) {
    for block in blocks {
        match block {
            Block::Paragraph(line) => line_inlines(line, f),
            Block::List { items, .. } => items.iter().for_each(|item| inlines(item, f)),
            Block::Quote(inner) => inlines(inner, f),
            Block::Table { head, rows } => {
                head.iter().chain(rows.iter().flatten()).for_each(|cell| line_inlines(cell, f));
            }
            Block::Code { .. } | Block::Try(_) | Block::Figure(_) => {}
        }
    }
}

fn line_inlines<'a>(line: &'a [Inline], f: &mut impl FnMut(&'a Inline)) {
    for piece in line {
        f(piece);
        match piece {
            Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Link { text: inner, .. } => {
                line_inlines(inner, f)
            }
            Inline::Text(_) | Inline::Code(_) | Inline::Value(_) => {}
        }
    }
}
