//! The variables that are set at a place of a Dockerfile, worked out as the build does: what stands before it is planned.

use catalog::Catalog;
use dockerfile::parse;
use plan::{Environment, Plan, PlanOptions};

use crate::view::Options;

/// The variables at a place.
pub(crate) struct Scope {
    /// Those that an instruction there is expanded with.
    pub(crate) here: Environment,
    /// Those that FROM is expanded with, and that an ARG without a default takes its value from.
    pub(crate) global: Environment,
}

/// The variables for an instruction that begins at `offset`, which is where an instruction begins or the text ends.
pub(crate) fn scope(text: &str, offset: usize, options: &Options, catalog: &Catalog) -> Scope {
    let before = text.get(..offset).unwrap_or_default();
    let plan = plan_of(&format!("{before}\nRUN :\n"), options, catalog);
    let last = plan.stages.last().and_then(|stage| stage.steps.last());
    match last {
        Some(step) if plan.error.is_none() => Scope { here: step.environment.clone(), global: plan.global },
        _ => {
            let global = plan_of(&format!("{before}\nFROM scratch\n"), options, catalog).global;
            Scope { here: global.clone(), global }
        }
    }
}

fn plan_of(text: &str, options: &Options, catalog: &Catalog) -> Plan {
    let build_args: Vec<(String, String)> =
        options.build_args.iter().filter_map(|(name, value)| Some((name.clone(), value.clone()?))).collect();
    let options = PlanOptions {
        build_args: &build_args,
        target: None,
        platform: &options.platform,
        catalog,
        all_stages: false,
        link: false,
        ignore_error: None,
    };
    plan::plan(&parse(text), &options)
}
