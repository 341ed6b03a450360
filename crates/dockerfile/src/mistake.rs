use std::ops::Range;

use source::{Diagnostic, Severity, TextRange, Value};

/// Something that BuildKit refuses, before it is known on which line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Mistake {
    /// The name of the sentence, in kebab case.
    pub code: &'static str,
    /// BuildKit's message, without the line; empty where it has none.
    pub docker: String,
    /// The sentence's arguments.
    pub args: Vec<(&'static str, Value)>,
    /// Where in the joined line; the whole instruction if not said.
    pub at: Option<Range<usize>>,
}

impl Mistake {
    /// A mistake without arguments.
    pub fn new(code: &'static str, docker: impl Into<String>) -> Mistake {
        Mistake { code, docker: docker.into(), args: Vec::new(), at: None }
    }

    /// With an argument of the sentence.
    #[must_use]
    pub fn with(mut self, name: &'static str, text: impl Into<String>) -> Mistake {
        self.args.push((name, Value::Text(text.into())));
        self
    }

    /// At a range of the joined line.
    #[must_use]
    pub fn at(mut self, range: Range<usize>) -> Mistake {
        self.at = Some(range);
        self
    }

    /// With what may have been meant, in BuildKit's words.
    #[must_use]
    pub fn or_rather(mut self, suggestion: Option<String>) -> Mistake {
        if let Some(name) = suggestion {
            self.docker = format!("{} (did you mean {name}?)", self.docker);
            self.args.push(("suggestion", Value::Text(name)));
        }
        self
    }

    /// As a diagnostic at a range of the source.
    pub fn into_diagnostic(self, range: TextRange) -> Diagnostic {
        Diagnostic {
            code: self.code,
            severity: Severity::Error,
            docker: Some(self.docker).filter(|docker| !docker.is_empty()),
            args: self.args,
            range,
        }
    }
}
