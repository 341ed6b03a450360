//! npm prune: takes the development packages out of node_modules.

use crate::process::{Machine, Process};

use super::estimate::estimated;
use super::json::Json;

/// Removes what the lock file marks as for development, or, without one, what the manifest names so. Without `production`
/// only packages that nothing names would go, and an install leaves none.
pub fn prune(
    machine: &mut Machine,
    process: &Process,
    lock: Option<&Json>,
    manifest: Option<&Json>,
    production: bool,
) -> i32 {
    estimated(machine);
    let mut places: Vec<String> = Vec::new();
    if production {
        match lock.and_then(|lock| lock.get("packages")) {
            Some(packages) => {
                let for_development = |package: &Json| {
                    ["dev", "devOptional"].iter().any(|key| package.get(key).is_some_and(Json::is_true))
                };
                let marked = packages.entries().iter().filter(|(_, package)| for_development(package));
                places.extend(marked.map(|(place, _)| place.clone()));
            }
            None => {
                let named =
                    manifest.and_then(|manifest| manifest.get("devDependencies")).map_or(&[][..], Json::entries);
                places.extend(named.iter().map(|(name, _)| format!("node_modules/{name}")));
            }
        }
    }
    let removed =
        places.iter().filter(|place| machine.fs.remove_all(&process.path(place), &process.cred).is_ok()).count();
    process.out(machine, &format!("\nremoved {removed} packages\n"));
    0
}
