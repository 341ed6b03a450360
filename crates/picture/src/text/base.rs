use report::{BaseView, StageView};

use super::{Locale, bytes};

/// What a stage starts from, and how large that is.
#[must_use]
pub fn base(locale: &Locale, base: &BaseView, stages: &[StageView]) -> String {
    match base {
        BaseView::Scratch => locale.t("base-scratch").to_string(),
        BaseView::Stage(index) => {
            let name = stages.get(*index).map_or_else(|| index.to_string(), stage_name);
            locale.f("base-stage", &[("stage", name.into())]).to_string()
        }
        BaseView::Image { short, known, bytes: size, counted_as, system, .. } => {
            let size = if *known { bytes(*size) } else { locale.t("base-unknown").to_string() };
            let image = ("image", short.as_str().into());
            match (counted_as, system) {
                (Some(other), _) => {
                    locale.f("base-image-counted-as", &[image, ("size", size.into()), ("other", other.as_str().into())])
                }
                (None, Some(system)) => locale.f("base-image-system", &[image, ("system", system.as_str().into())]),
                (None, None) => locale.f("base-image", &[image, ("size", size.into())]),
            }
            .to_string()
        }
    }
}

/// An image that files are taken from.
#[must_use]
pub fn source(locale: &Locale, image: &BaseView) -> String {
    match image {
        BaseView::Image { short, known: true, bytes: size, counted_as: None, .. } => {
            format!("{short} ({})", bytes(*size))
        }
        BaseView::Image { short, counted_as: None, system: None, .. } => {
            format!("{short} ({})", locale.t("base-unknown"))
        }
        _ => base(locale, image, &[]),
    }
}

/// A stage's name; without one as the progress display calls it.
#[must_use]
pub fn stage_name(stage: &StageView) -> String {
    stage.name.clone().unwrap_or_else(|| format!("stage-{}", stage.index))
}
