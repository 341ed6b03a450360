//! From prose to Markdown: what `markdown.rs` reads as the same prose.

use lesson::{Block, Figure, Inline, Lesson, Prose, StepProse};

/// A lesson's texts as a file, its steps in the lesson's order.
pub fn markdown(prose: &Prose, lesson: &Lesson) -> String {
    let mut out = format!("# {}\n\n{}\n", prose.title, prose.summary);
    for step in &lesson.steps {
        let Some(text) = prose.steps.get(&step.id) else { continue };
        out += &format!("\n## {}: {}\n\n{}", step.id, text.title, blocks(&text.text));
        for (heading, part) in [("predict", &text.predict), ("done", &text.done), ("notes", &text.notes)] {
            if !part.is_empty() {
                out += &format!("\n### {heading}\n{}", blocks(part));
            }
        }
        for hint in &step.hints {
            if let Some(part) = text.hints.get(&hint.id) {
                out += &format!("\n### hint {}\n{}", hint.id, blocks(part));
            }
        }
        quiz(&mut out, text, step.quiz.as_ref());
    }
    out
}

fn quiz(out: &mut String, text: &StepProse, quiz: Option<&lesson::Quiz>) {
    let Some(quiz) = quiz else { return };
    *out += &format!("\n### quiz\n{}", blocks(&text.quiz));
    for name in &quiz.options {
        if let Some(option) = text.options.get(name) {
            *out += &format!("\n#### {name}\n{}\n\n{}", line(&option.text), blocks(&option.reply));
        }
    }
}

fn blocks(blocks: &[Block]) -> String {
    blocks.iter().map(block).collect::<Vec<_>>().join("\n")
}

fn block(block: &Block) -> String {
    match block {
        Block::Paragraph(pieces) => line(pieces) + "\n",
        Block::Quote(inner) => indented(&blocks(inner), "> ", "> "),
        Block::List { ordered, items } => {
            let mark = if *ordered { "1. " } else { "- " };
            let rest = " ".repeat(mark.len());
            items.iter().map(|item| indented(&blocks(item), mark, &rest)).collect()
        }
        Block::Table { head, rows } => {
            let row = |cells: &Vec<Vec<Inline>>| {
                format!("| {} |\n", cells.iter().map(|cell| line(cell)).collect::<Vec<_>>().join(" | "))
            };
            let rule = format!("|{}\n", " --- |".repeat(head.len()));
            format!("{}{rule}{}", row(head), rows.iter().map(row).collect::<String>())
        }
        Block::Code { language, text } => fence(language, text),
        Block::Try(text) => fence("dockerfile try", text),
        Block::Figure(figure) => fence(
            match figure {
                Figure::Graph => "figure graph",
                Figure::Layers => "figure layers",
                Figure::Timeline => "figure timeline",
                Figure::Steps => "figure steps",
                Figure::Compare => "figure compare",
                Figure::Config => "figure config",
            },
            "",
        ),
    }
}

/// A fence longer than any in the text.
fn fence(info: &str, text: &str) -> String {
    let longest = text.lines().map(|line| line.trim_start().chars().take_while(|c| *c == '`').count()).max();
    let ticks = "`".repeat(longest.unwrap_or_default().max(2) + 1);
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    format!("{ticks}{info}\n{text}{end}{ticks}\n")
}

fn indented(text: &str, first: &str, rest: &str) -> String {
    let mut out = String::new();
    for (number, line) in text.trim_end().lines().enumerate() {
        let mark = if number == 0 { first } else { rest };
        out += &format!("{}\n", format!("{mark}{line}").trim_end());
    }
    out
}

fn line(pieces: &[Inline]) -> String {
    let text = pieces.iter().map(|piece| match piece {
        Inline::Text(text) => escaped(text),
        Inline::Code(text) if text.contains('`') => format!("`` {text} ``"),
        Inline::Code(text) => format!("`{text}`"),
        Inline::Strong(inner) => format!("**{}**", line(inner)),
        Inline::Emphasis(inner) => format!("*{}*", line(inner)),
        Inline::Link { to, text } => format!("[{}](<{to}>)", line(text)),
        Inline::Value(name) => format!("{{{name}}}"),
    });
    text.collect()
}

/// What would be a mark of Markdown's is text again.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
