use yew::prelude::*;

/// What an icon shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A check mark: from the cache.
    Check,
    /// A circling arrow: ran.
    Again,
    /// A cross: failed.
    Cross,
    /// A pause: not reached.
    Pause,
    /// A warning triangle.
    Warning,
    /// A circled i.
    Info,
    /// A folder.
    Folder,
    /// A file.
    File,
    /// A pencil.
    Edit,
    /// A plus.
    Plus,
    /// A bin.
    Bin,
    /// A clock: touch.
    Clock,
    /// A triangle pointing right.
    Right,
    /// A magnifying glass.
    Search,
    /// A triangle pointing left.
    Left,
    /// A triangle pointing up.
    Up,
    /// A triangle pointing down.
    Down,
    /// A minus: smaller, not needed.
    Minus,
    /// A triangle pointing right at a bar: the next moment.
    StepForward,
    /// A triangle pointing left at a bar: the moment before.
    StepBack,
    /// Stacked sheets: copy.
    Copy,
    /// Undo.
    Undo,
    /// Redo.
    Redo,
    /// A play triangle.
    Play,
    /// A terminal prompt: executable.
    Terminal,
    /// An up arrow with a bar: grow.
    Grow,
    /// A question mark in a circle: help.
    Help,
    /// A keyboard.
    Keyboard,
    /// Sliders: settings.
    Settings,
    /// A light bulb: a tip.
    Tip,
    /// An open book: a lesson.
    Book,
    /// Sheets above each other: an image's layers.
    Layers,
    /// A screen on a stand: presenter mode.
    Screen,
    /// An arrow out of a box: another window.
    Outside,
}

