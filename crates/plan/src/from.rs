//! FROM lines and the arguments that they see.

use dockerfile::{Body, Dockerfile};
use source::Diagnostic;

use crate::stages::{error, find_stage};
use crate::{Base, Environment, Expander, FromLine, Plan, PlanOptions, Unset, resolve};

/// The platform that everything is built for and on.
const PLATFORM: [(&str, &str); 5] =
    [("PLATFORM", "linux/amd64"), ("OS", "linux"), ("OSVERSION", ""), ("ARCH", "amd64"), ("VARIANT", "")];

/// The automatic arguments and those before the first FROM: as this build has them, and with the defaults alone.
pub(crate) fn global_arguments(
    file: &Dockerfile,
    options: &PlanOptions<'_>,
    plan: &mut Plan,
) -> Result<(Environment, Option<Environment>), Diagnostic> {
    let given =
        |name: &str| options.build_args.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let expander = Expander::new(file.escape);
    let (mut globals, mut defaults) = (Environment::default(), Some(Environment::default()));
    for side in ["BUILD", "TARGET"] {
        for (part, value) in PLATFORM {
            let name = format!("{side}{part}");
            globals.set(&name, given(&name).unwrap_or(value));
            if let Some(defaults) = &mut defaults {
                defaults.set(&name, value);
            }
        }
    }
    let stage = options.target.filter(|target| !target.is_empty()).unwrap_or("default");
    globals.set("TARGETSTAGE", given("TARGETSTAGE").unwrap_or(stage));
    if let Some(defaults) = &mut defaults {
        defaults.set("TARGETSTAGE", stage);
    }
    for (index, instruction) in file.instructions.iter().enumerate() {
        let Body::Arg(declarations) = &instruction.body else {
            break;
        };
        for declaration in declarations {
            let name = &declaration.name.text;
            let default = declaration.default.as_ref().map(|word| word.text.as_str());
            if let Some(value) = given(name) {
                globals.set(name, value);
            } else if let Some(text) = default {
                let value = expander.expand(text, &globals).map_err(|message| error(message, instruction.range))?;
                globals.set(name, &value.text);
            }
            defaults = defaults.and_then(|mut defaults| match default {
                None => Some(defaults),
                Some(text) => expander.expand(text, &defaults).ok().map(|value| {
                    defaults.set(name, &value.text);
                    defaults
                }),
            });
        }
        if let Some(done) = plan.dispatched.get_mut(index) {
            *done = true;
        }
    }
    Ok((globals, defaults))
}

/// Expands the FROM lines and finds the stages that they build on.
pub(crate) fn from_lines(
    file: &Dockerfile,
    expander: &Expander,
    globals: &Environment,
    defaults: Option<&Environment>,
    plan: &mut Plan,
) -> Result<(), Diagnostic> {
    let mut by_default = defaults;
    for stage in &plan.stages {
        let Some(instruction) = file.instructions.get(stage.instructions.start) else {
            continue;
        };
        let Body::From(from) = &instruction.body else {
            continue;
        };
        // the check stops at the first FROM that the defaults alone do not make sense of
        let expanded = by_default.map(|defaults| expander.expand(&from.image.text, defaults));
        by_default = by_default.filter(|_| matches!(expanded, Some(Ok(_))));
        let invalid = expanded.and_then(Result::ok).is_some_and(|name| catalog::Reference::parse(&name.text).is_err());
        plan.from_lines.push(FromLine {
            instruction: stage.instructions.start,
            invalid_by_default: invalid,
            platform: None,
        });
    }
    for index in 0..plan.stages.len() {
        let Some(at) = plan.stages.get(index).map(|stage| stage.instructions.start) else {
            continue;
        };
        let Some(instruction) = file.instructions.get(at) else {
            continue;
        };
        let Body::From(from) = &instruction.body else {
            continue;
        };
        let fail = |message: String| error(message, instruction.range);
        if let Some(done) = plan.dispatched.get_mut(at) {
            *done = true;
        }
        let name = expander.expand(&from.image.text, globals).map_err(fail)?;
        unset_in_from(&name.unset, at, globals, plan);
        if name.text.is_empty() {
            return Err(fail(format!("base name ({}) should not be blank", from.image.text)));
        }
        if let Some(word) = from.platform.as_ref().filter(|word| !word.text.is_empty()) {
            let platform = expander.expand(&word.text, globals).map_err(|message| {
                fail(format!("failed to process arguments for platform {}: {message}", word.text))
            })?;
            unset_in_from(&platform.unset, at, globals, plan);
            if let Some(line) = plan.from_lines.get_mut(index) {
                line.platform = Some((platform.text.clone(), platform.set.clone()));
            }
            let suggestion = || {
                platform
                    .unset
                    .iter()
                    .find_map(|name| suggest(name, globals))
                    .map_or(String::new(), |meant| format!(" (did you mean {meant}?)"))
            };
            if platform.text.is_empty() {
                return Err(fail(format!("empty platform value from expression {}{}", word.text, suggestion())));
            }
            resolve::check_platform(&platform.text).map_err(|message| {
                fail(format!("failed to parse platform {}: {message}{}", platform.text, suggestion()))
            })?;
        }
        let base = match find_stage(&name.text, plan.stages.get(..index).unwrap_or_default()) {
            Some(stage) => Base::Stage(stage),
            None if name.text == "scratch" => Base::Scratch,
            // looked up once it is known which stages are needed
            None => Base::Image(crate::BaseImage::unresolved(name.text)),
        };
        if let Some(stage) = plan.stages.get_mut(index) {
            stage.base = base;
        }
    }
    Ok(())
}

fn suggest(name: &str, environment: &Environment) -> Option<String> {
    let names: Vec<&str> = environment.names().collect();
    dockerfile::suggest(name, &names).map(str::to_string)
}

fn unset_in_from(names: &[String], instruction: usize, globals: &Environment, plan: &mut Plan) {
    for name in names {
        let suggestion = suggest(name, globals);
        plan.unset.push(Unset { name: name.clone(), instruction, in_from: true, suggestion });
    }
}
