//! What installs dependencies: its manifests, and where it keeps what it downloads.

use crate::script::Call;

/// A program that installs what a manifest says.
pub(crate) struct Tool {
    /// The programs that call it.
    pub programs: &'static [&'static str],
    /// The files that it reads beside the source: patterns, relative to where it runs. The first that is there is the
    /// manifest.
    pub files: &'static [&'static str],
    /// Where it keeps downloads and what can be made again, for root.
    pub caches: &'static [&'static str],
    /// A command that only fetches, for tools whose builds fetch besides.
    pub fetch: Option<&'static str>,
    /// Whether a call installs what the manifest says, and needs nothing else.
    installs: fn(&Call) -> bool,
    /// Whether a call uses the caches.
    uses: fn(&Call) -> bool,
}

impl Tool {
    /// Whether a call installs what the manifest says, and needs nothing else.
    pub fn installs(&self, call: &Call) -> bool {
        self.programs.contains(&call.name()) && (self.installs)(call)
    }

    /// Whether a call uses the caches.
    pub fn uses_caches(&self, call: &Call) -> bool {
        self.programs.contains(&call.name()) && (self.uses)(call)
    }
}

/// Nothing but options behind the verb.
fn plain(call: &Call, verbs: &[&str]) -> bool {
    verbs.contains(&call.verb()) && call.operands().count() <= 1
}

fn any_verb(call: &Call, verbs: &[&str]) -> bool {
    verbs.contains(&call.verb())
}

const JAVA_GOALS: [&str; 5] = ["package", "install", "verify", "compile", "test"];

pub(crate) const TOOLS: [Tool; 15] = [
    Tool {
        programs: &["npm"],
        files: &["package.json", "package-lock.json", "npm-shrinkwrap.json", ".npmrc"],
        caches: &["/root/.npm"],
        fetch: None,
        installs: |call| plain(call, &["ci", "install", "i", "clean-install"]) && !call.has("-g"),
        uses: |call| any_verb(call, &["ci", "install", "i", "clean-install"]),
    },
    Tool {
        programs: &["yarn"],
        files: &["package.json", "yarn.lock", ".yarnrc", ".yarnrc.yml", ".npmrc"],
        caches: &["/usr/local/share/.cache/yarn"],
        fetch: None,
        installs: |call| plain(call, &["", "install"]) && !call.has("--version"),
        uses: |call| any_verb(call, &["", "install", "add"]),
    },
    Tool {
        programs: &["pnpm"],
        files: &["package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml", ".npmrc"],
        caches: &["/root/.local/share/pnpm/store"],
        fetch: None,
        installs: |call| plain(call, &["install", "i", "fetch"]),
        uses: |call| any_verb(call, &["install", "i", "fetch", "add"]),
    },
    Tool {
        programs: &["pip", "pip3"],
        files: &["requirements.txt"],
        caches: &["/root/.cache/pip"],
        fetch: None,
        installs: |call| call.verb() == "install" && !requirement_files(call).is_empty(),
        uses: |call| any_verb(call, &["install", "wheel", "download"]),
    },
    Tool {
        programs: &["pipenv"],
        files: &["Pipfile", "Pipfile.lock"],
        caches: &["/root/.cache/pipenv", "/root/.cache/pip"],
        fetch: None,
        installs: |call| plain(call, &["install", "sync"]),
        uses: |call| any_verb(call, &["install", "sync"]),
    },
    Tool {
        programs: &["poetry"],
        files: &["pyproject.toml", "poetry.lock", "poetry.toml"],
        caches: &["/root/.cache/pypoetry/cache", "/root/.cache/pypoetry/artifacts"],
        fetch: None,
        // without it the project is installed, too, and with it its source
        installs: |call| plain(call, &["install"]) && call.has("--no-root"),
        uses: |call| any_verb(call, &["install"]),
    },
    Tool {
        programs: &["uv"],
        files: &["pyproject.toml", "uv.lock", ".python-version"],
        caches: &["/root/.cache/uv"],
        fetch: None,
        installs: |call| plain(call, &["sync"]) && (call.has("--no-install-project") || call.has("--no-root")),
        uses: |call| any_verb(call, &["sync", "pip"]),
    },
    Tool {
        programs: &["bundle"],
        files: &["Gemfile", "Gemfile.lock", ".ruby-version"],
        caches: &[],
        fetch: None,
        installs: |call| plain(call, &["", "install"]),
        uses: |_| false,
    },
    Tool {
        programs: &["composer"],
        files: &["composer.json", "composer.lock", "symfony.lock"],
        caches: &["/root/.composer/cache"],
        fetch: None,
        installs: |call| plain(call, &["install"]) && call.has("--no-scripts") && call.has("--no-autoloader"),
        uses: |call| any_verb(call, &["install", "require", "update"]),
    },
    Tool {
        programs: &["go"],
        files: &["go.mod", "go.sum"],
        caches: &["/go/pkg/mod", "/root/.cache/go-build"],
        fetch: Some("go mod download"),
        installs: |call| call.verb() == "mod" && call.has("download"),
        uses: |call| any_verb(call, &["mod", "build", "install", "test", "get", "vet", "generate", "run"]),
    },
    Tool {
        programs: &["mvn", "mvnw"],
        files: &["pom.xml"],
        caches: &["/root/.m2"],
        fetch: Some("mvn -B dependency:go-offline"),
        installs: |call| call.words.iter().any(|word| word.contains("dependency:")),
        uses: |call| call.operands().any(|word| JAVA_GOALS.contains(&word) || word.contains(':')),
    },
    Tool {
        programs: &["gradle", "gradlew"],
        files: &["build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts", "gradle.properties"],
        caches: &["/root/.gradle", "/home/gradle/.gradle"],
        fetch: Some("gradle --no-daemon dependencies"),
        installs: |call| call.has("dependencies"),
        uses: |call| call.operands().next().is_some(),
    },
    Tool {
        programs: &["cargo"],
        files: &["Cargo.toml", "Cargo.lock"],
        caches: &["/usr/local/cargo/registry"],
        fetch: None,
        installs: |call| call.verb() == "fetch",
        uses: |call| any_verb(call, &["build", "install", "fetch", "test", "chef", "run"]),
    },
    Tool {
        programs: &["dotnet"],
        files: &["*.csproj", "*.fsproj", "*.sln", "nuget.config", "NuGet.Config", "Directory.Packages.props"],
        caches: &["/root/.nuget/packages"],
        fetch: Some("dotnet restore"),
        installs: |call| call.verb() == "restore",
        uses: |call| any_verb(call, &["restore", "build", "publish", "test"]),
    },
    Tool {
        programs: &["mix"],
        files: &["mix.exs", "mix.lock"],
        caches: &[],
        fetch: None,
        installs: |call| any_verb(call, &["deps.get"]),
        uses: |_| false,
    },
];