/// The path of a shape in a box of 24 by 24: Lucide 1.62.0 (<https://lucide.dev>, ISC: `web/licences/lucide.txt`), whose
/// circles and rectangles are written as paths, so that a picture can hold an icon as one.
#[must_use]
pub fn path(shape: Shape) -> &'static str {
    match shape {
        Shape::Check => "M20 6 9 17l-5-5",
        Shape::Again => "M21 12a9 9 0 1 1-9-9c2.52 0 4.93 1 6.74 2.74L21 8M21 3v5h-5",
        Shape::Cross => "M18 6 6 18M6 6l12 12",
        Shape::Pause => {
            "M15 3h3a1 1 0 0 1 1 1v16a1 1 0 0 1 -1 1h-3a1 1 0 0 1 -1 -1v-16a1 1 0 0 1 1 -1zM6 3h3a1 1 0 0 1 1 1v16a1 1 0 0 1 -1 1h-3a1 1 0 0 1 -1 -1v-16a1 1 0 0 1 1 -1z"
        }
        Shape::Warning => "M21.73 18l-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3M12 9v4M12 17h.01",
        Shape::Info => "M2 12a10 10 0 1 0 20 0a10 10 0 1 0 -20 0zM12 16v-4M12 8h.01",
        Shape::Folder => {
            "M20 20a2 2 0 0 0 2-2V8a2 2 0 0 0-2-2h-7.9a2 2 0 0 1-1.69-.9L9.6 3.9A2 2 0 0 0 7.93 3H4a2 2 0 0 0-2 2v13a2 2 0 0 0 2 2Z"
        }
        Shape::File => {
            "M6 22a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h8a2.4 2.4 0 0 1 1.704.706l3.588 3.588A2.4 2.4 0 0 1 20 8v12a2 2 0 0 1-2 2zM14 2v5a1 1 0 0 0 1 1h5"
        }
        Shape::Edit => {
            "M21.174 6.812a1 1 0 0 0-3.986-3.987L3.842 16.174a2 2 0 0 0-.5.83l-1.321 4.352a.5.5 0 0 0 .623.622l4.353-1.32a2 2 0 0 0 .83-.497zM15 5l4 4"
        }
        Shape::Plus => "M5 12h14M12 5v14",
        Shape::Search => "M11 19a8 8 0 1 0 0-16 8 8 0 0 0 0 16M21 21l-4.3-4.3",
        Shape::Left => "M15 18l-6-6 6-6",
        Shape::Up => "M18 15l-6-6-6 6",
        Shape::Down => "M6 9l6 6 6-6",
        Shape::Minus => "M5 12h14",
        Shape::StepForward => {
            "M10.029 4.285A2 2 0 0 0 7 6v12a2 2 0 0 0 3.029 1.715l9.997-5.998a2 2 0 0 0 .003-3.432zM3 4v16"
        }
        Shape::StepBack => {
            "M13.971 4.285A2 2 0 0 1 17 6v12a2 2 0 0 1-3.029 1.715l-9.997-5.998a2 2 0 0 1-.003-3.432zM21 20V4"
        }
        Shape::Bin => {
            "M10 11v6M14 11v6M19 6v14a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V6M3 6h18M8 6V4a2 2 0 0 1 2-2h4a2 2 0 0 1 2 2v2"
        }
        Shape::Clock => "M2 12a10 10 0 1 0 20 0a10 10 0 1 0 -20 0zM12 6v6l4 2",
        Shape::Right => "M9 18l6-6-6-6",
        Shape::Outside => "M15 3h6v6M10 14 21 3M18 13v6a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2h6",
        Shape::Copy => {
            "M10 8h10a2 2 0 0 1 2 2v10a2 2 0 0 1 -2 2h-10a2 2 0 0 1 -2 -2v-10a2 2 0 0 1 2 -2zM4 16c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2"
        }
        Shape::Undo => "M9 14 4 9l5-5M4 9h10.5a5.5 5.5 0 0 1 5.5 5.5a5.5 5.5 0 0 1-5.5 5.5H11",
        Shape::Redo => "M15 14l5-5-5-5M20 9H9.5A5.5 5.5 0 0 0 4 14.5A5.5 5.5 0 0 0 9.5 20H13",
        Shape::Play => "M5 5a2 2 0 0 1 3.008-1.728l11.997 6.998a2 2 0 0 1 .003 3.458l-12 7A2 2 0 0 1 5 19z",
        Shape::Terminal => {
            "M7 11l2-2-2-2M11 13h4M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1 -2 2h-14a2 2 0 0 1 -2 -2v-14a2 2 0 0 1 2 -2z"
        }
        Shape::Grow => "M5 3h14M18 13l-6-6-6 6M12 7v14",
        Shape::Help => "M2 12a10 10 0 1 0 20 0a10 10 0 1 0 -20 0zM9.09 9a3 3 0 0 1 5.83 1c0 2-3 3-3 3M12 17h.01",
        Shape::Keyboard => {
            "M10 8h.01M12 12h.01M14 8h.01M16 12h.01M18 8h.01M6 8h.01M7 16h10M8 12h.01M4 4h16a2 2 0 0 1 2 2v12a2 2 0 0 1 -2 2h-16a2 2 0 0 1 -2 -2v-12a2 2 0 0 1 2 -2z"
        }
        Shape::Settings => "M10 5H3M12 19H3M14 3v4M16 17v4M21 12h-9M21 19h-5M21 5h-7M8 10v4M8 12H3",
        Shape::Tip => {
            "M15 14c.2-1 .7-1.7 1.5-2.5 1-.9 1.5-2.2 1.5-3.5A6 6 0 0 0 6 8c0 1 .2 2.2 1.5 3.5.7.7 1.3 1.5 1.5 2.5M9 18h6M10 22h4"
        }
        Shape::Book => {
            "M12 7v14M3 18a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1h5a4 4 0 0 1 4 4 4 4 0 0 1 4-4h5a1 1 0 0 1 1 1v13a1 1 0 0 1-1 1h-6a3 3 0 0 0-3 3 3 3 0 0 0-3-3z"
        }
        Shape::Layers => {
            "M12.83 2.18a2 2 0 0 0-1.66 0L2.6 6.08a1 1 0 0 0 0 1.83l8.58 3.91a2 2 0 0 0 1.66 0l8.58-3.9a1 1 0 0 0 0-1.83zM2 12a1 1 0 0 0 .58.91l8.6 3.91a2 2 0 0 0 1.65 0l8.58-3.9A1 1 0 0 0 22 12M2 17a1 1 0 0 0 .58.91l8.6 3.91a2 2 0 0 0 1.65 0l8.58-3.9A1 1 0 0 0 22 17"
        }
        Shape::Screen => "M2 3h20M21 3v11a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V3M7 21l5-5 5 5",
    }
}

/// The properties of [`Icon`].
#[derive(Properties, PartialEq)]
pub struct IconProps {
    /// What it shows.
    pub shape: Shape,
}

/// A drawing beside a word that says the same: hidden from those who listen.
#[component]
pub fn Icon(props: &IconProps) -> Html {
    html! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d={path(props.shape)} />
        </svg>
    }
}
