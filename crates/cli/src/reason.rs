//! Sentences for reasons and notes.

use report::{
    Diagnostic, Evidence, FileDifference, Note, Reason, Report, StepState, StepView, Value, VariableKind, human_size,
};

/// What happened to a step, in a word.
pub fn state(state: StepState) -> &'static str {
    match state {
        StepState::Cached => "CACHED",
        StepState::Ran => "ran",
        StepState::Failed => "FAILED",
        StepState::NotReached => "not reached",
        StepState::NotNeeded => "not needed",
    }
}

/// Why a step ran; empty where there is nothing to say.
pub fn sentence(report: &Report, step: &StepView) -> String {
    let Some(reason) = &step.reason else {
        return String::new();
    };
    let name = |index: &usize| report.steps.get(*index).map_or("the step before it", |step| &step.name).to_owned();
    let value = |value: &Option<String>| value.as_ref().map_or("not set".to_owned(), |value| format!("{value:?}"));
    match reason {
        Reason::New => "no build before had this step".to_owned(),
        Reason::FileChanged { path, how, others, stage } => {
            let from = stage.as_ref().map(|stage| format!(" of {stage}")).unwrap_or_default();
            let more = match others {
                0 => String::new(),
                1 => ", and 1 more file".to_owned(),
                n => format!(", and {n} more files"),
            };
            format!("`{path}`{from} {}{more}", difference(*how))
        }
        Reason::CommandChanged { before, after } => {
            format!("the command changed from `{before}` to `{after}`")
        }
        Reason::SourcesChanged { before, after } => {
            format!("it copies `{}`, no longer `{}`", after.join(" "), before.join(" "))
        }
        Reason::DestinationChanged { before, after } => {
            format!("the destination changed from `{before}` to `{after}`")
        }
        Reason::FlagChanged { flag, before, after } => {
            format!("{flag} changed from {} to {}", value(before), value(after))
        }
        Reason::HeredocChanged => "the heredoc's text changed".to_owned(),
        Reason::VariableChanged { by, name, before, after } => {
            let by = match by {
                VariableKind::Env => "ENV",
                VariableKind::Arg => "ARG",
            };
            format!("{by} {name} changed from {} to {}", value(before), value(after))
        }
        Reason::VariablesReordered => "the variables come in another order".to_owned(),
        Reason::WorkdirChanged { before, after } => {
            format!("the working directory changed from `{before}` to `{after}`")
        }
        Reason::UserChanged { before, after } => {
            let user = |name: &str| if name.is_empty() { "none given".to_owned() } else { format!("`{name}`") };
            format!("the user changed from {} to {}", user(before), user(after))
        }
        Reason::ShellChanged { before, after } => format!("SHELL changed from `{before}` to `{after}`"),
        Reason::BaseChanged { before, after } => {
            format!("the base image changed from {before} to {after}")
        }
        Reason::ParentRan { step } => format!("{} ran", name(step)),
        Reason::ParentChanged { step } => format!("it follows another step now: {}", name(step)),
        Reason::NoCache => "the cache is switched off".to_owned(),
        Reason::FailedBefore => "it failed in the build before".to_owned(),
        Reason::StageNotNeeded => "the target does not need its stage".to_owned(),
    }
}

fn difference(how: FileDifference) -> &'static str {
    match how {
        FileDifference::Content => "changed",
        FileDifference::Mode => "has another mode",
        FileDifference::Owner => "has another owner",
        FileDifference::Added => "is new",
        FileDifference::Removed => "is gone",
        FileDifference::Kind => "is of another kind or points elsewhere",
    }
}

/// What the simulation leaves out.
pub fn note(note: &Note) -> String {
    match note {
        Note::UnknownCommand { name } => format!("unknown command `{name}`: counted as 0 B, 1 s"),
        Note::NotModelled { what } => format!("not modelled: {what}"),
        Note::MoreThanStated { bytes } => format!("more was computed than the {} that are stated", human_size(*bytes)),
        Note::Unchecked { what } => format!("cannot be checked, taken as right: {what}"),
        Note::OutOfPlace { why } => format!("out of place in a container: {why}"),
        Note::Compressed => "a compressed size may differ by some bytes".to_owned(),
        Note::TypicalSize { what, bytes } => format!("size not measured: {what} counted as {}", human_size(*bytes)),
        Note::MayBeThere { what } => format!("not known whether it is there, taken as there: {what}"),
        Note::OtherRelease { release, counted_as } => {
            format!("size not measured: packages of {release} counted as {counted_as} has them")
        }
        Note::OtherVersion { tool, version, counted_as } => {
            format!("not measured: {tool} {version} counted as {tool} {counted_as}")
        }
        Note::DerivedDownload { image, bytes } => {
            format!("compressed size of {image} not known: {} derived from its unpacked size", human_size(*bytes))
        }
        Note::WritesNothing { what } => format!("no model: `{what}` taken to write nothing"),
        Note::FactsMissing { table } => format!("the facts about {table} packages are missing: counted as 0 B"),
        Note::Limit { what } => format!("stopped at a limit of the simulator: {what}"),
    }
}

