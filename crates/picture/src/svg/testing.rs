//! Reports made by hand, for tests of geometry.

use report::{StepFiles, StepState, StepView, TextRange};

/// A step of a stage that ran and waited for others.
pub(crate) fn step(stage: usize, inputs: &[usize], reads_context: bool) -> StepView {
    StepView {
        id: String::new(),
        stage,
        name: String::new(),
        text: String::new(),
        range: TextRange::empty(0),
        line: 1,
        state: StepState::Ran,
        marked: false,
        reason: None,
        bytes: 0,
        bytes_basis: report::Basis::Exact,
        ms: 0,
        start_ms: 0,
        timing: report::StepTiming::default(),
        evidence: Vec::new(),
        notes: Vec::new(),
        programs: report::Programs::default(),
        output: Vec::new(),
        key: Vec::new(),
        inputs: inputs.to_vec(),
        reads_context,
        images: Vec::new(),
        files: StepFiles::default(),
    }
}
