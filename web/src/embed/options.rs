//! What an embed's address asks for.

use session::{Language, Source, Theme};

use super::percent::{encoded, pairs};
use crate::view::Part;

/// The smallest and the largest type that can be asked for, in pixels.
const FONT: (u32, u32) = (10, 40);

/// What is shown first of all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Content {
    /// The sample project.
    #[default]
    Sample,
    /// A session, as a link has it behind `#s=`.
    State(String),
    /// A Dockerfile, with the files of the sample project or of one of the gallery's.
    Dockerfile {
        /// Its text.
        text: String,
        /// The project's id.
        project: Option<String>,
    },
    /// A lesson, at a step by its id or its number.
    Lesson(Source, Option<String>),
}

/// The part of the page that is in the frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// A lesson's text, the editor, and what the build does.
    Lesson,
    /// The editor, and what the build does.
    Split,
    /// The editor alone.
    Editor,
    /// One part of what the build does.
    Part(Part),
}

impl Shown {
    /// All that can be asked for, with the names.
    pub const ALL: [(&'static str, Shown); 7] = [
        ("split", Shown::Split),
        ("graph", Shown::Part(Part::Graph)),
        ("layers", Shown::Part(Part::Layers)),
        ("editor", Shown::Editor),
        ("timeline", Shown::Part(Part::Timeline)),
        ("log", Shown::Part(Part::Log)),
        ("lesson", Shown::Lesson),
    ];

    /// What addresses call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        Shown::ALL.into_iter().find(|(_, shown)| *shown == self).map_or("split", |(name, _)| name)
    }

    /// Whether there is an editor in it.
    #[must_use]
    pub fn has_editor(self) -> bool {
        !matches!(self, Shown::Part(_))
    }
}

/// What an embed's address asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// What is shown first of all.
    pub content: Content,
    /// The part of the page.
    pub shown: Shown,
    /// The colours.
    pub theme: Theme,
    /// The language; `None`: the reader's.
    pub language: Option<Language>,
    /// Whether nothing can be edited.
    pub read_only: bool,
    /// Whether there is a bar above, with the title, Build and the way to the whole page.
    pub chrome: bool,
    /// The size of the type, in pixels.
    pub font: Option<u32>,
    /// Whether the Dockerfile is compared with the pinned one, in the place of the part.
    pub compare: bool,
    /// Whether the goals of a lesson's step are shown.
    pub goals: bool,
    /// Whether the program is only loaded when the reader asks for it.
    pub on_click: bool,
    /// Whether the embed is as high as what it shows, and tells the page around it.
    pub auto_height: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            content: Content::Sample,
            shown: Shown::Split,
            theme: Theme::System,
            language: None,
            read_only: false,
            chrome: true,
            font: None,
            compare: false,
            goals: false,
            on_click: false,
            auto_height: false,
        }
    }
}

impl Options {
    /// Reads an address's question and its fragment, which has the last word. What is not understood is as if it were not
    /// there.
    #[must_use]
    pub fn read(question: &str, fragment: &str) -> Options {
        let all: Vec<(String, String)> = pairs(question).into_iter().chain(pairs(fragment)).collect();
        let value = |name: &str| all.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let text = |name: &str| value(name).filter(|value| !value.is_empty()).map(str::to_owned);
        let flag = |name: &str, usual: bool| match value(name) {
            Some("1" | "true" | "yes" | "") => true,
            Some("0" | "false" | "no") => false,
            _ => usual,
        };
        let step = text("step");
        let content = if let Some(code) = text("s") {
            Content::State(code)
        } else if let Some(dockerfile) = text("d") {
            Content::Dockerfile { text: dockerfile, project: text("project") }
        } else if let Some(address) = text("lesson-url") {
            Content::Lesson(Source::Address(address), step)
        } else if let Some(id) = text("lesson") {
            Content::Lesson(Source::Site(id), step)
        } else {
            Content::Sample
        };
        let asked = Shown::ALL.into_iter().find(|(name, _)| value("view") == Some(name)).map(|(_, shown)| shown);
        let is_lesson = matches!(content, Content::Lesson(..));
        let shown = asked.unwrap_or(if is_lesson { Shown::Lesson } else { Shown::Split });
        let compare = flag("compare", false);
        Options {
            shown: match shown {
                Shown::Lesson if !is_lesson => Shown::Split,
                Shown::Part(_) if compare => Shown::Part(Part::Compare),
                shown => shown,
            },
            theme: value("theme").map_or(Theme::System, theme),
            language: value("lang").and_then(language),
            read_only: flag("readonly", false),
            chrome: flag("chrome", true),
            font: value("font").and_then(|size| size.parse().ok()).map(|size: u32| size.clamp(FONT.0, FONT.1)),
            compare,
            goals: flag("goals", false),
            on_click: value("load") == Some("click"),
            auto_height: value("height") == Some("auto"),
            content,
        }
    }

