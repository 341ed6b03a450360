//! RUN: mounts are made, the command runs, the mounts are taken away.

use std::rc::Rc;

use dockerfile::{MountKind, Statement};
use filesystem::{Attr, Content, Cred, FileSystem, ImageStore, MountId, MountSource};
use plan::{Mount, Run};

use crate::cache::{CacheStore, Record, record};
use crate::execute::StepError;
use crate::memory::Task;
use crate::process::{Known, RunRequest, Surroundings, attach_runtime, run_mounted};
use crate::{Basis, Measured, World, measured, stated};

/// Where the runtime mounts something in every container.
const MOUNT_POINTS: [&str; 4] = ["/dev", "/etc", "/proc", "/sys"];

/// Runs a command on `files`; a failed one leaves what it printed and how long it took.
pub(crate) fn execute(
    mut files: FileSystem,
    (step, statement, measured): (&Run, Option<&Statement>, Option<&Measured>),
    shown: &[FileSystem],
    known: Known,
    around: Surroundings<'_>,
    world: &World<'_>,
    store: &mut CacheStore,
) -> Result<Record, (StepError, Option<Box<Record>>)> {
    let task = Task::new((step, statement, measured), known, around, world);
    if let Some((record, error)) = task.as_ref().and_then(|task| store.memory.again(task, &mut files)) {
        return finish(Record { files, ..record }, error, world);
    }
    let before = files.clone();
    if task.is_some() {
        files.watch();
    }
    let pairs = step.environment.iter().map(|(name, value)| (name.to_string(), value.to_string()));
    let mut environment: Vec<(String, String)> = pairs.collect();
    environment.extend(step.proxies.iter().cloned());
    let mut attached: Vec<(MountId, Option<String>)> =
        attach_runtime(&mut files, world.profile.cores).into_iter().map(|id| (id, None)).collect();
    // `executor/oci/spec.go`: what lies further down is mounted later
    let mut mounts: Vec<(&Mount, &FileSystem)> = step.mounts.iter().zip(shown).collect();
    mounts.sort_by_key(|(mount, _)| mount.target.split('/').filter(|part| !part.is_empty()).count());
    for (mount, tree) in mounts {
        match attach(&mut files, mount, tree, world, store, &mut environment, &step.arguments) {
            Ok(Some(id)) => attached.push(id),
            Ok(None) => {}
            Err(error) => return Err((error, None)),
        }
    }
    if let Some((name, text)) = &step.script {
        let script = MountSource::File(Content::text(text), attr(0o755, 0, 0, &files));
        if let Ok(id) = files.attach(&format!("/dev/pipes/{name}"), script, true) {
            attached.push((id, None));
        }
    }
    if MOUNT_POINTS.iter().any(|path| files.stat(path, true, &Cred::root()).is_ok_and(|stat| !stat.is_dir())) {
        // the runtime has nowhere to mount to: the container cannot start, and no more is said
        return Err((did_not_complete(&step.arguments, "exit code: 1"), None));
    }
    let mut outcome = run_mounted(
        &mut files,
        &RunRequest {
            argv: &step.arguments,
            env: &environment,
            cwd: &step.directory,
            user: &step.user,
            network: world.network && step.network != "none",
            known,
            profile: world.profile,
            catalog: world.catalog,
        },
        around,
    );
    for (id, cache) in attached.into_iter().rev() {
        if let (Some(tree), Some(cache)) = (files.detach(id), cache) {
            Rc::make_mut(&mut store.mounts).insert(cache, tree);
        }
    }
    let done_well = outcome.start_error.is_none() && outcome.exit == 0;
    let (ms, ms_basis) = stated::time(&outcome.meter, statement.filter(|_| done_well));
    if let Some(statement) = statement.filter(|_| done_well) {
        let given = shown.iter().chain([&before]);
        stated::state_bytes(&mut files, given, step, statement, &mut outcome.meter, Basis::Stated);
    }
    if let Some(bytes) = measured::statement(measured.filter(|_| done_well), statement, outcome.meter.basis) {
        let given = shown.iter().chain([&before]);
        stated::state_bytes(&mut files, given, step, &bytes, &mut outcome.meter, Basis::Measured);
    }
    let work = files.unwatch(&before);
    let mut done = record(&before, files, outcome.log, ms, outcome.meter.basis, outcome.meter.notes);
    done.programs = outcome.meter.programs;
    done.ms_basis = ms_basis;
    done.evidence = outcome.meter.evidence;
    done.statement = statement.cloned();
    let why = outcome.start_error.or_else(|| (outcome.exit != 0).then(|| format!("exit code: {}", outcome.exit)));
    let error = why.map(|why| did_not_complete(&step.arguments, &why));
    if let (Some(task), Some(work)) = (task, work) {
        store.memory.keep(task, work, &done, error.as_ref());
    }
    finish(done, error, world)
}

