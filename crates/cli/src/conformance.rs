//! `layerlab conformance`: agreement with recorded builds of a real engine.

mod case;
mod compare;
mod facts;
mod print;
mod run;
mod traces;

use std::path::Path;

pub use case::{file_of_text, parse_files};

use crate::Answer;
use crate::arguments::{Argument, Arguments, Format};
use crate::catalogs::read_catalog;

pub const HELP: &str = "\
Runs recorded cases (NAME.toml with NAME.json beside it, the format is in tests/conformance/README.md) and prints how
far the simulator agrees with the recorded engine. Base images are read from the folder `bases` beside DIR. The exit
status is 0 only where all agree.

Usage: layerlab conformance [OPTIONS] DIR

Options:
  --case NAME          only this case; can be given several times
  --area AREA          only the cases of this area; can be given several times
  --reasons            instead: why each step of a second or later build ran
  --format text|json   json: {\"cases\", \"measures\": {name: {\"agree\", \"total\"}},
                       \"disagreements\": [{\"case\", \"build\", \"measure\", \"expected\", \"actual\"}]}
";

pub fn run(arguments: &[String]) -> Result<Answer, String> {
    let mut arguments = Arguments::new(arguments);
    let (mut format, mut folder) = (Format::Text, None);
    let (mut names, mut areas) = (Vec::new(), Vec::new());
    let mut reasons = false;
    while let Some(argument) = arguments.next() {
        match argument {
            Argument::Flag("--format", given) => format = Format::parse(arguments.value("--format", given)?)?,
            Argument::Flag("--case", given) => names.push(arguments.value("--case", given)?),
            Argument::Flag("--area", given) => areas.push(arguments.value("--area", given)?),
            Argument::Flag("--reasons", given) => reasons = Arguments::switch("--reasons", given)?,
            Argument::Flag(flag, _) => return Err(format!("unknown option {flag}\n\n{HELP}")),
            Argument::Value(value) if folder.is_none() => folder = Some(Path::new(value)),
            Argument::Value(value) => {
                return Err(format!("one folder at a time: what is `{value}`?"));
            }
        }
    }
    let folder = folder.ok_or_else(|| format!("no folder given\n\n{HELP}"))?;
    let mut cases = case::read_cases(folder)?;
    cases.retain(|case| names.is_empty() || names.contains(&case.name.as_str()));
    cases.retain(|case| areas.is_empty() || areas.contains(&case.area.as_str()));
    if cases.is_empty() {
        return Err(format!("{}: no such case. A case is two files, NAME.toml and NAME.json", folder.display()));
    }
    let root = folder.canonicalize().map_err(|error| format!("{}: {error}", folder.display()))?;
    let catalog = read_catalog(&root.parent().unwrap_or(&root).join("bases"), false)?;
    if reasons {
        let texts: Result<Vec<String>, String> = cases.iter().map(|case| print::reasons(case, &catalog)).collect();
        return Ok(Answer { text: texts?.concat(), ok: true });
    }
    let mut results = Vec::new();
    for case in &cases {
        results.extend(run::run_case(case, &catalog)?);
    }
    let text = match format {
        Format::Json => format!("{:#}\n", print::as_json(cases.len(), &results)),
        Format::Text => print::as_text(cases.len(), &results),
    };
    Ok(Answer { text, ok: results.iter().all(|result| result.disagreement.is_none()) })
}
