//! Stages: FROM lines, targets, what needs what (BuildKit's `dockerfile2llb/convert.go`).

use std::collections::BTreeSet;

use dockerfile::{Body, Dockerfile, Instruction};
use source::{Diagnostic, Severity, TextRange};

use crate::dispatch::{self, Noted, State, Tables};
use crate::from::{from_lines, global_arguments};
use crate::triggers::{Triggers, triggers};
use crate::{Base, Environment, Expander, Plan, PlanOptions, Settings, Source, Stage, resolve};
use catalog::ImageConfig;

/// The PATH of an image that has none.
pub(crate) const DEFAULT_PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// An error at a place of the source, in Docker's words.
pub(crate) fn error(message: String, range: TextRange) -> Diagnostic {
    Diagnostic { code: "build-error", severity: Severity::Error, docker: Some(message), args: Vec::new(), range }
}

/// An error of the finished graph: it comes after all that is said of the Dockerfile.
fn of_the_graph(message: &str) -> Diagnostic {
    Diagnostic { code: GRAPH_ERROR, ..error(message.into(), TextRange::default()) }
}

/// The code of an error that comes after the checks: what is wrong with the graph, not with the Dockerfile.
pub const GRAPH_ERROR: &str = "graph-error";

pub(crate) fn plan(file: &Dockerfile, options: &PlanOptions<'_>) -> Plan {
    let mut plan =
        Plan { dispatched: vec![false; file.instructions.len()], stages: skeletons(file), ..Plan::default() };
    // the build argument takes the place of the directive, which is then not even read
    let replaced = options.build_args.iter().any(|(name, _)| name == "BUILDKIT_DOCKERFILE_CHECK");
    plan.error = file.errors.iter().find(|error| !(replaced && error.code == "check-options-invalid")).cloned();
    if plan.error.is_none() {
        plan.error = resolve_stages(file, options, &mut plan).err();
    }
    plan
}

/// The stages as far as the text alone tells.
fn skeletons(file: &Dockerfile) -> Vec<Stage> {
    let mut stages: Vec<Stage> = Vec::new();
    for (index, instruction) in file.instructions.iter().enumerate() {
        if let Body::From(from) = &instruction.body {
            let name = from.name.as_ref().map(|(_, name)| name.text.to_lowercase());
            stages.push(Stage {
                index: stages.len(),
                label: name.clone().unwrap_or_else(|| format!("stage-{}", stages.len())),
                name,
                instructions: index..index + 1,
                range: instruction.range,
                base: Base::Invalid,
                needed: false,
                steps: Vec::new(),
                config: ImageConfig::default(),
                settings: Settings::new(),
                history: Vec::new(),
            });
        } else if let Some(stage) = stages.last_mut() {
            stage.instructions.end = index + 1;
            stage.range = stage.range.cover(instruction.range);
        }
    }
    stages
}

fn resolve_stages(file: &Dockerfile, options: &PlanOptions<'_>, plan: &mut Plan) -> Result<(), Diagnostic> {
    let expander = Expander::new(file.escape);
    let (globals, defaults) = global_arguments(file, options, plan)?;
    plan.global = globals.clone();
    from_lines(file, &expander, &globals, defaults.as_ref(), plan)?;
    let target = find_target(options.target, &plan.stages)?;
    plan.target = Some(target);
    let sources = find_sources(file, &plan.stages)?;
    let mut needs = dependencies(&plan.stages, &sources);
    // a circle that leads through a FROM comes to light only where the COPY in it is planned
    check_cycles(&plan.stages, &needs)?;
    for (stage, needs) in plan.stages.iter().zip(&mut needs) {
        if let Base::Stage(base) = stage.base {
            needs.insert(base);
        }
    }
    let pseudo = sources.iter().flatten().any(|named| named.makes_a_stage);
    if let ([only], false) = (plan.stages.as_mut_slice(), pseudo) {
        only.label = String::new();
    }
    find_images(file, options, &sources, plan)?;
    let triggers = triggers(file, &plan.stages, target, &mut needs)?;
    let needed = reachable(target, &needs);
    for stage in &mut plan.stages {
        stage.needed = needed.contains(&stage.index);
    }
    let bases = plan.stages.iter().filter(|stage| stage.needed).filter_map(|stage| match &stage.base {
        Base::Image(base) => base.wanted.clone(),
        _ => None,
    });
    let missing: BTreeSet<String> = plan.missing_images.iter().cloned().chain(bases).collect();
    plan.missing_images = missing.into_iter().collect();
    if let Some(message) = &options.ignore_error {
        return Err(error(message.clone(), TextRange::default()));
    }
    dispatch_stages(file, options, &globals, &sources, &triggers, plan)
}

