use report::Diagnostic;

use super::{Locale, arguments};

/// Our explanation of a diagnostic, where the language has one: the sentence `problem-CODE`. Something is always said:
/// with neither Docker's words nor ours, that it is refused.
#[must_use]
pub fn explanation(locale: &Locale, diagnostic: &Diagnostic) -> Option<String> {
    let name = format!("problem-{}", diagnostic.code);
    if locale.has(&name) {
        return Some(locale.f(&name, &arguments(&diagnostic.args)).to_string());
    }
    diagnostic.docker.is_none().then(|| locale.t("problem-unexplained").to_string())
}

#[cfg(test)]
mod tests {
    use report::{Severity, TextRange, Value};

    use super::*;

    #[test]
    fn codes_never_show() {
        let locale = Locale::new("en", "problem-known = Not { $flag }\nproblem-unexplained = Refused");
        let said = |code: &'static str, docker: Option<&str>| {
            let args = vec![("flag", Value::Text("--x".to_string()))];
            let docker = docker.map(str::to_string);
            let range = TextRange::empty(0);
            explanation(&locale, &Diagnostic { code, severity: Severity::Error, docker, args, range })
        };
        assert_eq!(said("known", Some("docker says")).as_deref(), Some("Not --x"));
        assert_eq!(said("new-code", Some("docker says")), None);
        assert_eq!(said("new-code", None).as_deref(), Some("Refused"));
    }
}
