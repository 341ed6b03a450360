//! RUNs that need not be executed again.
//!
//! What a RUN comes to follows from its [`Task`] and from what it looks at in the files. So an execution is kept with both,
//! and where a later one of the same task would find the same files, what it came to is taken. That is no part of
//! Docker's cache: the step runs, takes its time and prints what it prints, and its result is what an execution would give.
//!
//! RUNs with mounts are always executed, and so is what lacked facts that may be there the next time.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use dockerfile::Statement;
use filesystem::{Context, FileSystem, Ignore, ImageStore, Transferred, Work, transfer};
use plan::Run;

use crate::cache::Record;
use crate::copies::Copies;
use crate::execute::StepError;
use crate::process::{Known, Surroundings};
use crate::{Basis, Measured, Note, Profile, World};

/// What is kept at most, by the weight of [`Work::weight`]: some tens of megabytes. The oldest are dropped when as much again
/// has been added.
const MOST_WEIGHT: u64 = 200_000;
/// Executions of one command that are kept.
const MOST_OF_A_COMMAND: usize = 4;
/// What an execution weighs beside its inodes, and how many of its bytes of text weigh as much as one.
const OWN_WEIGHT: u64 = 20;
const BYTES_OF_AN_INODE: u64 = 128;

/// All that an execution follows from, beside the files.
#[derive(Clone, Debug)]
pub(crate) struct Task {
    run: Run,
    statement: Option<Statement>,
    measured: Option<Measured>,
    known: Known,
    basis: Basis,
    outline: Option<FileSystem>,
    network: bool,
    profile: Profile,
    store: ImageStore,
}

/// An execution: its record has no files, they follow from its work.
#[derive(Debug)]
struct Done {
    task: Task,
    work: Work,
    record: Record,
    error: Option<StepError>,
}

/// The executions that are kept, shared by all stores that come of one another.
#[derive(Clone, Debug)]
pub(crate) struct Memory(Option<Rc<Kept>>);

impl Default for Memory {
    fn default() -> Memory {
        Memory(Some(Rc::default()))
    }
}

#[derive(Debug, Default)]
struct Kept {
    /// By the command: what was added lately, and what was before that.
    young: RefCell<Commands>,
    old: RefCell<Commands>,
    /// The weight of the young.
    weight: Cell<u64>,
    /// How many executions were spared.
    spared: Cell<u64>,
    copies: Copies,
    /// The context that was sent last.
    sent: RefCell<Option<Transferred>>,
}

type Commands = BTreeMap<Vec<String>, Vec<Rc<Done>>>;

impl Task {
    /// The task of a RUN; `None` where more than that plays a part.
    pub fn new(
        (run, statement, measured): (&Run, Option<&Statement>, Option<&Measured>),
        known: Known,
        around: Surroundings<'_>,
        world: &World<'_>,
    ) -> Option<Task> {
        run.mounts.is_empty().then(|| Task {
            run: run.clone(),
            statement: statement.cloned(),
            measured: measured.cloned(),
            known,
            basis: around.basis,
            outline: around.outline.cloned(),
            network: world.network,
            profile: world.profile.clone(),
            store: world.store,
        })
    }

    fn is_equal(&self, other: &Task) -> bool {
        let outline = match (&self.outline, &other.outline) {
            (Some(one), Some(two)) => one.is(two),
            (one, two) => one.is_none() && two.is_none(),
        };
        outline
            && (self.known, self.basis, self.network, self.store)
                == (other.known, other.basis, other.network, other.store)
            && self.statement == other.statement
            && self.measured == other.measured
            && self.profile == other.profile
            && self.run == other.run
    }
}

impl Memory {
    /// One that keeps nothing.
    pub fn none() -> Memory {
        Memory(None)
    }

    /// The COPYs that are kept.
    pub fn copies(&self) -> Option<&Copies> {
        self.0.as_ref().map(|kept| &kept.copies)
    }

    /// A context as it is sent.
    pub fn transferred(&self, context: &Context, ignore: &Ignore) -> FileSystem {
        let Some(kept) = &self.0 else { return transfer(context, ignore) };
        let mut last = kept.sent.borrow_mut();
        let sent = Transferred::again(last.as_ref(), context, ignore);
        let tree = sent.tree().clone();
        *last = Some(sent);
        tree
    }

    /// How many executions were spared so far.
    pub fn spared(&self) -> u64 {
        self.0.as_ref().map_or(0, |kept| kept.spared.get())
    }

    /// Does to `files` what an execution would do, and gives its record, still without files, and its error.
    pub fn again(&self, task: &Task, files: &mut FileSystem) -> Option<(Record, Option<StepError>)> {
        let kept = self.0.as_ref()?;
        let find = |commands: &Commands, files: &mut FileSystem| {
            let done = commands.get(&task.run.arguments)?;
            done.iter().rev().find(|done| done.task.is_equal(task) && files.redo(&done.work)).cloned()
        };
        let found = find(&kept.young.borrow(), files);
        let done = match found {
            Some(done) => done,
            None => {
                let done = find(&kept.old.borrow(), files)?;
                kept.add(Rc::clone(&done));
                done
            }
        };
        kept.spared.set(kept.spared.get().saturating_add(1));
        Some((done.record.clone(), done.error.clone()))
    }

    /// Keeps an execution.
    pub fn keep(&self, task: Task, work: Work, record: &Record, error: Option<&StepError>) {
        let Some(kept) = &self.0 else { return };
        if record.notes.iter().any(|note| matches!(note, Note::FactsMissing { .. })) {
            return;
        }
        let record = Record { files: FileSystem::default(), ..record.clone() };
        kept.add(Rc::new(Done { task, work, record, error: error.cloned() }));
    }
}

impl Kept {
    fn add(&self, done: Rc<Done>) {
        let weight = done.weight();
        if weight > MOST_WEIGHT / 2 {
            return;
        }
        if self.weight.get().saturating_add(weight) > MOST_WEIGHT {
            self.old.replace(self.young.take());
            self.weight.set(0);
        }
        let mut young = self.young.borrow_mut();
        let of_command = young.entry(done.task.run.arguments.clone()).or_default();
        let mut total = self.weight.get().saturating_add(weight);
        if of_command.len() >= MOST_OF_A_COMMAND {
            total = total.saturating_sub(of_command.remove(0).weight());
        }
        of_command.push(done);
        self.weight.set(total);
    }
}

impl Done {
    fn weight(&self) -> u64 {
        let words = self.task.run.arguments.iter().map(String::len);
        let text = words.chain(self.record.output.iter().map(|line| line.text.len())).sum::<usize>() as u64;
        let entries = self.record.layer.entries.len() as u64;
        self.work.weight().saturating_add(entries).saturating_add(text / BYTES_OF_AN_INODE).saturating_add(OWN_WEIGHT)
    }
}
