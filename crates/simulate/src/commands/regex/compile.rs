//! A pattern's parts to a program.

use std::cell::Cell;
use std::rc::Rc;

use super::parse::{Parsed, Part};
use super::{ByteSet, Instruction, PROGRAM_LIMIT, Regex, WORK_LIMIT};

pub fn compile(parsed: &Parsed) -> Result<Regex, &'static str> {
    let mut program = vec![Instruction::Save(0)];
    emit(&parsed.part, &mut program)?;
    program.push(Instruction::Save(1));
    program.push(Instruction::Match);
    let first = first_bytes(&program);
    Ok(Regex {
        program,
        groups: parsed.groups,
        by_trying: parsed.by_trying,
        first,
        work: Rc::new(Cell::new(WORK_LIMIT)),
    })
}

fn set(program: &mut [Instruction], at: usize, instruction: Instruction) {
    if let Some(place) = program.get_mut(at) {
        *place = instruction;
    }
}

fn emit(part: &Part, program: &mut Vec<Instruction>) -> Result<(), &'static str> {
    if program.len() > PROGRAM_LIMIT {
        return Err("Regular expression too big");
    }
    match part {
        Part::Set(bytes) => program.push(Instruction::Set(bytes.clone())),
        Part::Start => program.push(Instruction::Start),
        Part::End => program.push(Instruction::End),
        Part::LineStart => program.push(Instruction::LineStart),
        Part::LineEnd => program.push(Instruction::LineEnd),
        Part::Keep => program.push(Instruction::Save(0)),
        Part::Look { behind, negated, inner } => {
            let look = program.len();
            program.push(Instruction::Match);
            emit(inner, program)?;
            program.push(Instruction::Match);
            let next = program.len();
            set(program, look, Instruction::Look { behind: *behind, negated: *negated, next });
        }
        Part::WordBoundary => program.push(Instruction::WordBoundary),
        Part::NotWordBoundary => program.push(Instruction::NotWordBoundary),
        Part::WordStart => program.push(Instruction::WordStart),
        Part::WordEnd => program.push(Instruction::WordEnd),
        Part::Backreference(group) => program.push(Instruction::Backreference(*group)),
        Part::Group(group, inner) => {
            program.push(Instruction::Save(group * 2));
            emit(inner, program)?;
            program.push(Instruction::Save(group * 2 + 1));
        }
        Part::Sequence(parts) => {
            for part in parts {
                emit(part, program)?;
            }
        }
        Part::Either(parts) => {
            let mut jumps = Vec::new();
            for (index, part) in parts.iter().enumerate() {
                let last = index + 1 == parts.len();
                let split = program.len();
                if !last {
                    program.push(Instruction::Match);
                }
                emit(part, program)?;
                if !last {
                    jumps.push(program.len());
                    program.push(Instruction::Match);
                    let next = program.len();
                    set(program, split, Instruction::Split(split + 1, next));
                }
            }
            let end = program.len();
            for jump in jumps {
                set(program, jump, Instruction::Jump(end));
            }
        }
        Part::Repeat(inner, low, high, reluctant) => {
            let split_to = |inner, end| {
                if *reluctant { Instruction::Split(end, inner) } else { Instruction::Split(inner, end) }
            };
            for _ in 0..*low {
                emit(inner, program)?;
            }
            match high {
                None => {
                    let split = program.len();
                    program.push(Instruction::Match);
                    emit(inner, program)?;
                    program.push(Instruction::Jump(split));
                    let end = program.len();
                    set(program, split, split_to(split + 1, end));
                }
                Some(high) => {
                    let mut splits = Vec::new();
                    for _ in *low..*high {
                        splits.push(program.len());
                        program.push(Instruction::Match);
                        emit(inner, program)?;
                    }
                    let end = program.len();
                    for split in splits {
                        set(program, split, split_to(split + 1, end));
                    }
                }
            }
        }
    }
    Ok(())
}

/// The bytes that a match can begin with, to skip over text quickly.
fn first_bytes(program: &[Instruction]) -> Option<Box<ByteSet>> {
    let mut first = ByteSet::empty();
    let mut seen = vec![false; program.len()];
    let mut stack = vec![0usize];
    while let Some(at) = stack.pop() {
        let (Some(instruction), Some(seen)) = (program.get(at), seen.get_mut(at)) else { continue };
        if std::mem::replace(seen, true) {
            continue;
        }
        match instruction {
            Instruction::Set(bytes) => {
                (0..=255u8).filter(|byte| bytes.contains(*byte)).for_each(|byte| first.insert(byte));
            }
            Instruction::Split(one, two) => stack.extend([*one, *two]),
            Instruction::Jump(to) => stack.push(*to),
            Instruction::Match | Instruction::Backreference(_) | Instruction::End | Instruction::LineEnd => {
                return None;
            }
            Instruction::Look { next, .. } => stack.push(*next),
            _ => stack.push(at + 1),
        }
    }
    Some(Box::new(first))
}
