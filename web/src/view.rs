//! What of the page is in sight: which pane on a small screen, which part of the result, which layer. None of it is the
//! project's, and none of it is kept.

use std::rc::Rc;

use report::Report;
use yew::prelude::*;

use crate::shared::Shared;

/// The panes that a small screen shows one at a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    /// The lesson, where one is open.
    Lesson,
    /// The editor.
    Source,
    /// The build context.
    Context,
    /// What the build does.
    #[default]
    Result,
}

impl Pane {
    /// All of them, in the order of their buttons.
    pub const ALL: [Pane; 4] = [Pane::Lesson, Pane::Source, Pane::Context, Pane::Result];

    /// Names it.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Pane::Lesson => "lesson",
            Pane::Source => "source",
            Pane::Context => "context",
            Pane::Result => "result",
        }
    }

    /// The message that its button says.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Pane::Lesson => "pane-lesson",
            Pane::Source => "pane-source",
            Pane::Context => "pane-context",
            Pane::Result => "pane-result",
        }
    }
}

/// The parts of the result, in the order of their tabs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The stages as a picture.
    Graph,
    /// The steps as a list.
    Steps,
    /// The image's layers and history.
    Layers,
    /// The image's files.
    Files,
    /// The steps against time.
    Timeline,
    /// The build's log.
    Log,
    /// What is wrong, and what could be better.
    Problems,
    /// Rewrites that were tried and gain.
    Suggestions,
    /// What happened, and what could.
    WhatIf,
    /// Two Dockerfiles side by side.
    Compare,
}

impl Part {
    /// All of them, in the order of their tabs.
    pub const ALL: [Part; 10] = [
        Part::Graph,
        Part::Steps,
        Part::Layers,
        Part::Files,
        Part::Timeline,
        Part::Log,
        Part::Problems,
        Part::Suggestions,
        Part::WhatIf,
        Part::Compare,
    ];

    /// Names it.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Part::Graph => "graph",
            Part::Steps => "steps",
            Part::Layers => "layers",
            Part::Files => "files",
            Part::Timeline => "timeline",
            Part::Log => "log",
            Part::Problems => "problems",
            Part::Suggestions => "suggestions",
            Part::WhatIf => "what-if",
            Part::Compare => "compare",
        }
    }

    /// The message that its tab says.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Part::Graph => "tab-graph",
            Part::Steps => "tab-steps",
            Part::Layers => "tab-layers",
            Part::Files => "tab-files",
            Part::Timeline => "tab-timeline",
            Part::Log => "tab-log",
            Part::Problems => "tab-problems",
            Part::Suggestions => "tab-suggestions",
            Part::WhatIf => "tab-what-if",
            Part::Compare => "tab-compare",
        }
    }
}

/// What is in sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// The pane on a small screen.
    pub pane: Pane,
    /// The part of the result.
    pub part: Part,
    /// The layer whose files are shown, as an index into the image's layers; `None` for the newest.
    pub layer: Option<usize>,
    /// Whether the graph of a lesson's goal is drawn behind the present one.
    pub ghost: bool,
}

/// Something to bring into sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// A pane.
    Pane(Pane),
    /// A part of the result.
    Part(Part),
    /// The files of the image as they are after a layer.
    Layer(usize),
    /// Which layer's files the files pane has, without going there.
    ChooseLayer(Option<usize>),
    /// Whether the goal's graph is drawn, without going there.
    Ghost(bool),
}

impl Reducible for View {
    type Action = Show;

    fn reduce(self: Rc<View>, show: Show) -> Rc<View> {
        let result = View { pane: Pane::Result, ..*self };
        Rc::new(match show {
            Show::Pane(pane) => View { pane, ..*self },
            Show::Part(part) => View { part, ..result },
            Show::Layer(layer) => View { part: Part::Files, layer: Some(layer), ..result },
            Show::ChooseLayer(layer) => View { layer, ..*self },
            Show::Ghost(ghost) => View { ghost, ..*self },
        })
    }
}

/// What is in sight, and how to change it: from a context, so that any pane can point at what another shows.
pub type ViewHandle = UseReducerHandle<View>;

/// Whether there is room for all panes at once.
#[must_use]
pub fn is_wide() -> bool {
    let query = web_sys::window().and_then(|window| window.match_media("(width >= 1100px)").ok().flatten());
    query.is_some_and(|query| query.matches())
}

/// What is in sight at first: the part of that name, else the picture where there is room for it, else the list.
#[hook]
pub fn use_view_at_root(part: &str) -> ViewHandle {
    use_reducer_eq(|| {
        let named = Part::ALL.into_iter().find(|known| known.id() == part);
        let part = named.unwrap_or(if is_wide() { Part::Graph } else { Part::Steps });
        View { pane: Pane::default(), part, layer: None, ghost: false }
    })
}

/// What is in sight. Outside of the page (a pane by itself, in a test) nothing comes of asking for another thing.
#[hook]
pub fn use_view() -> Option<ViewHandle> {
    use_context::<ViewHandle>()
}

/// The way to a line of the Dockerfile in the editor, from a context.
#[derive(Clone, PartialEq)]
pub struct ToLine(pub Callback<usize>);

/// A callback that shows a line of the Dockerfile in the editor; in a test nothing comes of it.
#[hook]
pub fn use_online() -> Callback<usize> {
    use_context::<ToLine>().map(|to| to.0).unwrap_or_default()
}

/// The graph that a lesson's step leads to, from a context.
#[derive(Clone, Default, PartialEq)]
pub struct Goal {
    /// Whether there is one.
    pub there: bool,
    /// What a build of the solution would do, where it is drawn.
    pub report: Option<Shared<Report>>,
}

/// The graph that the present step of a lesson leads to.
#[hook]
pub fn use_goal() -> Goal {
    use_context::<Goal>().unwrap_or_default()
}

/// A callback that brings something into sight.
#[hook]
pub fn use_show() -> Callback<Show> {
    let view = use_view().map(|view| view.dispatcher());
    use_callback(view, |show: Show, view| {
        if let Some(view) = view {
            view.dispatch(show);
        }
    })
}
