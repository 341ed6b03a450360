//! Dependencies that are installed after the whole source was copied: every edit of a source file installs them again.

use dockerfile::Body;

use super::commands::Called;
use super::{Facts, Finding, Tip};

pub(super) const TIP: Tip = Tip { code: "tip-install-after-source", page: "cache/optimize/#order-your-layers", find };

fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let runs = facts.runs.iter().filter_map(|run| {
        let manifest = run.commands.iter().find_map(manifest)?;
        let before = facts.instructions(run.stage).take_while(|(number, _)| *number < run.number);
        // Where the manifest came by itself and was installed, a second installation is meant.
        let installed = facts.runs.iter().any(|other| {
            other.stage.index == run.stage.index
                && other.number < run.number
                && other.commands.iter().any(|called| self::manifest(called).is_some())
        });
        let copied = before.into_iter().find_map(|(_, instruction)| match &instruction.body {
            Body::Copy(copy) if copy.from.is_none() => {
                let whole = copy.sources.iter().any(|source| matches!(source.text.as_str(), "." | "./" | "/"));
                whole.then_some(instruction.range)
            }
            _ => None,
        })?;
        let finding = Finding::at(run.instruction.range).text("manifest", manifest).count("line", facts.line(copied));
        (!installed).then_some(finding)
    });
    runs.collect()
}

/// The file that says what a command installs, where it installs what a file says.
fn manifest(called: &Called) -> Option<&'static str> {
    let plain = || called.words.iter().skip(1).filter(|word| !word.starts_with('-')).count() == 1;
    match (called.name(), called.verb()) {
        ("npm", "ci") => Some("package-lock.json"),
        ("npm", "install" | "i") if plain() => Some("package.json"),
        ("yarn", "" | "install") => Some("yarn.lock"),
        ("pnpm", "fetch") => Some("pnpm-lock.yaml"),
        ("pnpm", "install" | "i") if plain() => Some("pnpm-lock.yaml"),
        ("pip" | "pip3", "install") if called.has("-r") || called.has("--requirement") => Some("requirements.txt"),
        ("poetry", "install") => Some("poetry.lock"),
        ("uv", "sync") => Some("uv.lock"),
        ("bundle", "install") => Some("Gemfile.lock"),
        ("composer", "install") => Some("composer.lock"),
        ("go", "mod") if called.has("download") => Some("go.mod"),
        ("dotnet", "restore") => Some("*.csproj"),
        ("mvn", _) if called.has("dependency:go-offline") => Some("pom.xml"),
        _ => None,
    }
}
