//! When everything runs: a list schedule of the jobs of a build on so many cores and one line.
//!
//! A job starts once all that it needs has ended and there is room for it; of several that could start, the one that
//! comes first in the file does. RUN, COPY and WORKDIR take a core. Base images are pulled over the line, one after
//! another; the context is sent beside everything else. What a RUN downloads is part of the RUN and is not slowed down by
//! other downloads. BuildKit itself starts everything that is ready (`max-parallelism` is unset in the engine): with
//! fewer cores than steps at work these would share the cores, and all be done no sooner than here.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

/// What a job takes while it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Room {
    /// Nothing that there is little of.
    Nothing,
    /// One of the machine's cores.
    Core,
    /// The line to the registry.
    Line,
}

/// Something that takes time.
#[derive(Clone, Debug)]
pub(crate) struct Job {
    pub(crate) ms: u64,
    pub(crate) room: Room,
    /// The jobs that have to end before.
    pub(crate) needs: Vec<usize>,
}

/// When a job runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Slot {
    pub(crate) start: u64,
    pub(crate) end: u64,
    /// The job right after which it started: the last that it needed, or the one that made room for it.
    pub(crate) after: Option<usize>,
}

/// Lays out jobs. The slot of one that can never start, because it needs itself, is empty.
pub(crate) fn schedule(jobs: &[Job], cores: u64) -> Vec<Slot> {
    let mut layout = Layout::new(jobs, cores);
    for (index, waiting) in layout.waiting.clone().into_iter().enumerate() {
        if waiting == 0 {
            layout.ready(index, None);
        }
    }
    loop {
        layout.start(Room::Nothing);
        if layout.end_those_that_end_now() {
            continue;
        }
        layout.start(Room::Core);
        layout.start(Room::Line);
        let Some(Reverse((end, _))) = layout.running.peek() else { break };
        layout.now = *end;
    }
    layout.slots
}

/// The jobs from the first to the one that ends last, each right after the one before: what determines how long it takes.
pub(crate) fn critical_path(slots: &[Slot]) -> Vec<usize> {
    let last = slots.iter().enumerate().max_by_key(|(index, slot)| (slot.end, Reverse(*index)));
    let mut path: Vec<usize> = Vec::new();
    let mut at = last.map(|(index, _)| index);
    while let Some(index) = at.filter(|_| path.len() < slots.len()) {
        path.push(index);
        at = slots.get(index).and_then(|slot| slot.after);
    }
    path.reverse();
    path
}

struct Layout<'a> {
    jobs: &'a [Job],
    slots: Vec<Slot>,
    now: u64,
    /// How many jobs each still waits for, and which wait for it.
    waiting: Vec<usize>,
    users: Vec<Vec<usize>>,
    /// For those that could start: when that was so first, and the job that they waited for last.
    since: Vec<(u64, Option<usize>)>,
    /// What could start, how much room there is, and the job that last made some: by room.
    could_start: [BTreeSet<usize>; 3],
    free: [u64; 3],
    made_room: [Option<usize>; 3],
    /// What runs, by its end.
    running: BinaryHeap<Reverse<(u64, usize)>>,
}

