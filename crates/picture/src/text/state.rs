use report::StepState;

/// The name of the sentence that is a state's word.
#[must_use]
pub fn state_word(state: StepState) -> &'static str {
    match state {
        StepState::Cached => "state-cached",
        StepState::Ran => "state-ran",
        StepState::Failed => "state-failed",
        StepState::NotReached => "state-not-reached",
        StepState::NotNeeded => "state-not-needed",
    }
}
