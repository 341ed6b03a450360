//! The browser for the tests: Chromium or Chrome, and its driver.

use crate::program::{announce, find, output, run};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A browser that can be driven.
pub struct Browser {
    /// Chromium or Chrome.
    pub program: PathBuf,
    /// `chromedriver`.
    pub driver: PathBuf,
}

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC_CHROME: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/// Finds the browser and its driver; installs Debian's where that is allowed (root, and apt-get).
///
/// `LAYERLAB_BROWSER` and `CHROMEDRIVER` name them directly.
///
/// # Errors
/// When something is missing and cannot be installed: the message has the command to run.
pub fn provide() -> Result<Browser, String> {
    if let Some(browser) = located() {
        return Ok(browser);
    }
    if find("apt-get").is_some() && is_root() {
        announce("Installing Debian's chromium and chromium-driver (about 100 MB, a minute)");
        let apt =
            |arguments: &[&str]| run(Command::new("apt-get").args(arguments).env("DEBIAN_FRONTEND", "noninteractive"));
        // A stale package list may still do; the installation tells.
        let updated = apt(&["update", "--quiet"]);
        apt(&["install", "--quiet", "--yes", "--no-install-recommends", "chromium", "chromium-driver"]).map_err(
            |error| match updated {
                Ok(()) => error,
                Err(first) => format!("{first}; {error}"),
            },
        )?;
        if let Some(browser) = located() {
            return Ok(browser);
        }
    }
    let how = if find("apt-get").is_some() {
        "Run: sudo apt-get install chromium chromium-driver (Debian), or sudo apt-get install chromium-browser chromium-chromedriver (Ubuntu)"
    } else if cfg!(target_os = "macos") {
        "Run: brew install --cask google-chrome chromedriver"
    } else {
        "Install Chromium and its chromedriver with your system's package manager"
    };
    let what = match (program(), driver()) {
        (None, None) => "Chromium (or Chrome) and chromedriver are missing",
        (None, Some(_)) => "Chromium (or Chrome) is missing",
        (Some(_), _) => "chromedriver is missing",
    };
    Err(format!("{what}. {how}; or set LAYERLAB_BROWSER and CHROMEDRIVER to where they are"))
}

fn located() -> Option<Browser> {
    Some(Browser { program: program()?, driver: driver()? })
}

fn program() -> Option<PathBuf> {
    std::env::var_os("LAYERLAB_BROWSER")
        .map(PathBuf::from)
        .or_else(|| NAMES.iter().find_map(|name| find(name)))
        .or_else(|| Some(PathBuf::from(MAC_CHROME)))
        .filter(|program| program.is_file())
}

fn driver() -> Option<PathBuf> {
    std::env::var_os("CHROMEDRIVER")
        .map(PathBuf::from)
        .or_else(|| find("chromedriver"))
        .filter(|driver: &PathBuf| Path::new(driver).is_file())
}

fn is_root() -> bool {
    output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}
