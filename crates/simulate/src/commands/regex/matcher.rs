//! Running a program over a text.

use super::parse::is_word;
use super::{Captures, Instruction, Regex, STEP_LIMIT};

type Slots = Vec<Option<usize>>;

struct Thread {
    at: usize,
    slots: Slots,
}

/// All threads at one place of the text, in order of preference, each program place once.
struct Threads {
    list: Vec<Thread>,
    seen: Vec<usize>,
    generation: usize,
}

impl Threads {
    fn new(size: usize) -> Threads {
        Threads { list: Vec::new(), seen: vec![0; size], generation: 0 }
    }

    fn clear(&mut self) {
        self.list.clear();
        self.generation += 1;
    }
}

fn holds(instruction: &Instruction, text: &[u8], position: usize) -> Option<bool> {
    let before = position.checked_sub(1).and_then(|at| text.get(at)).is_some_and(|byte| is_word(*byte));
    let after = text.get(position).is_some_and(|byte| is_word(*byte));
    Some(match instruction {
        Instruction::Start => position == 0,
        Instruction::End => position == text.len(),
        Instruction::LineStart => position.checked_sub(1).and_then(|at| text.get(at)).is_none_or(|byte| *byte == b'\n'),
        Instruction::LineEnd => text.get(position).is_none_or(|byte| *byte == b'\n'),
        Instruction::WordBoundary => before != after,
        Instruction::NotWordBoundary => before == after,
        Instruction::WordStart => !before && after,
        Instruction::WordEnd => before && !after,
        _ => return None,
    })
}

/// Follows the instructions that read no byte, and adds a thread at each that does.
fn add(regex: &Regex, threads: &mut Threads, at: usize, slots: Slots, text: &[u8], position: usize) {
    let mut stack = vec![Thread { at, slots }];
    while let Some(mut thread) = stack.pop() {
        let Some(seen) = threads.seen.get_mut(thread.at) else { continue };
        if *seen == threads.generation {
            continue;
        }
        *seen = threads.generation;
        let Some(instruction) = regex.program.get(thread.at) else { continue };
        match instruction {
            Instruction::Jump(to) => stack.push(Thread { at: *to, slots: thread.slots }),
            Instruction::Split(one, two) => {
                stack.push(Thread { at: *two, slots: thread.slots.clone() });
                stack.push(Thread { at: *one, slots: thread.slots });
            }
            Instruction::Save(slot) => {
                if let Some(place) = thread.slots.get_mut(*slot) {
                    *place = Some(position);
                }
                stack.push(Thread { at: thread.at + 1, slots: thread.slots });
            }
            Instruction::Set(_) | Instruction::Match | Instruction::Backreference(_) | Instruction::Look { .. } => {
                threads.list.push(thread);
            }
            other => {
                if holds(other, text, position) == Some(true) {
                    stack.push(Thread { at: thread.at + 1, slots: thread.slots });
                }
            }
        }
    }
}

/// The leftmost match, of those the longest. A new thread starts at each place as long as nothing matched; the threads
/// that started earlier come first.
pub fn find(regex: &Regex, text: &[u8], from: usize) -> Option<Captures> {
    let mut now = Threads::new(regex.program.len());
    let mut next = Threads::new(regex.program.len());
    let empty: Slots = vec![None; (regex.groups + 1) * 2];
    let start_of = |slots: &Slots| slots.first().copied().flatten();
    let mut best: Option<Slots> = None;
    let mut here = from;
    now.clear();
    while here <= text.len() {
        if best.is_none() {
            if now.list.is_empty()
                && let Some(first) = &regex.first
            {
                let rest = text.get(here..)?;
                here += rest.iter().position(|byte| first.contains(*byte))?;
                now.clear();
            }
            add(regex, &mut now, 0, empty.clone(), text, here);
        }
        if best.is_some() && now.list.is_empty() {
            break;
        }
        if !regex.spend(now.list.len() + 1) {
            return None;
        }
        next.clear();
        let byte = text.get(here).copied();
        let mut matched_here = None;
        for thread in now.list.drain(..) {
            let start = start_of(&thread.slots);
            if best.as_ref().is_some_and(|best| start_of(best) < start) {
                continue;
            }
            match regex.program.get(thread.at) {
                // The first thread of its start that matches here is the preferred one; a later place is longer and wins.
                Some(Instruction::Match) if matched_here != Some(start) => {
                    matched_here = Some(start);
                    best = Some(thread.slots);
                }
                Some(Instruction::Set(set)) if byte.is_some_and(|byte| set.contains(byte)) => {
                    add(regex, &mut next, thread.at + 1, thread.slots, text, here + 1);
                }
                _ => {}
            }
        }
        std::mem::swap(&mut now, &mut next);
        here += 1;
    }
    best.map(|slots| Captures { slots })
}

