use report::Diagnostic;

use super::Locale;
use super::announcement::argument;

/// Our explanation of a diagnostic, where the language has one: the sentence `problem-CODE`.
#[must_use]
pub fn explanation(locale: &Locale, diagnostic: &Diagnostic) -> Option<String> {
    let name = format!("problem-{}", diagnostic.code);
    let arguments: Vec<_> = diagnostic.args.iter().cloned().map(argument).collect();
    locale.has(&name).then(|| locale.f(&name, &arguments).to_string())
}
