//! Packages of repositories that are not the distribution's: what is known of a few, and how others are named.

use super::sources::Source;

/// A package of another's repository.
#[derive(Clone, Copy, Debug)]
pub struct Third {
    /// Where it comes from: a part of the address.
    pub host: &'static str,
    pub name: &'static str,
    /// Installed-Size and the archive, in KiB; 0 where nobody measured it.
    pub kib: u64,
    pub deb_kib: u64,
    pub needs: &'static [&'static str],
    pub programs: &'static [&'static str],
}

/// nodejs: Installed-Size of 20.20.2-1nodesource1; its archive is taken for a sixth, as those of Debian's libraries are.
/// yarn: the layer of it in the official Node.js images.
const KNOWN: &[Third] = &[
    Third {
        host: "deb.nodesource.com",
        name: "nodejs",
        kib: 191_771,
        deb_kib: 32_000,
        needs: &["python3", "ca-certificates"],
        programs: &["node", "npm", "npx", "corepack"],
    },
    Third { host: "yarnpkg.com", name: "yarn", kib: 4_079, deb_kib: 900, needs: &[], programs: &["yarn", "yarnpkg"] },
    named("docker.com", "docker-ce", &["dockerd"]),
    named("docker.com", "docker-ce-cli", &["docker"]),
    named("docker.com", "containerd.io", &["containerd", "runc"]),
    named("docker.com", "docker-buildx-plugin", &[]),
    named("docker.com", "docker-compose-plugin", &[]),
    named("google.com", "google-chrome-stable", &["google-chrome", "google-chrome-stable"]),
    named("google.com", "google-cloud-cli", &["gcloud", "gsutil", "bq"]),
    named("google.com", "google-cloud-sdk", &["gcloud", "gsutil", "bq"]),
    named("microsoft.com", "azure-cli", &["az"]),
    named("microsoft.com", "powershell", &["pwsh"]),
];

const fn named(host: &'static str, name: &'static str, programs: &'static [&'static str]) -> Third {
    Third { host, name, kib: 0, deb_kib: 0, needs: &[], programs }
}

/// The package of that name, where a source is its repository.
pub fn find(sources: &[Source], name: &str) -> Option<&'static Third> {
    KNOWN.iter().find(|third| third.name == name && sources.iter().any(|source| source.host().ends_with(third.host)))
}

/// The programs of a package that the data lack, where its name says which.
pub fn programs(name: &str) -> Option<Vec<&'static str>> {
    if let Some(third) = KNOWN.iter().find(|third| third.name == name) {
        return Some(third.programs.to_vec());
    }
    let begins = |parts: &[&str]| parts.iter().any(|part| name.starts_with(part));
    if begins(&["temurin-", "zulu", "openjdk-", "java-", "msopenjdk-"]) {
        return Some(if name.ends_with("jre") || name.contains("-jre-") {
            vec!["java"]
        } else {
            vec!["java", "javac", "jar"]
        });
    }
    if begins(&["dotnet-", "aspnetcore-runtime-"]) {
        return Some(vec!["dotnet"]);
    }
    None
}

/// The version that a repository's address names: `node_20.x`.
pub fn version(sources: &[Source], third: &Third) -> String {
    let source = sources.iter().find(|source| source.host().ends_with(third.host));
    let digits = source.map(|source| {
        let path = source.uri.rsplit('/').next().unwrap_or_default();
        path.chars().filter(char::is_ascii_digit).collect::<String>()
    });
    digits.filter(|digits| !digits.is_empty()).unwrap_or_else(|| "0".to_string())
}
