use implicit_clone::unsync::IString;
use report::{Evidence, FileDifference, Note, Reason, StepView, VariableKind};

use super::Locale;

/// The longest piece of a command or value that a sentence quotes, in characters.
const QUOTED: usize = 80;

/// Why a step ran, or is not needed: one sentence that names the cause.
#[must_use]
pub fn reason(locale: &Locale, reason: &Reason, steps: &[StepView]) -> String {
    let step_name = |index: usize| quoted(steps.get(index).map_or("?", |step| step.name.as_str()));
    let text = match reason {
        Reason::New => locale.t("reason-new"),
        Reason::FileChanged { path, how, others, stage } => {
            let name = match how {
                FileDifference::Content => "reason-file-content",
                FileDifference::Mode => "reason-file-mode",
                FileDifference::Owner => "reason-file-owner",
                FileDifference::Added => "reason-file-added",
                FileDifference::Removed => "reason-file-removed",
                FileDifference::Kind => "reason-file-kind",
            };
            let mut text = locale.f(name, &[("path", path.as_str().into())]).to_string();
            if let Some(stage) = stage {
                text.push_str(&locale.f("reason-file-stage", &[("stage", stage.as_str().into())]));
            }
            if *others > 0 {
                text.push_str(&locale.f("reason-file-others", &[("count", (*others).into())]));
            }
            return text;
        }
        Reason::CommandChanged { before, after } => locale.f("reason-command", &before_after(before, after)),
        Reason::SourcesChanged { before, after } => {
            locale.f("reason-sources", &before_after(&before.join(" "), &after.join(" ")))
        }
        Reason::DestinationChanged { before, after } => locale.f("reason-destination", &before_after(before, after)),
        Reason::FlagChanged { flag, before, after } => changed(locale, FLAG, flag, before, after),
        Reason::HeredocChanged => locale.t("reason-heredoc"),
        Reason::VariableChanged { by, name, before, after } => {
            let by = match by {
                VariableKind::Env => "ENV",
                VariableKind::Arg => "ARG",
            };
            changed(locale, VARIABLE, &format!("{by} {name}"), before, after)
        }
        Reason::VariablesReordered => locale.t("reason-variables-reordered"),
        Reason::WorkdirChanged { before, after } => locale.f("reason-workdir", &before_after(before, after)),
        Reason::UserChanged { before, after } => {
            let given = |user: &String| (!user.is_empty()).then(|| user.clone());
            changed(locale, VARIABLE, "USER", &given(before), &given(after))
        }
        Reason::ShellChanged { before, after } => locale.f("reason-shell", &before_after(before, after)),
        Reason::BaseChanged { before, after } => locale.f("reason-base", &before_after(before, after)),
        Reason::ParentRan { step } => locale.f("reason-parent-ran", &[("step", step_name(*step).into())]),
        Reason::ParentChanged { step } => locale.f("reason-parent-changed", &[("step", step_name(*step).into())]),
        Reason::NoCache => locale.t("reason-no-cache"),
        Reason::FailedBefore => locale.t("reason-failed-before"),
        Reason::StageNotNeeded => locale.t("reason-stage-not-needed"),
    };
    text.to_string()
}

/// What the simulation leaves out at a step.
#[must_use]
pub fn note(locale: &Locale, note: &Note) -> String {
    let text = match note {
        Note::UnknownCommand { name } => locale.f("note-unknown-command", &[("name", name.as_str().into())]),
        Note::NotModelled { what } => locale.f("note-not-modelled", &[("what", what.as_str().into())]),
        Note::MoreThanStated { bytes } => locale.f("note-more-than-stated", &[("size", super::bytes(*bytes).into())]),
        Note::Unchecked { what } => locale.f("note-unchecked", &[("what", what.as_str().into())]),
        Note::OutOfPlace { why } => locale.t(match *why {
            "service-manager" => "note-service-manager",
            "reboot" => "note-reboot",
            _ => "note-sudo",
        }),
        Note::Compressed => locale.t("note-compressed"),
        Note::TypicalSize { what, bytes } => {
            let size = super::bytes(*bytes);
            locale.f("note-typical-size", &[("what", what.as_str().into()), ("size", size.into())])
        }
        Note::MayBeThere { what } => locale.f("note-may-be-there", &[("what", what.as_str().into())]),
        Note::OtherRelease { release, counted_as } => {
            locale.f("note-other-release", &[("release", release.as_str().into()), ("counted", (*counted_as).into())])
        }
        Note::OtherVersion { tool, version, counted_as } => locale.f(
            "note-other-version",
            &[("tool", (*tool).into()), ("version", version.as_str().into()), ("counted", counted_as.as_str().into())],
        ),
        Note::DerivedDownload { image, bytes } => {
            let size = super::bytes(*bytes);
            locale.f("note-derived-download", &[("image", image.as_str().into()), ("size", size.into())])
        }
        Note::FactsMissing { table } => locale.f("note-facts-missing", &[("table", (*table).into())]),
        Note::WritesNothing { what } => locale.f("note-writes-nothing", &[("what", what.as_str().into())]),
        Note::Limit { what } => {
            let name = format!("limit-{what}");
            let limit = locale.t(if locale.has(&name) { &name } else { "limit-other" });
            locale.f("note-limit", &[("what", limit.as_str().into())])
        }
    };
    text.to_string()
}

/// What an estimate rests on.
#[must_use]
pub fn evidence(locale: &Locale, evidence: Evidence) -> IString {
    locale.t(match evidence {
        Evidence::DebianPackages => "evidence-debian-packages",
        Evidence::AlpinePackages => "evidence-alpine-packages",
        Evidence::NpmInstalls => "evidence-npm-installs",
        Evidence::PipInstalls => "evidence-pip-installs",
        Evidence::GoBuilds => "evidence-go-builds",
        Evidence::TypicalSize => "evidence-typical-size",
        Evidence::BaseImage => "evidence-base-image",
    })
}

/// The sentences for a thing that has another value, that is new, and that is gone.
type Sentences = [&'static str; 3];
const FLAG: Sentences = ["reason-flag-changed", "reason-flag-new", "reason-flag-gone"];
const VARIABLE: Sentences = ["reason-variable-changed", "reason-variable-new", "reason-variable-gone"];

/// Something with a name that has a value, or none, and had another one.
fn changed(
    locale: &Locale,
    [other, new, gone]: Sentences,
    name: &str,
    before: &Option<String>,
    after: &Option<String>,
) -> IString {
    let sentence = match (before, after) {
        (Some(_), Some(_)) => other,
        (Some(_), None) => gone,
        (None, _) => new,
    };
    let value = |value: &Option<String>| quoted(value.as_deref().unwrap_or_default()).into();
    locale.f(sentence, &[("name", name.to_string().into()), ("before", value(before)), ("after", value(after))])
}

fn before_after(before: &str, after: &str) -> [(&'static str, fluent_bundle::FluentValue<'static>); 2] {
    [("before", quoted(before).into()), ("after", quoted(after).into())]
}

fn quoted(text: &str) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= QUOTED {
        return flat;
    }
    let mut short: String = flat.chars().take(QUOTED).collect();
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_commands_are_quoted_in_part() {
        assert_eq!(quoted("a \\\n  b"), "a \\ b");
        assert_eq!(quoted(&"あ".repeat(200)).chars().count(), QUOTED + 1);
    }
}
