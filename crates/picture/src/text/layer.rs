use report::{LayerView, Report};

/// What made a layer: its instruction as it is written, of a base image's layer what its history says, or the image's name
/// where that says nothing.
#[must_use]
pub fn made_by<'a>(report: &'a Report, layer: &'a LayerView) -> &'a str {
    match layer.step.and_then(|step| report.steps.get(step)) {
        Some(step) => &step.text,
        None if layer.created_by.is_empty() => {
            layer.base.as_deref().and_then(|base| base.split('#').next()).unwrap_or_default()
        }
        None => &layer.created_by,
    }
}