/// The tool of a call that installs what a manifest says, and nothing else.
pub(crate) fn installer(call: &Call) -> Option<&'static Tool> {
    TOOLS.iter().find(|tool| tool.installs(call))
}

/// The tool of a call that fetches dependencies, among other things perhaps.
pub(crate) fn fetcher(call: &Call) -> Option<&'static Tool> {
    TOOLS.iter().find(|tool| tool.installs(call) || tool.uses_caches(call))
}

/// Files that `pip install` is given with `-r` or `-c`.
pub(crate) fn requirement_files(call: &Call) -> Vec<&str> {
    let mut files = Vec::new();
    let mut words = call.words.iter().map(String::as_str);
    while let Some(word) = words.next() {
        let joined = ["--requirement=", "--constraint="].iter().find_map(|option| word.strip_prefix(option));
        let short = word.strip_prefix("-r").or_else(|| word.strip_prefix("-c")).filter(|rest| !rest.is_empty());
        match word {
            "-r" | "--requirement" | "-c" | "--constraint" => files.extend(words.next()),
            _ => files.extend(joined.or(short.filter(|_| !word.starts_with("--")))),
        }
    }
    files
}

/// The files that a call of a tool reads, relative to where it runs: patterns.
pub(crate) fn files_of<'a>(tool: &'static Tool, call: &'a Call) -> Vec<&'a str> {
    let given = requirement_files(call);
    if tool.programs.contains(&"pip") && !given.is_empty() { given } else { tool.files.to_vec() }
}

/// Whether a file's name is one of a manifest, a lock file or a package manager's settings.
pub(crate) fn is_manifest_name(name: &str) -> bool {
    let requirements = name.starts_with("requirements") && name.ends_with(".txt");
    let known = |pattern: &&str| filesystem::path_match(pattern, name).unwrap_or(false);
    requirements || TOOLS.iter().any(|tool| tool.files.iter().any(known))
}
