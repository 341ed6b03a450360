//! What a build, or the preview of one, does differently from the build before it.

use report::{Report, StepState, Totals};

use crate::{Built, Project, changed_files};

/// A report against the build before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    /// The bytes that the image has more.
    pub bytes: i64,
    /// The milliseconds that the build takes more.
    pub ms: i64,
    /// The steps that run, as indices into the report's steps.
    pub ran: Vec<usize>,
    /// The files of the context that were edited since, without the Dockerfile.
    pub files: Vec<String>,
    /// Whether the Dockerfile was edited since.
    pub dockerfile: bool,
    /// The sums of the build before.
    pub before: Totals,
    /// The bytes of the image of the build before; 0 where it made none.
    pub image_before: u64,
}

/// What `report`, of `project`, does differently from `before`.
pub(crate) fn compare(before: &Built, project: &Project, report: &Report) -> Changes {
    let image = |report: &Report| report.image.as_ref().map_or(0, |image| image.bytes);
    let image_before = image(&before.report);
    let mut files = changed_files(&before.project.context, &project.context);
    let dockerfile =
        files.iter().any(|path| path == project.dockerfile()) || before.project.dockerfile() != project.dockerfile();
    files.retain(|path| path != project.dockerfile());
    let ran = report.steps.iter().enumerate();
    let ran = ran.filter(|(_, step)| matches!(step.state, StepState::Ran | StepState::Failed));
    Changes {
        bytes: signed_difference(image(report), image_before),
        ms: signed_difference(report.totals.ms, before.report.totals.ms),
        ran: ran.map(|(index, _)| index).collect(),
        files,
        dockerfile,
        before: before.report.totals.clone(),
        image_before,
    }
}

fn signed_difference(after: u64, before: u64) -> i64 {
    let size = i64::try_from(after.abs_diff(before)).unwrap_or(i64::MAX);
    if after < before { -size } else { size }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_signed_and_never_overflow() {
        assert_eq!(signed_difference(3, 5), -2);
        assert_eq!(signed_difference(5, 3), 2);
        assert_eq!(signed_difference(u64::MAX, 0), i64::MAX);
        assert_eq!(signed_difference(0, u64::MAX), -i64::MAX);
    }
}