/// The last stage of a name: names are kept in lower case, and looked up as they are written.
pub(crate) fn find_stage(name: &str, stages: &[Stage]) -> Option<usize> {
    stages.iter().rev().find(|stage| stage.name.as_deref() == Some(name)).map(|stage| stage.index)
}

fn find_target(target: Option<&str>, stages: &[Stage]) -> Result<usize, Diagnostic> {
    let wanted = target.unwrap_or_default();
    if wanted.is_empty() {
        return stages
            .last()
            .map(|stage| stage.index)
            .ok_or_else(|| error("dockerfile contains no stages to build".into(), TextRange::default()));
    }
    find_stage(&wanted.to_lowercase(), stages).ok_or_else(|| {
        let names: Vec<&str> = stages.iter().filter_map(|stage| stage.name.as_deref()).collect();
        let meant =
            dockerfile::suggest(wanted, &names).map(|name| format!(" (did you mean {name}?)")).unwrap_or_default();
        error(format!("target stage {} could not be found{meant}", crate::go_quote(wanted)), TextRange::default())
    })
}

/// Where a COPY --from or a mount takes from, as the text says it.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub(crate) text: String,
    pub(crate) source: Source,
    /// Whether BuildKit counts it as a stage of its own: a lone stage is then shown with its name.
    pub(crate) makes_a_stage: bool,
}

/// For each instruction, what it takes from: one entry for COPY --from, one for each mount of a RUN.
fn find_sources(file: &Dockerfile, stages: &[Stage]) -> Result<Vec<Vec<Named>>, Diagnostic> {
    file.instructions.iter().map(|instruction| sources_of(instruction, stages)).collect()
}

/// What one instruction takes from.
pub(crate) fn sources_of(instruction: &Instruction, stages: &[Stage]) -> Result<Vec<Named>, Diagnostic> {
    let mut sources = Vec::new();
    let by_name = |name: &str| match find_stage(&name.to_lowercase(), stages) {
        Some(stage) => Named { text: name.into(), source: Source::Stage(stage), makes_a_stage: false },
        None if name == "scratch" => Named { text: name.into(), source: Source::Empty, makes_a_stage: true },
        None => Named {
            text: name.into(),
            source: Source::Image(crate::BaseImage::unresolved(name.into())),
            makes_a_stage: true,
        },
    };
    match &instruction.body {
        Body::Copy(copy) => {
            let Some(from) = copy.from.as_ref().filter(|from| !from.text.is_empty()) else {
                return Ok(sources);
            };
            sources.push(match from.text.parse::<i64>() {
                Err(_) => by_name(&from.text),
                Ok(number) => match usize::try_from(number).ok().filter(|&n| n < stages.len()) {
                    Some(stage) => {
                        Named { text: from.text.clone(), source: Source::Stage(stage), makes_a_stage: false }
                    }
                    None => {
                        return Err(error(format!("invalid stage index {number}"), instruction.range));
                    }
                },
            });
        }
        Body::Run(run) => {
            for flag in &run.mount_flags {
                // a flag that makes no sense is reported where its step is planned
                let mount = dockerfile::parse_mount(flag, &mut |value| Ok(value.to_string()));
                let from = mount.ok().and_then(|mount| mount.from);
                sources.push(match from.as_deref() {
                    None | Some("") => Named { text: String::new(), source: Source::Context, makes_a_stage: true },
                    Some(name) => by_name(name),
                });
            }
        }
        _ => {}
    }
    Ok(sources)
}

/// For each stage, the stages that it takes files from.
fn dependencies(stages: &[Stage], sources: &[Vec<Named>]) -> Vec<BTreeSet<usize>> {
    stages
        .iter()
        .map(|stage| {
            let named = sources.get(stage.instructions.clone()).unwrap_or_default().iter().flatten();
            named
                .filter_map(|named| match named.source {
                    Source::Stage(stage) => Some(stage),
                    _ => None,
                })
                .collect()
        })
        .collect()
}

fn check_cycles(stages: &[Stage], needs: &[BTreeSet<usize>]) -> Result<(), Diagnostic> {
    // depth first with a stack of its own: a file may have very many stages
    let mut done = BTreeSet::new();
    for stage in stages {
        let mut path: Vec<(usize, Vec<usize>)> = Vec::new();
        let open = |at: usize| (at, needs.get(at).map(|n| n.iter().copied().collect()).unwrap_or_default());
        if !done.contains(&stage.index) {
            path.push(open(stage.index));
        }
        while let Some((at, rest)) = path.last_mut() {
            let at = *at;
            match rest.pop() {
                None => {
                    done.insert(at);
                    path.pop();
                }
                Some(next) if path.iter().any(|(on_path, _)| *on_path == next) => {
                    let range = stages.get(at).map(|stage| stage.range).unwrap_or_default();
                    let name = stages.get(stage.index).map(|s| s.label.clone()).unwrap_or_default();
                    return Err(error(format!("circular dependency detected on stage: {name}"), range));
                }
                Some(next) if done.contains(&next) => {}
                Some(next) => path.push(open(next)),
            }
        }
    }
    Ok(())
}

