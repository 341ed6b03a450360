use crate::TextRange;

/// How much a diagnostic weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The build fails.
    Error,
    /// Docker warns, and builds.
    Warning,
    /// Layerlab says something that Docker does not.
    Note,
}

/// A typed argument of a diagnostic: the page formats it in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A name, a path, a piece of the source: shown as it is.
    Text(String),
    /// A number of things.
    Count(u64),
    /// A size in bytes.
    Bytes(u64),
}

/// Something to say about a text: what, with which arguments, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which sentence: the name of a build check (`StageNameCasing`), or a code of our own in kebab case.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// Docker's own words, exactly, where Docker says this.
    pub docker: Option<String>,
    /// The arguments of the sentence, by name.
    pub args: Vec<(&'static str, Value)>,
    /// Where. Inside the text, except for the empty range at 0 of what concerns the text as a whole.
    pub range: TextRange,
}