/// What is wrong where Docker says nothing.
pub fn problem(diagnostic: &Diagnostic) -> String {
    let argument = diagnostic.args.first().map(|(_, value)| match value {
        Value::Text(text) => text.clone(),
        Value::Count(number) | Value::Bytes(number) => number.to_string(),
    });
    let argument = argument.unwrap_or_default();
    match diagnostic.code {
        "statement-misplaced" => "a comment `# layerlab:` counts right above a RUN only: put it there".to_owned(),
        "statement-empty" => {
            "state what the RUN adds or how long it takes: `# layerlab: adds=45MB time=12s`".to_owned()
        }
        "statement-path-alone" => "`at=` says where the bytes of `adds=` are: state these too".to_owned(),
        "statement-unknown-key" => format!("`{argument}` is none of adds=, time= and at="),
        "statement-repeated" => format!("`{argument}=` is stated twice"),
        "statement-size-invalid" => {
            format!("`{argument}` is no size: write a number with B, kB, MB, GB, KiB, MiB or GiB, as in 45MB")
        }
        "statement-time-invalid" => format!("`{argument}` is no time: write a number with ms, s, m or h, as in 1m30s"),
        "statement-path-invalid" => format!("`{argument}` is no absolute path of a file"),
        "ignore-pattern" => {
            format!(".dockerignore, line {argument}: {}", diagnostic.docker.as_deref().unwrap_or_default())
        }
        code => diagnostic.docker.clone().unwrap_or_else(|| code.to_owned()),
    }
}

/// What an estimate rests on.
pub fn evidence(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::DebianPackages => "Debian 12's package indexes and measured installs",
        Evidence::AlpinePackages => "package sizes that apk prints",
        Evidence::NpmInstalls => "measured npm installs",
        Evidence::PipInstalls => "measured pip installs",
        Evidence::GoBuilds => "published sizes of Go programs",
        Evidence::TypicalSize => "a typical size",
        Evidence::BaseImage => "the base image's compressed size",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_names_its_cause() {
        let file = |how, others, stage: Option<&str>| Reason::FileChanged {
            path: "src/a.js".to_owned(),
            how,
            others,
            stage: stage.map(str::to_owned),
        };
        let text = |name: &str| name.to_owned();
        for (reason, expected) in [
            (file(FileDifference::Content, 0, None), "`src/a.js` changed"),
            (file(FileDifference::Added, 1, None), "`src/a.js` is new, and 1 more file"),
            (file(FileDifference::Mode, 2, Some("build")), "`src/a.js` of build has another mode, and 2 more files"),
            (
                Reason::VariableChanged {
                    by: VariableKind::Arg,
                    name: text("V"),
                    before: None,
                    after: Some(text("1")),
                },
                "ARG V changed from not set to \"1\"",
            ),
            (Reason::ParentRan { step: 9 }, "the step before it ran"),
        ] {
            let step = StepView { reason: Some(reason), ..step() };
            assert_eq!(sentence(&Report::default(), &step), expected);
        }
    }

    fn step() -> StepView {
        StepView {
            id: String::new(),
            stage: 0,
            name: String::new(),
            text: String::new(),
            range: report::TextRange::default(),
            line: 1,
            state: StepState::Ran,
            marked: false,
            reason: None,
            bytes: 0,
            bytes_basis: report::Basis::Exact,
            ms: 0,
            start_ms: 0,
            timing: report::StepTiming::default(),
            evidence: Vec::new(),
            notes: Vec::new(),
            programs: report::Programs::default(),
            output: Vec::new(),
            key: Vec::new(),
            inputs: Vec::new(),
            reads_context: false,
            images: Vec::new(),
            files: report::StepFiles::default(),
        }
    }
}