impl Layout<'_> {
    fn new(jobs: &[Job], cores: u64) -> Layout<'_> {
        let mut users: Vec<Vec<usize>> = vec![Vec::new(); jobs.len()];
        let mut waiting = Vec::with_capacity(jobs.len());
        for (index, job) in jobs.iter().enumerate() {
            let needs: BTreeSet<usize> = job.needs.iter().copied().filter(|need| *need < jobs.len()).collect();
            waiting.push(needs.len());
            for need in needs {
                if let Some(users) = users.get_mut(need) {
                    users.push(index);
                }
            }
        }
        Layout {
            jobs,
            slots: vec![Slot::default(); jobs.len()],
            now: 0,
            waiting,
            users,
            since: vec![(0, None); jobs.len()],
            could_start: Default::default(),
            free: [u64::MAX, cores.max(1), 1],
            made_room: [None; 3],
            running: BinaryHeap::new(),
        }
    }

    /// Where a job takes room: what takes no time needs none.
    fn room(&self, index: usize) -> usize {
        self.jobs.get(index).filter(|job| job.ms > 0).map_or(Room::Nothing, |job| job.room) as usize
    }

    fn ready(&mut self, index: usize, waited_for: Option<usize>) {
        let room = self.room(index);
        if let (Some(since), Some(ready)) = (self.since.get_mut(index), self.could_start.get_mut(room)) {
            *since = (self.now, waited_for);
            ready.insert(index);
        }
    }

    fn start(&mut self, room: Room) {
        let room = room as usize;
        let now = self.now;
        let (Some(ready), Some(free)) = (self.could_start.get_mut(room), self.free.get_mut(room)) else { return };
        let made_room = self.made_room.get(room).copied().flatten();
        while *free > 0
            && let Some(index) = ready.pop_first()
        {
            *free -= 1;
            let (since, waited_for) = self.since.get(index).copied().unwrap_or_default();
            let ms = self.jobs.get(index).map_or(0, |job| job.ms);
            if let Some(slot) = self.slots.get_mut(index) {
                let after = if since == now { waited_for } else { made_room };
                *slot = Slot { start: now, end: now.saturating_add(ms), after };
                self.running.push(Reverse((slot.end, index)));
            }
        }
    }

    /// Ends the jobs whose time has come; whether there were any.
    fn end_those_that_end_now(&mut self) -> bool {
        let mut any = false;
        while let Some(Reverse((_, index))) = self.running.peek().copied().filter(|Reverse((end, _))| *end <= self.now)
        {
            any = true;
            self.running.pop();
            let room = self.room(index);
            if let (Some(free), Some(made_room)) = (self.free.get_mut(room), self.made_room.get_mut(room)) {
                *free = free.saturating_add(1);
                *made_room = Some(index);
            }
            for user in self.users.get_mut(index).map(std::mem::take).unwrap_or_default() {
                let Some(waiting) = self.waiting.get_mut(user) else { continue };
                *waiting = waiting.saturating_sub(1);
                if *waiting == 0 {
                    self.ready(user, Some(index));
                }
            }
        }
        any
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn core(ms: u64, needs: &[usize]) -> Job {
        Job { ms, room: Room::Core, needs: needs.to_vec() }
    }

    fn times(jobs: &[Job], cores: u64) -> (Vec<(u64, u64)>, Vec<usize>) {
        let slots = schedule(jobs, cores);
        (slots.iter().map(|slot| (slot.start, slot.end)).collect(), critical_path(&slots))
    }

    #[test]
    fn stages_run_side_by_side_on_as_many_cores_as_there_are() {
        // two chains, and a step that takes from both
        let jobs = [core(10, &[]), core(20, &[0]), core(40, &[]), core(5, &[2]), core(3, &[1, 3])];
        let beside = vec![(0, 10), (10, 30), (0, 40), (40, 45), (45, 48)];
        assert_eq!(times(&jobs, 8), (beside, vec![2, 3, 4]));
        // on one core, what comes first in the file goes first
        let after = vec![(0, 10), (10, 30), (30, 70), (70, 75), (75, 78)];
        assert_eq!(times(&jobs, 1), (after, vec![0, 1, 2, 3, 4]));
    }

    #[test]
    fn the_first_in_the_file_gets_the_core_that_becomes_free() {
        let jobs = [core(10, &[]), core(10, &[0]), core(7, &[]), core(5, &[])];
        assert_eq!(times(&jobs, 2).0, [(0, 10), (10, 20), (0, 7), (7, 12)]);
    }

    #[test]
    fn pulls_share_the_line_and_leave_the_cores_alone() {
        let line = |ms| Job { ms, room: Room::Line, needs: Vec::new() };
        let jobs = [line(100), line(50), core(10, &[0]), core(10, &[1]), core(120, &[])];
        let (slots, path) = times(&jobs, 1);
        assert_eq!(slots, [(0, 100), (100, 150), (120, 130), (150, 160), (0, 120)]);
        assert_eq!(path, [0, 1, 3]);
    }

    #[test]
    fn what_takes_no_time_needs_no_core() {
        let jobs = [core(30, &[]), core(0, &[]), core(0, &[1]), core(5, &[2])];
        assert_eq!(times(&jobs, 1).0, [(0, 30), (0, 0), (0, 0), (30, 35)]);
        let context = Job { ms: 7, room: Room::Nothing, needs: Vec::new() };
        assert_eq!(times(&[core(30, &[]), context, core(0, &[1])], 1).0, [(0, 30), (0, 7), (7, 7)]);
    }

    #[test]
    fn nonsense_ends() {
        let circle = [core(1, &[1]), core(1, &[0]), core(2, &[9])];
        assert_eq!(times(&circle, 0).0, [(0, 0), (0, 0), (0, 2)]);
        assert_eq!(times(&[core(u64::MAX, &[]), core(u64::MAX, &[0])], 3).0[1].1, u64::MAX);
        assert_eq!(times(&[], 1), (Vec::new(), Vec::new()));
    }
}
