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
    /// A dash: not needed.
    Dash,
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
    /// A triangle pointing left.
    Left,
    /// A minus.
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
    /// Sliders: settings.
    Settings,
    /// A light bulb: a tip.
    Tip,
    /// Sheets above each other: an image's layers.
    Layers,
}

/// The path of a shape in a box of 16 by 16.
#[must_use]
pub fn path(shape: Shape) -> &'static str {
    match shape {
        Shape::Check => "M3 8.5l3.2 3.2L13 4.8",
        Shape::Again => "M12.8 8a4.8 4.8 0 1 1-1.5-3.5M12.9 2.2v3h-3",
        Shape::Cross => "M4 4l8 8M12 4l-8 8",
        Shape::Pause => "M5.5 4v8M10.5 4v8",
        Shape::Dash => "M4 8h8",
        Shape::Warning => "M8 2.6L14.2 13H1.8L8 2.6zM8 6.6v3M8 11.3v.1",
        Shape::Info => "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM8 7.2v4M8 4.8v.1",
        Shape::Folder => "M1.8 4.2c0-.6.4-1 1-1h3.3l1.5 1.6h5.6c.6 0 1 .4 1 1v6c0 .6-.4 1-1 1H2.8c-.6 0-1-.4-1-1V4.2z",
        Shape::File => "M3.8 2h5l3.4 3.4V14H3.8V2zM8.6 2v3.6h3.6",
        Shape::Edit => "M3 13l.6-2.8 7.2-7.2 2.2 2.2-7.2 7.2L3 13z",
        Shape::Plus => "M8 3v10M3 8h10",
        Shape::Left => "M10 4L6 8l4 4",
        Shape::Minus => "M3 8h10",
        Shape::StepForward => "M4 3.4v9.2L10 8 4 3.4zM12.4 3.4v9.2",
        Shape::StepBack => "M12 3.4v9.2L6 8l6-4.6zM3.6 3.4v9.2",
        Shape::Bin => "M3 4.4h10M6.2 4.2V2.6h3.6v1.6M4.4 4.6l.5 8.8h6.2l.5-8.8",
        Shape::Clock => "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM8 4.6V8l2.4 1.6",
        Shape::Right => "M6 3.8L10.4 8 6 12.2",
        Shape::Copy => "M5.4 5.4h8v8h-8v-8zM10.6 5.2V2.6h-8v8h2.6",
        Shape::Undo => "M3 6.4h6.4a3.4 3.4 0 0 1 0 6.8H6M5.8 3.4l-3 3 3 3",
        Shape::Redo => "M13 6.4H6.6a3.4 3.4 0 0 0 0 6.8H10M10.2 3.4l3 3-3 3",
        Shape::Play => "M5 3.2v9.6L12.6 8 5 3.2z",
        Shape::Terminal => "M2 3h12v10H2V3zM4.6 6l2 2-2 2M8.4 10.2h3",
        Shape::Grow => "M8 13V4.6M4.6 7.6L8 4.2l3.4 3.4M3.4 2.4h9.2",
        Shape::Help => {
            "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM6.2 6.2a1.9 1.9 0 1 1 2.6 1.9c-.5.2-.8.6-.8 1.1M8 11.3v.1"
        }
        Shape::Settings => "M2 5h6M11 5h3M9.5 3.2v3.6M2 11h3M8 11h6M6.5 9.2v3.6",
        Shape::Tip => "M6 11.2a4.4 4.4 0 1 1 4 0v1.2H6v-1.2zM6.6 14.4h2.8",
        Shape::Layers => "M8 2l6 3-6 3-6-3 6-3zM2 8l6 3 6-3M2 11l6 3 6-3",
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
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d={path(props.shape)} />
        </svg>
    }
}