pub(crate) fn reachable(target: usize, needs: &[BTreeSet<usize>]) -> BTreeSet<usize> {
    let mut found = BTreeSet::from([target]);
    let mut open = vec![target];
    while let Some(stage) = open.pop() {
        for &next in needs.get(stage).into_iter().flatten() {
            if found.insert(next) {
                open.push(next);
            }
        }
    }
    found
}

/// Looks the images up, those of stages that are not needed too: their names must be valid.
fn find_images(
    file: &Dockerfile,
    options: &PlanOptions<'_>,
    sources: &[Vec<Named>],
    plan: &mut Plan,
) -> Result<(), Diagnostic> {
    let refuse = |name: &str, why: catalog::ReferenceError, range| {
        error(format!("failed to parse stage name {}: {why}", crate::go_quote(name)), range)
    };
    let mut missing = BTreeSet::new();
    for stage in &mut plan.stages {
        let Base::Image(base) = &mut stage.base else {
            continue;
        };
        let range = file.instructions.get(stage.instructions.start).map(|i| i.range).unwrap_or_default();
        let name = base.reference.path.clone();
        *base = resolve::image(&name, options.catalog).map_err(|why| refuse(&name, why, range))?;
    }
    for (instruction, named) in file.instructions.iter().zip(sources) {
        for named in named {
            let Source::Image(_) = &named.source else {
                continue;
            };
            if named.text.contains('$') {
                return Err(error(
                    "variable expansion is not supported for --from, define a new stage with FROM using ARG from \
                     global scope as a workaround"
                        .into(),
                    instruction.range,
                ));
            }
            let image = resolve::image(&named.text, options.catalog)
                .map_err(|why| refuse(&named.text, why, instruction.range))?;
            missing.extend(image.wanted);
        }
    }
    plan.missing_images = missing.into_iter().collect();
    Ok(())
}

/// Runs through the instructions of the stages that are needed, in the order of the file.
fn dispatch_stages(
    file: &Dockerfile,
    options: &PlanOptions<'_>,
    globals: &Environment,
    sources: &[Vec<Named>],
    triggers: &Triggers,
    plan: &mut Plan,
) -> Result<(), Diagnostic> {
    let mut states: Vec<Option<State>> = vec![None; plan.stages.len()];
    let mut tables = Tables::default();
    let mut host_network = false;
    let mut noted = Noted::default();
    for index in 0..plan.stages.len() {
        let Some(stage) = plan.stages.get(index).filter(|stage| stage.needed || options.all_stages).cloned() else {
            continue;
        };
        let parent = match stage.base {
            Base::Stage(base) => states.get(base).cloned().flatten(),
            _ => None,
        };
        let mut state = State::open(&stage, parent, file.escape);
        tables.open(state.shared, &mut state.config);
        let result = dispatch::stage(
            file,
            options,
            globals,
            sources,
            triggers,
            &stage,
            &mut state,
            &mut noted,
            &mut plan.dispatched,
        );
        plan.unset.append(&mut noted.unset);
        plan.words.append(&mut state.words);
        host_network |= state.host_network;
        if let Some(stage) = plan.stages.get_mut(index) {
            stage.steps = std::mem::take(&mut state.steps);
            stage.history = std::mem::take(&mut state.history);
            stage.config = state.config.clone();
            stage.settings = std::mem::take(&mut state.settings);
        }
        result?;
        tables.close(state.shared, &state.config);
        if let Some(slot) = states.get_mut(index) {
            *slot = Some(state);
        }
    }
    // `llb/exec.go`: an operation is held to this when the graph is written down
    let is_empty =
        |step: &crate::Step| matches!(&step.operation, crate::Operation::Run(run) if run.arguments.is_empty());
    if !options.all_stages && plan.stages.iter().any(|stage| stage.needed && stage.steps.iter().any(is_empty)) {
        return Err(of_the_graph("failed to marshal LLB definition: arguments are required"));
    }
    if host_network {
        return Err(of_the_graph("failed to load LLB: network.host is not allowed"));
    }
    Ok(())
}
