//! Base images from a folder of JSON files.

use std::fs;
use std::path::Path;

use catalog::{Catalog, Index, parse_image};

/// Where base images are looked for: in the folder where the command is run, and in Layerlab's own source.
const DEFAULTS: [&str; 2] = ["catalog", "crates/catalog/data/images"];

/// The catalog that was asked for, or the first of the usual ones that is there.
pub fn chosen_catalog(folder: Option<&str>) -> Result<Catalog, String> {
    match folder {
        Some(folder) => read_catalog(Path::new(folder), true),
        None => {
            let found = DEFAULTS.iter().map(Path::new).find(|folder| folder.is_dir());
            found.map_or(Ok(Catalog::default()), |folder| read_catalog(folder, false))
        }
    }
}

/// Reads every `*.json` of a folder. A folder that is not there holds none, unless it was asked for.
pub fn read_catalog(folder: &Path, required: bool) -> Result<Catalog, String> {
    let mut catalog = Catalog::default();
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(_) if !required => return Ok(catalog),
        Err(error) => {
            return Err(format!("{}: {error}. Give a folder of base images", folder.display()));
        }
    };
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    for path in paths {
        let failed = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
        let text = fs::read_to_string(&path).map_err(|error| failed(&error))?;
        catalog.insert(parse_image(&text).map_err(|error| failed(&error))?);
    }
    // the folder is all there is
    catalog.insert_index(&Index::default());
    Ok(catalog)
}
