use source::{Diagnostic, TextRange};

use crate::mistake::Mistake;
use crate::{Body, Instruction, instruction, reader};

/// Reads the trigger of an `ONBUILD` where it fires: the text of [`Body::Onbuild`], or a trigger that a base image
/// carries, heredocs included. BuildKit always reads it with the escape character `\`.
///
/// All ranges count from the start of `text`.
///
/// # Errors
/// The first mistake, in BuildKit's words, which name no line here.
pub fn parse_trigger(text: &str, escape: char) -> Result<Instruction, Diagnostic> {
    let mut reading = reader::read(text, escape);
    if !reading.mistakes.is_empty() {
        return Err(reading.mistakes.swap_remove(0));
    }
    let whole = TextRange::new(0, text.len());
    let mistake = |code, message: &str| Err(Mistake::new(code, message).into_diagnostic(whole));
    let (Some(placed), true) = (reading.nodes.pop(), reading.nodes.is_empty()) else {
        return mistake("trigger-not-one", "onbuild trigger should be a single expression");
    };
    match instruction(placed) {
        (_, Some(diagnostic)) => Err(diagnostic),
        (Instruction { body: Body::From(_), .. }, None) => {
            mistake("onbuild-not-allowed", "*instructions.Stage is not a command type")
        }
        (instruction, None) => Ok(instruction),
    }
}
