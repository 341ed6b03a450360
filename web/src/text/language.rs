use yew::prelude::*;

use super::Locale;

/// The reader's language.
#[hook]
pub fn use_locale() -> Locale {
    // The app provides one above everything; alone, as in a test of one component, names show.
    use_context::<Locale>().unwrap_or_else(|| Locale::new("en", ""))
}
