//! Finding a step by what a lesson calls it.

use report::{Report, StepView};

/// The first step of the report that is meant by a name: the keyword, then words that its instruction holds, its flags not
/// counted: `RUN npm ci` is `RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev` and
/// `RUN apt-get update && npm ci`, too. Steps that the target needs come before others.
#[must_use]
pub fn find<'a>(report: &'a Report, name: &str, stage: Option<&str>) -> Option<&'a StepView> {
    let stage = stage.map(|stage| report.stages.iter().find(|view| view.name.as_deref() == Some(stage)));
    let stage = match stage {
        Some(None) => return None,
        Some(Some(view)) => Some(view.index),
        None => None,
    };
    let needed = |step: &&StepView| report.stages.get(step.stage).is_some_and(|stage| stage.needed);
    let mut meant =
        report.steps.iter().filter(|step| stage.is_none_or(|index| step.stage == index) && means(name, &step.text));
    let first = meant.clone().find(needed);
    first.or_else(|| meant.next())
}

/// Whether a name means an instruction.
fn means(name: &str, text: &str) -> bool {
    let (keyword, rest) = split(name);
    let (other, text) = split(text);
    keyword.eq_ignore_ascii_case(other) && words(text).contains(&words(rest))
}

fn split(text: &str) -> (&str, &str) {
    text.trim().split_once(char::is_whitespace).unwrap_or((text.trim(), ""))
}

/// The words, with one space between and around them, without the flags that they begin with.
fn words(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().skip_while(|word| word.starts_with("--")).collect();
    if words.is_empty() { " ".to_owned() } else { format!(" {} ", words.join(" ")) }
}

/// The keyword of a step: `RUN`.
pub(super) fn keyword(step: &StepView) -> &str {
    split(&step.text).0
}

/// The flags of a step's instruction.
pub(super) fn flags(step: &StepView) -> impl Iterator<Item = &str> {
    split(&step.text).1.split_whitespace().take_while(|word| word.starts_with("--"))
}

#[cfg(test)]
mod tests {
    use super::means;

    #[test]
    fn a_name_means_an_instruction_whatever_its_flags_and_neighbours() {
        for text in [
            "RUN npm ci",
            "RUN npm ci --omit=dev",
            "RUN --mount=type=cache,target=/root/.npm npm ci",
            "RUN apt-get update && npm  ci",
        ] {
            assert!(means("RUN npm ci", text), "{text}");
        }
        for text in ["RUN npm run ci", "COPY npm ci", "RUN npm cinema"] {
            assert!(!means("RUN npm ci", text), "{text}");
        }
        assert!(means("COPY . .", "COPY --chown=node:node . ."));
        assert!(means("RUN", "RUN anything"));
    }
}
