//! Base images: those that the command carries, or a folder of JSON files.

use std::fs;
use std::path::Path;

use catalog::{Catalog, Index, parse_image};

/// The texts of the base images that the command carries.
const CARRIED: &[&str] = include!(concat!(env!("OUT_DIR"), "/images.rs"));
/// Where base images are looked for in the folder where the command is run.
const OWN: &str = "catalog";

/// The catalog that was asked for; else the folder `catalog`, where there is one; else what the command carries.
pub fn chosen_catalog(folder: Option<&str>) -> Result<Catalog, String> {
    match folder {
        Some(folder) => read_catalog(Path::new(folder), true),
        None if Path::new(OWN).is_dir() => read_catalog(Path::new(OWN), false),
        None => carried(),
    }
}

/// The base images that the command carries.
pub fn carried() -> Result<Catalog, String> {
    let mut catalog = Catalog::default();
    for text in CARRIED {
        catalog.insert(parse_image(text)?);
    }
    catalog.insert_index(&Index::default());
    Ok(catalog)
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
