//! From `en.md` to prose. Markdown is read by pulldown-cmark; what it may say in a lesson is decided here.

use std::iter::Peekable;
use std::vec::IntoIter;

use lesson::{Block, Figure, Inline, Prose, QuizOption, StepProse};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

type Events<'a> = Peekable<IntoIter<Event<'a>>>;

/// A heading, and what stands below it.
struct Section {
    level: u8,
    heading: String,
    blocks: Vec<Block>,
}

/// Reads a lesson's texts.
///
/// # Errors
/// Which heading or fence is not understood.
pub fn prose(text: &str) -> Result<Prose, String> {
    let mut sections = sections(text)?.into_iter();
    let Some(first) = sections.next().filter(|first| first.level == 1) else {
        return Err("begins with the lesson's title: `# Title`".into());
    };
    let mut prose = Prose { title: first.heading, summary: plain(&first.blocks), ..Prose::default() };
    let mut part = Part::Text;
    let mut current: Option<(String, StepProse)> = None;
    for section in sections {
        let here = section.heading.clone();
        match (section.level, &mut current) {
            (2, _) => {
                if let Some((id, step)) = current.take() {
                    keep(&mut prose, id, step)?;
                }
                let (id, title) = section
                    .heading
                    .split_once(':')
                    .ok_or_else(|| format!("`## {here}`: write `## step-id: Title of the step`"))?;
                let step = StepProse { title: title.trim().to_owned(), text: section.blocks, ..StepProse::default() };
                current = Some((id.trim().to_owned(), step));
                part = Part::Text;
            }
            (3, Some((_, step))) => part = place(step, &here, section.blocks)?,
            (4, Some((_, step))) if part == Part::Quiz => {
                let mut blocks = section.blocks.into_iter();
                let Some(Block::Paragraph(text)) = blocks.next() else {
                    return Err(format!("`#### {here}`: begins with a paragraph, which is what can be chosen"));
                };
                step.options.insert(here, QuizOption { text, reply: blocks.collect() });
            }
            _ => return Err(format!("`{} {here}`: no such heading here", "#".repeat(section.level.into()))),
        }
    }
    if let Some((id, step)) = current.take() {
        keep(&mut prose, id, step)?;
    }
    Ok(prose)
}

/// What `####` belongs to.
#[derive(PartialEq)]
enum Part {
    Text,
    Quiz,
}

fn place(step: &mut StepProse, heading: &str, blocks: Vec<Block>) -> Result<Part, String> {
    match heading.split_once(' ').unwrap_or((heading, "")) {
        ("predict", "") => step.predict = blocks,
        ("done", "") => step.done = blocks,
        ("notes", "") => step.notes = blocks,
        ("quiz", "") => {
            step.quiz = blocks;
            return Ok(Part::Quiz);
        }
        ("hint", id) if !id.is_empty() => {
            if step.hints.insert(id.trim().to_owned(), blocks).is_some() {
                return Err(format!("`### {heading}` is there twice"));
            }
        }
        _ => return Err(format!("`### {heading}`: there are predict, done, notes, quiz and `hint ID`")),
    }
    Ok(Part::Text)
}

fn keep(prose: &mut Prose, id: String, step: StepProse) -> Result<(), String> {
    if prose.steps.contains_key(&id) {
        return Err(format!("`## {id}` is there twice"));
    }
    prose.steps.insert(id, step);
    Ok(())
}

fn sections(text: &str) -> Result<Vec<Section>, String> {
    let parser = Parser::new_ext(text, Options::ENABLE_TABLES);
    let mut events = parser.collect::<Vec<_>>().into_iter().peekable();
    let mut sections: Vec<Section> = Vec::new();
    while let Some(event) = events.next() {
        if let Event::Start(Tag::Heading { level, .. }) = event {
            let heading = line_text(&line(&mut events)?);
            sections.push(Section { level: level_of(level), heading: heading.trim().to_owned(), blocks: Vec::new() });
            continue;
        }
        let block = block(event, &mut events)?;
        match (block, sections.last_mut()) {
            (Some(block), Some(section)) => section.blocks.push(block),
            (Some(_), None) => return Err("begins with the lesson's title: `# Title`".into()),
            (None, _) => {}
        }
    }
    Ok(sections)
}

