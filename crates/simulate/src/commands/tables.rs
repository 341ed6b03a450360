//! The large tables of packages. The program in the page does not carry them: it fetches one once a build runs a command
//! that reads it, and puts it into the catalog. Other programs have them from the start.
//!
//! A table is a fact that never changes, so that a text that was learnt once stays for all builds to come.

use std::sync::OnceLock;

use catalog::Catalog;

/// A table by its name, which is its file's in `data/packages` too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// Debian's packages.
    Apt,
    /// npm's.
    Npm,
    /// Python's.
    Pip,
}

const TABLES: [Table; 3] = [Table::Apt, Table::Npm, Table::Pip];

impl Table {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Table::Apt => "apt",
            Table::Npm => "npm",
            Table::Pip => "pip",
        }
    }

    fn learnt(self) -> &'static OnceLock<&'static str> {
        static LEARNT: [OnceLock<&'static str>; 3] = [const { OnceLock::new() }; 3];
        let [apt, npm, pip] = &LEARNT;
        match self {
            Table::Apt => apt,
            Table::Npm => npm,
            Table::Pip => pip,
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn carried(self) -> Option<&'static str> {
        Some(match self {
            Table::Apt => include_str!("data/packages/apt.txt"),
            Table::Npm => include_str!("data/packages/npm.txt"),
            Table::Pip => include_str!("data/packages/pip.txt"),
        })
    }

    #[cfg(target_arch = "wasm32")]
    fn carried(self) -> Option<&'static str> {
        None
    }

    /// Its text; empty where it is not known yet, in a build that does not read it (see [`lacking`]).
    pub fn text(self) -> &'static str {
        self.carried().or_else(|| self.learnt().get().copied()).unwrap_or_default()
    }
}

/// Learns the tables that a catalog has.
pub fn learn(catalog: &Catalog) {
    for table in TABLES {
        if let Some(text) = catalog.table(table.name())
            && table.carried().is_none()
        {
            // Kept for good: what is read from it lives as long as the program.
            table.learnt().get_or_init(|| Box::leak(text.to_string().into_boxed_str()));
        }
    }
}

/// The table that a command reads, where it is not known yet: the command cannot run before it is.
pub fn lacking(command: &str) -> Option<Table> {
    let table = read_by(command)?;
    (table.carried().is_none() && table.learnt().get().is_none()).then_some(table)
}

/// The table that a command reads.
fn read_by(command: &str) -> Option<Table> {
    match command {
        "add-apt-repository" | "dpkg" | "dpkg-query" | "dpkg-reconfigure" | "locale-gen" => Some(Table::Apt),
        "bun" | "bunx" | "corepack" | "node" | "nodejs" | "npm" | "npx" | "pnpm" | "pnpx" | "yarn" | "yarnpkg" => {
            Some(Table::Npm)
        }
        "pipenv" | "poetry" | "uv" | "uvx" | "virtualenv" => Some(Table::Pip),
        _ if command.starts_with("apt") => Some(Table::Apt),
        _ if command.starts_with("pip") || command.starts_with("python") => Some(Table::Pip),
        _ if super::npm::programs::lookup(command).is_some() => Some(Table::Npm),
        _ => None,
    }
}
