//! The programs of packages that have a model, by name.

use super::super::CommandFn;
use super::{build_tool, check_tool, cross_env, prisma, rimraf, run_scripts};

/// Sorted by name.
const PROGRAMS: &[(&str, CommandFn)] = &[
    ("astro", build_tool),
    ("ava", check_tool),
    ("biome", check_tool),
    ("c8", check_tool),
    ("concurrently", run_scripts),
    ("cross-env", cross_env),
    ("cypress", check_tool),
    ("del-cli", rimraf),
    ("docusaurus", build_tool),
    ("eleventy", build_tool),
    ("esbuild", build_tool),
    ("eslint", check_tool),
    ("gatsby", build_tool),
    ("husky", check_tool),
    ("jest", check_tool),
    ("lerna", run_scripts),
    ("lint-staged", check_tool),
    ("mocha", check_tool),
    ("nest", build_tool),
    ("next", build_tool),
    ("ng", build_tool),
    ("npm-run-all", run_scripts),
    ("nuxi", build_tool),
    ("nuxt", build_tool),
    ("nyc", check_tool),
    ("parcel", build_tool),
    ("playwright", check_tool),
    ("prettier", check_tool),
    ("prisma", prisma),
    ("react-router", build_tool),
    ("react-scripts", build_tool),
    ("remix", build_tool),
    ("rimraf", rimraf),
    ("rollup", build_tool),
    ("run-p", run_scripts),
    ("run-s", run_scripts),
    ("standard", check_tool),
    ("stylelint", check_tool),
    ("tsc", build_tool),
    ("tslint", check_tool),
    ("tsup", build_tool),
    ("turbo", run_scripts),
    ("vite", build_tool),
    ("vitepress", build_tool),
    ("vitest", check_tool),
    ("vue-cli-service", build_tool),
    ("vue-tsc", build_tool),
    ("webpack", build_tool),
    ("webpack-cli", build_tool),
];

/// The model of a package's program.
pub fn lookup(name: &str) -> Option<CommandFn> {
    let at = PROGRAMS.binary_search_by(|(other, _)| (*other).cmp(name)).ok()?;
    PROGRAMS.get(at).map(|&(_, function)| function)
}

/// The names of these programs.
pub fn names() -> impl Iterator<Item = &'static str> {
    PROGRAMS.iter().map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_sorted() {
        assert!(PROGRAMS.is_sorted_by(|a, b| a.0 < b.0));
    }
}