fn level_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn block<'a>(event: Event<'a>, events: &mut Events<'a>) -> Result<Option<Block>, String> {
    Ok(Some(match event {
        Event::Start(Tag::Paragraph) => Block::Paragraph(line(events)?),
        Event::Start(Tag::BlockQuote(_)) => Block::Quote(blocks(events)?),
        Event::Start(Tag::List(first)) => {
            let mut items = Vec::new();
            while let Some(Event::Start(Tag::Item)) = events.next() {
                items.push(blocks(events)?);
            }
            Block::List { ordered: first.is_some(), items }
        }
        Event::Start(Tag::CodeBlock(kind)) => {
            let info = match kind {
                CodeBlockKind::Fenced(info) => info.to_string(),
                CodeBlockKind::Indented => String::new(),
            };
            let mut text = String::new();
            for event in events.by_ref() {
                match event {
                    Event::Text(piece) => text.push_str(&piece),
                    _ => break,
                }
            }
            fence(info.trim(), text)?
        }
        Event::Start(Tag::Table(_)) => table(events)?,
        // what looks like HTML is text
        Event::Start(Tag::HtmlBlock) => {
            let mut text = String::new();
            for event in events.by_ref() {
                match event {
                    Event::Html(piece) | Event::Text(piece) => text.push_str(&piece),
                    _ => break,
                }
            }
            Block::Paragraph(vec![Inline::Text(text.trim_end().to_owned())])
        }
        Event::Rule => return Ok(None),
        other => return Err(format!("{other:?}: not a part of a lesson's text")),
    }))
}

/// The blocks up to the end of what they lie in. An item of a tight list has its text without a paragraph.
fn blocks<'a>(events: &mut Events<'a>) -> Result<Vec<Block>, String> {
    let mut blocks = Vec::new();
    while let Some(event) = events.next() {
        match event {
            Event::End(TagEnd::Item | TagEnd::BlockQuote(_)) => break,
            event if is_inline(&event) => {
                let mut pieces = vec![inline(event, events)?];
                while events.peek().is_some_and(is_inline) {
                    if let Some(event) = events.next() {
                        pieces.push(inline(event, events)?);
                    }
                }
                blocks.push(Block::Paragraph(joined(pieces)));
            }
            event => blocks.extend(block(event, events)?),
        }
    }
    Ok(blocks)
}

fn fence(info: &str, text: String) -> Result<Block, String> {
    Ok(match info.split_once(' ').map_or((info, ""), |(language, rest)| (language, rest.trim())) {
        ("dockerfile", "try") => Block::Try(text),
        ("figure", name) => Block::Figure(match name {
            "graph" => Figure::Graph,
            "layers" => Figure::Layers,
            "timeline" => Figure::Timeline,
            "steps" => Figure::Steps,
            "compare" => Figure::Compare,
            "config" => Figure::Config,
            _ => return Err(format!("```{info}: there are figure graph, layers, timeline, steps, compare and config")),
        }),
        (language, "") => Block::Code { language: language.to_owned(), text },
        _ => return Err(format!("```{info}: only `dockerfile try` and `figure NAME` have a second word")),
    })
}

fn table<'a>(events: &mut Events<'a>) -> Result<Block, String> {
    let (mut head, mut rows, mut row) = (Vec::new(), Vec::new(), Vec::new());
    while let Some(event) = events.next() {
        match event {
            Event::Start(Tag::TableCell) => row.push(line(events)?),
            Event::End(TagEnd::TableHead) => head = std::mem::take(&mut row),
            Event::End(TagEnd::TableRow) => rows.push(std::mem::take(&mut row)),
            Event::End(TagEnd::Table) => break,
            _ => {}
        }
    }
    Ok(Block::Table { head, rows })
}

fn is_inline(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::Text(_)
            | Event::Code(_)
            | Event::SoftBreak
            | Event::HardBreak
            | Event::InlineHtml(_)
            | Event::Start(Tag::Strong | Tag::Emphasis | Tag::Link { .. } | Tag::Image { .. })
    )
}