/// The leftmost match of a pattern that is matched by trying: the preferred one, within [`STEP_LIMIT`] steps.
pub fn find_by_trying(regex: &Regex, text: &[u8], from: usize) -> Option<Captures> {
    let mut steps = 0;
    let empty: Slots = vec![None; (regex.groups + 1) * 2];
    (from..=text.len())
        .filter(|start| {
            regex.first.as_ref().is_none_or(|first| text.get(*start).is_some_and(|byte| first.contains(*byte)))
        })
        .find_map(|start| try_at(regex, text, (0, start, empty.clone()), None, &mut steps))
        .map(|slots| Captures { slots })
}

/// What is there to try: a place of the program, one of the text, and the groups so far.
type Attempt = (usize, usize, Slots);

/// The groups of the preferred match from an attempt on, which has to end at `end` if one is given.
fn try_at(regex: &Regex, text: &[u8], first: Attempt, end: Option<usize>, steps: &mut usize) -> Option<Slots> {
    let mut stack = vec![first];
    while let Some((at, position, mut slots)) = stack.pop() {
        *steps += 1;
        if *steps > STEP_LIMIT || !regex.spend(1) {
            return None;
        }
        let Some(instruction) = regex.program.get(at) else { continue };
        match instruction {
            Instruction::Match if end.is_none_or(|end| end == position) => return Some(slots),
            Instruction::Match => {}
            Instruction::Set(set) => {
                if text.get(position).is_some_and(|byte| set.contains(*byte)) {
                    stack.push((at + 1, position + 1, slots));
                }
            }
            Instruction::Jump(to) => stack.push((*to, position, slots)),
            Instruction::Split(one, two) => {
                // An empty round of a repetition would go on for ever: the steps bound it.
                stack.push((*two, position, slots.clone()));
                stack.push((*one, position, slots));
            }
            Instruction::Save(slot) => {
                if let Some(place) = slots.get_mut(*slot) {
                    *place = Some(position);
                }
                stack.push((at + 1, position, slots));
            }
            Instruction::Backreference(group) => {
                let captures = Captures { slots };
                let wanted = captures.range(*group).map(|_| captures.get(text, *group));
                if let Some(wanted) = wanted
                    && text.get(position..).is_some_and(|rest| rest.starts_with(wanted))
                {
                    stack.push((at + 1, position + wanted.len(), captures.slots));
                }
            }
            Instruction::Look { behind, negated, next } => {
                let found = if *behind {
                    (0..=position)
                        .rev()
                        .find_map(|start| try_at(regex, text, (at + 1, start, slots.clone()), Some(position), steps))
                } else {
                    try_at(regex, text, (at + 1, position, slots.clone()), None, steps)
                };
                if found.is_some() != *negated {
                    stack.push((*next, position, found.unwrap_or(slots)));
                }
            }
            other => {
                if holds(other, text, position) == Some(true) {
                    stack.push((at + 1, position, slots));
                }
            }
        }
    }
    None
}
