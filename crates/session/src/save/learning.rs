//! Lessons, in saved form and back.

use lesson::PACK_LIMIT;

use super::LoadError;
use super::file::damaged;
use super::model::{Attempt, Study};
use crate::lessons::{Revealed, Source};

/// The steps of a lesson at most, and what lists of an attempt may hold.
const LIMIT: usize = 1000;

pub(super) fn encode_study(study: &crate::Study) -> Study {
    let (site, address) = match &study.source {
        Source::Site(id) => (Some(id.clone()), None),
        Source::Address(address) => (None, Some(address.clone())),
        Source::File => (None, None),
    };
    let attempts = study.attempts.iter().map(|(step, attempt)| {
        let revealed = attempt.revealed.as_ref();
        let written = Attempt {
            begun: attempt.begun,
            builds: attempt.builds,
            hints: attempt.hints.clone(),
            seen: attempt.seen,
            predicted: attempt.predicted.clone(),
            revealed: revealed.map(|revealed| revealed.hits.clone()),
            revealed_at: revealed.and_then(|revealed| revealed.at),
            answers: attempt.answers.clone(),
        };
        (*step, written)
    });
    Study {
        id: study.id.clone(),
        site,
        address,
        pack: study.text.to_string(),
        step: study.saved_step().to_owned(),
        reached: study.reached,
        attempts: attempts.collect(),
    }
}

pub(super) fn decode_study(study: Study) -> Result<crate::Study, LoadError> {
    if study.pack.len() > PACK_LIMIT || study.attempts.len() > LIMIT {
        return Err(damaged("lesson", "too large"));
    }
    let source = match (study.site, study.address) {
        (Some(id), None) => Source::Site(id),
        (None, Some(address)) => Source::Address(address),
        (None, None) => Source::File,
        _ => return Err(damaged("lesson", "is of a site or of an address")),
    };
    if !matches!(source, Source::Site(_)) && study.pack.is_empty() {
        return Err(damaged("lesson.pack", "is missing"));
    }
    let site_lesson = matches!(source, Source::Site(_));
    let pack = if site_lesson { String::new() } else { study.pack };
    let mut decoded = crate::Study::saved(source, study.id, study.step, pack.into());
    decoded.reached = study.reached;
    for (step, attempt) in study.attempts {
        if attempt.hints.len().max(attempt.answers.len()).max(attempt.predicted.len()) > LIMIT {
            return Err(damaged("lesson.attempts", "too large"));
        }
        let at = attempt.revealed_at;
        let decoded_attempt = crate::Attempt {
            begun: attempt.begun,
            began: None,
            builds: attempt.builds,
            hints: attempt.hints,
            seen: attempt.seen,
            predicted: attempt.predicted,
            revealed: attempt.revealed.map(|hits| Revealed { hits, at, report: None }),
            answers: attempt.answers,
        };
        decoded.attempts.insert(step, decoded_attempt);
    }
    Ok(decoded)
}