/// The pieces up to the end of what they lie in.
fn line<'a>(events: &mut Events<'a>) -> Result<Vec<Inline>, String> {
    let mut pieces = Vec::new();
    while let Some(event) = events.next() {
        if matches!(event, Event::End(_)) {
            break;
        }
        pieces.push(inline(event, events)?);
    }
    Ok(joined(pieces))
}

fn inline<'a>(event: Event<'a>, events: &mut Events<'a>) -> Result<Inline, String> {
    Ok(match event {
        Event::Text(text) | Event::InlineHtml(text) => Inline::Text(text.to_string()),
        Event::Code(text) => Inline::Code(text.to_string()),
        Event::SoftBreak | Event::HardBreak => Inline::Text("\n".into()),
        Event::Start(Tag::Strong) => Inline::Strong(line(events)?),
        Event::Start(Tag::Emphasis) => Inline::Emphasis(line(events)?),
        Event::Start(Tag::Link { dest_url, .. }) => Inline::Link { to: dest_url.to_string(), text: line(events)? },
        other => return Err(format!("{other:?}: not a part of a lesson's text")),
    })
}

/// Neighbouring texts as one, line breaks as spaces where the script has spaces, `{size}` as a figure.
fn joined(pieces: Vec<Inline>) -> Vec<Inline> {
    let mut whole: Vec<Inline> = Vec::new();
    for piece in pieces {
        match (piece, whole.last_mut()) {
            (Inline::Text(text), Some(Inline::Text(before))) => before.push_str(&text),
            (piece, _) => whole.push(piece),
        }
    }
    whole
        .into_iter()
        .flat_map(|piece| match piece {
            Inline::Text(text) => values(&broken(&text)),
            piece => vec![piece],
        })
        .collect()
}

/// A line break between two characters of a script without spaces is none.
fn broken(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\n' {
            out.push(c);
            continue;
        }
        let wide = |c: Option<char>| c.is_some_and(|c| c >= '\u{2e80}');
        if !(wide(out.chars().next_back()) && wide(chars.peek().copied())) {
            out.push(' ');
        }
    }
    out
}

fn values(text: &str) -> Vec<Inline> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, inside, after)) = value(rest) {
        if !before.is_empty() {
            pieces.push(Inline::Text(before.to_owned()));
        }
        pieces.push(Inline::Value(inside.to_owned()));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Inline::Text(rest.to_owned()));
    }
    pieces
}

/// The first `{name}` of a text, and what is around it.
fn value(text: &str) -> Option<(&str, &str, &str)> {
    let (start, _) = text.match_indices('{').find(|(start, _)| name_at(text, *start).is_some())?;
    let name = name_at(text, start)?;
    Some((text.get(..start)?, name, text.get(start + name.len() + 2..)?))
}

fn name_at(text: &str, start: usize) -> Option<&str> {
    let (name, _) = text.get(start + 1..)?.split_once('}')?;
    let good = !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    good.then_some(name)
}

/// The text of blocks, without marks.
pub fn plain(blocks: &[Block]) -> String {
    let texts: Vec<String> = blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(pieces) => line_text(pieces),
            Block::Quote(inner) => plain(inner),
            Block::List { items, .. } => items.iter().map(|item| plain(item)).collect::<Vec<_>>().join("\n"),
            Block::Code { text, .. } | Block::Try(text) => text.clone(),
            Block::Table { head, rows } => {
                let cells = head.iter().chain(rows.iter().flatten());
                cells.map(|cell| line_text(cell)).collect::<Vec<_>>().join("\n")
            }
            Block::Figure(_) => String::new(),
        })
        .collect();
    texts.join("\n")
}

/// The text of a line, without marks.
pub fn line_text(pieces: &[Inline]) -> String {
    let text = pieces.iter().map(|piece| match piece {
        Inline::Text(text) | Inline::Code(text) => text.clone(),
        Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Link { text: inner, .. } => line_text(inner),
        Inline::Value(name) => format!("{{{name}}}"),
    });
    text.collect()
}
