//! `turbo prune`: the part of a monorepo that a package needs, in a folder of its own.

use filesystem::{Cred, Kind};

use crate::process::{Machine, Process};

use super::super::estimate::estimated;

/// Lock files, which lie at the top of what is pruned.
const LOCK_FILES: [&str; 4] = ["yarn.lock", "package-lock.json", "pnpm-lock.yaml", "bun.lockb"];
/// Folders that are left out.
const LEFT_OUT: [&str; 4] = ["node_modules", "out", ".git", ".turbo"];

/// Copies the workspaces to `out`, with `--docker` the manifests to `out/json` and all to `out/full`. Which workspaces the
/// package needs is not looked up: all are taken.
pub fn prune(machine: &mut Machine, process: &Process, docker: bool) -> i32 {
    estimated(machine);
    let cwd = process.cwd.trim_end_matches('/').to_string();
    let root = Cred::root();
    let files: Vec<(String, filesystem::Content, u32)> = machine
        .fs
        .walk(&cwd)
        .into_iter()
        .filter_map(|(path, stat)| {
            let inside = path.strip_prefix(&format!("{cwd}/"))?.to_string();
            let Kind::File(content) = stat.kind else { return None };
            let kept = !inside.split('/').any(|part| LEFT_OUT.contains(&part));
            kept.then(|| (inside, content.clone(), stat.attr.mode))
        })
        .collect();
    for (inside, content, mode) in files {
        let name = inside.rsplit('/').next().unwrap_or_default();
        let lock = LOCK_FILES.contains(&inside.as_str());
        let manifest = name == "package.json" || inside == "pnpm-workspace.yaml" || inside == ".npmrc";
        let mut targets = Vec::new();
        if docker {
            targets.extend(lock.then(|| format!("{cwd}/out/{inside}")));
            targets.extend((manifest || lock).then(|| format!("{cwd}/out/json/{inside}")));
            targets.push(format!("{cwd}/out/full/{inside}"));
        } else {
            targets.push(format!("{cwd}/out/{inside}"));
        }
        for target in targets {
            let folder = target.rsplit_once('/').map_or("/", |(folder, _)| folder).to_string();
            let made = machine.fs.mkdir_all(&folder, 0o755, &process.cred);
            let put = made.and_then(|()| machine.fs.write(&target, content.clone(), mode, &process.cred));
            if let Err(errno) = put {
                process.err(machine, &format!("  x {target}: {errno}\n"));
                return 1;
            }
        }
        machine.charge_write(content.size());
    }
    i32::from(machine.fs.stat(&format!("{cwd}/out"), true, &root).is_err())
}