/// What is left once the container is gone.
fn finish(
    mut done: Record,
    error: Option<StepError>,
    world: &World<'_>,
) -> Result<Record, (StepError, Option<Box<Record>>)> {
    done.runtime_dirs = keep_mount_points(&mut done.files, world.store);
    match error {
        Some(error) => Err((error, Some(Box::new(done)))),
        None => Ok(done),
    }
}

/// The directories that the runtime mounts into stay in the image once a container ran. They are its doing and not the
/// command's: no layer lists them, but a COPY --from of the whole tree takes them along. Gives how many were missing.
fn keep_mount_points(files: &mut FileSystem, store: ImageStore) -> u64 {
    let stays = |path: &&&str| store == ImageStore::Overlay2 || **path != "/etc";
    // one that is there already stays as it is
    MOUNT_POINTS.iter().filter(stays).filter(|path| files.mkdir(path, 0o755, &Cred::root()).is_ok()).count() as u64
}

fn did_not_complete(command: &[String], why: &str) -> StepError {
    let command = plan::go_quote(&command.join(" "));
    StepError::new(format!("process {command} did not complete successfully: {why}"))
}

fn attr(mode: u32, uid: u32, gid: u32, files: &FileSystem) -> Attr {
    Attr { mode, uid, gid, mtime: files.now() }
}

/// Makes a mount; gives it with the id under which a cache's content is kept.
fn attach(
    files: &mut FileSystem,
    mount: &Mount,
    tree: &FileSystem,
    world: &World<'_>,
    store: &CacheStore,
    environment: &mut Vec<(String, String)>,
    command: &[String],
) -> Result<Option<(MountId, Option<String>)>, StepError> {
    // whoever could be asked before was: this is what is mounted without a look
    let missing = || did_not_complete(command, &format!("open {}: no such file or directory", mount.source));
    let part = || tree.subtree(&mount.source).map_err(|_| missing());
    let is_made_for_it = matches!(mount.kind, MountKind::Tmpfs | MountKind::Cache) && mount.from == plan::Source::Empty;
    if is_made_for_it && mount.source != "/" {
        return Err(missing());
    }
    let (source, kept) = match mount.kind {
        MountKind::Bind => (MountSource::Tree(part()?), None),
        MountKind::Tmpfs => (MountSource::Tree(directory(0o1777, 0, 0, files.now())), None),
        MountKind::Cache => {
            let id = if mount.id.is_empty() { mount.target.clone() } else { mount.id.clone() };
            let old = store.mounts.get(&id).filter(|_| !world.no_cache).cloned();
            let content = match old {
                Some(content) => content,
                None if mount.from != plan::Source::Empty => part()?,
                None => {
                    directory(mount.mode.unwrap_or(0o755), mount.uid.unwrap_or(0), mount.gid.unwrap_or(0), files.now())
                }
            };
            (MountSource::Tree(content), Some(id))
        }
        MountKind::Secret => {
            let Some((_, value)) = world.secrets.iter().find(|(id, _)| *id == mount.id) else {
                if mount.required {
                    return Err(StepError::new(format!("secret {}: not found", mount.id)));
                }
                return Ok(None);
            };
            if let Some(name) = &mount.env {
                environment.push((name.clone(), value.clone()));
                if !mount.has_target {
                    return Ok(None);
                }
            }
            let attr = attr(mount.mode.unwrap_or(0o400), mount.uid.unwrap_or(0), mount.gid.unwrap_or(0), files);
            (MountSource::File(Content::text(value), attr), None)
        }
        MountKind::Ssh => {
            if mount.required {
                return Err(StepError::new(format!("unset ssh forward key {}", mount.id)));
            }
            return Ok(None);
        }
    };
    let id = files
        .attach(&mount.target, source, mount.read_only)
        // a file over a directory and the like: the container cannot start, and no more is said
        .map_err(|_| did_not_complete(command, "exit code: 1"))?;
    Ok(Some((id, kept)))
}

/// An empty directory as a tree of its own.
fn directory(mode: u32, uid: u32, gid: u32, now: i64) -> FileSystem {
    let mut tree = FileSystem::default();
    tree.set_now(now);
    let root = Cred::root();
    // the root directory is always there: neither can fail
    let _ = tree.chmod("/", mode, true, &root).and_then(|()| tree.chown("/", Some(uid), Some(gid), true, &root));
    tree
}