    /// The question and the fragment of the address that asks for this, each with its mark or empty. What a reader types
    /// is in the fragment, which is sent nowhere.
    #[must_use]
    pub fn write(&self) -> (String, String) {
        let mut question: Vec<(&str, String)> = Vec::new();
        let mut fragment = String::new();
        match &self.content {
            Content::Sample => {}
            Content::State(code) => fragment = format!("#s={code}"),
            Content::Dockerfile { text, project } => {
                question.extend(project.clone().map(|project| ("project", project)));
                fragment = format!("#d={}", encoded(text));
            }
            Content::Lesson(source, step) => {
                match source {
                    Source::Site(id) => question.push(("lesson", id.clone())),
                    Source::Address(address) => question.push(("lesson-url", address.clone())),
                    Source::File => {}
                }
                question.extend(step.clone().map(|step| ("step", step)));
            }
        }
        let usual = if matches!(self.content, Content::Lesson(..)) { Shown::Lesson } else { Shown::Split };
        let shown = if self.shown == Shown::Part(Part::Compare) { Shown::Part(Part::Graph) } else { self.shown };
        if shown != usual {
            question.push(("view", shown.name().to_owned()));
        }
        let theme = match self.theme {
            Theme::System => None,
            Theme::Light => Some("light"),
            Theme::Dark => Some("dark"),
        };
        let language = self.language.map(|language| if language == Language::Ja { "ja" } else { "en" });
        let named = [("theme", theme), ("lang", language)];
        question.extend(named.into_iter().filter_map(|(name, value)| Some((name, value?.to_owned()))));
        let flags = [
            ("readonly", self.read_only, "1"),
            ("chrome", !self.chrome, "0"),
            ("compare", self.compare, "1"),
            ("goals", self.goals, "1"),
            ("load", self.on_click, "click"),
            ("height", self.auto_height, "auto"),
        ];
        question.extend(flags.into_iter().filter(|flag| flag.1).map(|(name, _, value)| (name, value.to_owned())));
        question.extend(self.font.map(|size| ("font", size.to_string())));
        let written: Vec<String> = question.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        (if written.is_empty() { String::new() } else { format!("?{}", written.join("&")) }, fragment)
    }
}

/// The colours of that name; those of the reader's system where there are none.
pub fn theme(name: &str) -> Theme {
    match name {
        "light" => Theme::Light,
        "dark" => Theme::Dark,
        _ => Theme::System,
    }
}

/// The language of that name.
pub fn language(name: &str) -> Option<Language> {
    match name {
        "en" => Some(Language::En),
        "ja" => Some(Language::Ja),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(id: &str, step: &str) -> Content {
        Content::Lesson(Source::Site(id.into()), Some(step.into()))
    }

    #[test]
    fn a_lesson_at_a_step_is_a_lesson_and_a_link_is_split() {
        let lesson = Options::read("?lesson=cache-first&step=2", "");
        assert_eq!(lesson, Options { content: site("cache-first", "2"), shown: Shown::Lesson, ..Options::default() });
        let state = Options::read("", "#s=v2.abc_-");
        assert_eq!(state, Options { content: Content::State("v2.abc_-".into()), ..Options::default() });
    }

    #[test]
    fn all_that_can_be_said_is_read() {
        let question = "?view=timeline&theme=dark&lang=ja&readonly=1&chrome=0&font=20&goals=1&load=click&height=auto";
        let read = Options::read(question, "#d=FROM%20a%0A&project=django");
        let content = Content::Dockerfile { text: "FROM a\n".into(), project: Some("django".into()) };
        assert_eq!(
            read,
            Options {
                content,
                shown: Shown::Part(Part::Timeline),
                theme: Theme::Dark,
                language: Some(Language::Ja),
                read_only: true,
                chrome: false,
                font: Some(20),
                compare: false,
                goals: true,
                on_click: true,
                auto_height: true,
            }
        );
        let compared = Options::read("?view=graph&compare=1", "#s=v2.x&theme=light");
        assert_eq!((compared.shown, compared.theme), (Shown::Part(Part::Compare), Theme::Light));
    }

    #[test]
    fn what_is_not_understood_is_as_if_it_were_not_there() {
        for question in ["?view=nothing&theme=&lang=xx&readonly=maybe&font=big&chrome=2", "?", "?lesson=&s=&d=", "?&&="]
        {
            assert_eq!(Options::read(question, ""), Options::default(), "{question}");
        }
        assert_eq!(Options::read("?font=999", "").font, Some(40));
        assert_eq!(Options::read("?view=lesson", "").shown, Shown::Split, "there is no lesson");
    }

    #[test]
    fn what_is_written_is_read_again() {
        let usual = Options::default;
        let own = Source::Address("https://example.org/a b.json?x=1&y".into());
        for options in [
            usual(),
            Options { content: Content::State("v2.abc".into()), shown: Shown::Part(Part::Log), ..usual() },
            Options { content: site("layers", "look"), shown: Shown::Lesson, goals: true, ..usual() },
            Options { content: Content::Lesson(own, None), shown: Shown::Part(Part::Graph), font: Some(18), ..usual() },
            Options { shown: Shown::Part(Part::Compare), compare: true, read_only: true, chrome: false, ..usual() },
            Options {
                content: Content::Dockerfile { text: "FROM a\nRUN x && y #\n".into(), project: Some("p".into()) },
                theme: Theme::Light,
                language: Some(Language::En),
                on_click: true,
                auto_height: true,
                ..usual()
            },
        ] {
            let (question, fragment) = options.write();
            assert_eq!(Options::read(&question, &fragment), options, "{question}{fragment}");
        }
    }
}
