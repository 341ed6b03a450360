//! The page's colours, read from its style sheet: a picture of the command looks like one of the page.

use picture::export::Palette;

const TOKENS: &str = include_str!("../../../../web/styles/tokens.css");
/// The themes, in the order in which `light-dark()` has them.
const THEMES: [&str; 2] = ["light", "dark"];

/// The colours of a theme, and the fonts of a language.
pub fn palette(theme: &str, language: &str) -> Result<Palette, String> {
    let place = THEMES.iter().position(|name| *name == theme);
    let place = place.ok_or_else(|| format!("--theme {theme}: there are light and dark"))?;
    let colour = |name: &str| {
        let both = value(":root {", name)?;
        let both = both.strip_prefix("light-dark(")?.strip_suffix(')')?;
        both.split(", ").nth(place).map(str::to_owned)
    };
    let of_language = format!(":root:lang({language}) {{");
    let font = |name: &str| value(&of_language, name).or_else(|| value(":root {", name));
    let palette = || {
        Some(Palette {
            ground: colour("--ground")?,
            panel: colour("--panel")?,
            raised: colour("--raised")?,
            line: colour("--line")?,
            strong: colour("--line-strong")?,
            text: colour("--text")?,
            muted: colour("--muted")?,
            accent: colour("--accent")?,
            hit: colour("--hit")?,
            run: colour("--run")?,
            error: colour("--error")?,
            sans: font("--sans")?,
            mono: font("--mono")?,
        })
    };
    palette().ok_or_else(|| format!("the style sheet has not all colours of the theme {theme}"))
}

/// What a property is set to below a selector: in the first of its blocks that sets it.
fn value(selector: &str, name: &str) -> Option<String> {
    let blocks = TOKENS.split(selector).skip(1).filter_map(|after| after.split('}').next());
    let set = format!(" {name}:");
    let value = blocks.filter_map(|block| block.split(&set).nth(1)?.split(';').next()).next()?;
    Some(value.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_themes_are_those_of_the_page() {
        let (light, dark) = (palette("light", "en").unwrap(), palette("dark", "ja").unwrap());
        for palette in [&light, &dark] {
            let Palette { ground, panel, raised, line, strong, text, muted, accent, hit, run, error, .. } = palette;
            for colour in [ground, panel, raised, line, strong, text, muted, accent, hit, run, error] {
                assert!(colour.len() == 7 && colour.starts_with('#'), "{colour}");
            }
        }
        assert!(light.ground > light.text && dark.ground < dark.text, "{light:?} {dark:?}");
        assert!(!light.sans.contains("Noto Sans JP") && dark.sans.contains("Noto Sans JP"));
        assert!(light.mono.ends_with("monospace") && !light.mono.contains('\n'));
        assert!(palette("blue", "en").unwrap_err().contains("light and dark"));
    }
}
