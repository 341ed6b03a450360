//! A picture in dots.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Family, Query};
use resvg::usvg::{Options, Tree};

/// The dots for each of a picture's, as in the page.
const SCALE: f32 = 2.0;
/// The dots that a side has at most.
const MOST_DOTS: f32 = 16_000.0;

/// Draws a picture. Its words are in fonts of this machine.
pub fn png(svg: &str) -> Result<Vec<u8>, String> {
    let mut options = Options::default();
    let fonts = options.fontdb_mut();
    fonts.load_system_fonts();
    name_families(fonts)?;
    let tree = Tree::from_str(svg, &options).map_err(|error| format!("--png: the picture cannot be read: {error}"))?;
    let size = tree.size();
    let scale = SCALE.min(MOST_DOTS / size.width().max(size.height()));
    let dots = size.to_int_size().scale_by(scale).and_then(|dots| Pixmap::new(dots.width(), dots.height()));
    let mut dots = dots.ok_or("--png: the picture is too large for one in dots: take --svg")?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut dots.as_mut());
    dots.encode_png().map_err(|error| format!("--png: {error}"))
}

/// Gives the generic families fonts that there are: what a machine has differs.
fn name_families(fonts: &mut Database) -> Result<(), String> {
    if fonts.is_empty() {
        return Err("--png: this machine has no fonts, so that all words would be missing. Install some (on Debian \
             fonts-dejavu-core, for Japanese fonts-noto-cjk), or take --svg"
            .to_owned());
    }
    let has = |fonts: &Database, name: &str| {
        fonts.query(&Query { families: &[Family::Name(name)], ..Query::default() }).is_some()
    };
    let sans = ["Noto Sans", "Liberation Sans", "DejaVu Sans", "Arial", "Helvetica", "Noto Sans CJK JP"];
    let mono = ["DejaVu Sans Mono", "Liberation Mono", "Noto Sans Mono", "Menlo", "Consolas", "Courier New"];
    let any = |fonts: &Database, wanted: &dyn Fn(&resvg::usvg::fontdb::FaceInfo) -> bool| {
        fonts.faces().find(|face| wanted(face)).and_then(|face| face.families.first()).map(|(name, _)| name.clone())
    };
    let chosen = |names: &[&str]| names.iter().find(|name| has(fonts, name)).map(|name| (*name).to_owned());
    let sans = chosen(&sans).or_else(|| any(fonts, &|_| true));
    let mono = chosen(&mono).or_else(|| any(fonts, &|face| face.monospaced)).or_else(|| sans.clone());
    if let (Some(sans), Some(mono)) = (sans, mono) {
        fonts.set_sans_serif_family(sans);
        fonts.set_monospace_family(mono);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_without_fonts_is_told_so() {
        let mut fonts = Database::new();
        assert!(name_families(&mut fonts).unwrap_err().contains("this machine has no fonts"));
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        assert!(png("<svg").unwrap_err().starts_with("--png: "));
    }
}
