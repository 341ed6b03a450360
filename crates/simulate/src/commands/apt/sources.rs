//! Where packages come from: /etc/apt/sources.list, sources.list.d, and the lists that `update` fetches.

use filesystem::{Cred, FileSystem};

use super::config::Config;

/// How much of a sources file is looked at.
const SOURCES_LIMIT: usize = 1 << 20;

/// One suite of one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub uri: String,
    pub suite: String,
    pub components: Vec<String>,
}

/// A file of /var/lib/apt/lists with the bytes that travel for it.
pub struct ListFile {
    pub name: String,
    pub bytes: u64,
    pub travels: u64,
    /// As `update` prints it.
    pub label: String,
}

/// The distribution of the image.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Release {
    /// `debian`, `ubuntu`
    pub id: String,
    /// `bookworm`
    pub codename: String,
}

impl Release {
    /// Whether the data are this release's own.
    pub fn is_measured(&self) -> bool {
        self.codename == "bookworm"
    }
}

/// Reads /etc/os-release.
pub fn release(fs: &FileSystem) -> Release {
    let bytes = fs.read("/etc/os-release", &Cred::root()).ok().and_then(|content| content.bytes(SOURCES_LIMIT));
    let text = String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned();
    let field = |name: &str| {
        let value = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
        value.unwrap_or_default().trim_matches('"').to_string()
    };
    let codename = field("VERSION_CODENAME");
    Release { id: field("ID"), codename: if codename.is_empty() { "bookworm".to_string() } else { codename } }
}

/// The sources of an image: what its files say and, where they name no distribution of their own (the catalog's images
/// are known in outline), the distribution's usual ones.
pub fn sources(fs: &FileSystem, release: &Release) -> Vec<Source> {
    let root = Cred::root();
    let folder = "/etc/apt/sources.list.d";
    let mut found = Vec::new();
    let names = fs.read_dir(folder, &root).unwrap_or_default();
    let parts = names.iter().map(|name| format!("{folder}/{name}"));
    let mut has_own = false;
    for path in std::iter::once("/etc/apt/sources.list".to_string()).chain(parts) {
        let Some(bytes) = fs.read(&path, &root).ok().and_then(|content| content.bytes(SOURCES_LIMIT)) else { continue };
        let text = String::from_utf8_lossy(&bytes);
        has_own |=
            path == "/etc/apt/sources.list" || path.ends_with("/debian.sources") || path.ends_with("/ubuntu.sources");
        if path.ends_with(".list") {
            found.extend(text.lines().filter_map(one_line));
        } else if path.ends_with(".sources") {
            found.extend(text.split("\n\n").flat_map(stanza));
        }
    }
    if !has_own {
        let mut all = usual(release);
        all.append(&mut found);
        return all;
    }
    found
}

/// The sources that an official image of the release has.
fn usual(release: &Release) -> Vec<Source> {
    let source = |uri: &str, suite: String, components: &[&str]| Source {
        uri: uri.to_string(),
        suite,
        components: components.iter().map(|word| (*word).to_string()).collect(),
    };
    let name = &release.codename;
    if release.id == "ubuntu" {
        let parts = ["main", "universe", "restricted", "multiverse"];
        let uri = "http://archive.ubuntu.com/ubuntu";
        return vec![
            source(uri, name.clone(), &parts),
            source(uri, format!("{name}-updates"), &parts),
            source(uri, format!("{name}-backports"), &parts),
            source("http://security.ubuntu.com/ubuntu", format!("{name}-security"), &parts),
        ];
    }
    let uri = "http://deb.debian.org/debian";
    vec![
        source(uri, name.clone(), &["main"]),
        source(uri, format!("{name}-updates"), &["main"]),
        source("http://deb.debian.org/debian-security", format!("{name}-security"), &["main"]),
    ]
}

/// `deb [options] URI SUITE COMPONENT…`
fn one_line(line: &str) -> Option<Source> {
    let rest = line.trim().strip_prefix("deb ")?.trim_start();
    let rest = match rest.strip_prefix('[') {
        Some(options) => options.split_once(']')?.1,
        None => rest,
    };
    let mut words = rest.split('#').next().unwrap_or_default().split_whitespace().map(str::to_string);
    let (uri, suite) = (words.next()?, words.next()?);
    Some(Source { uri: uri.trim_end_matches('/').to_string(), suite, components: words.collect() })
}

/// The sources of a deb822 stanza: every address with every suite.
fn stanza(text: &str) -> Vec<Source> {
    let field = |name: &str| -> Vec<String> {
        let line = text.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then_some(value)
        });
        line.unwrap_or_default().split_whitespace().map(str::to_string).collect()
    };
    if !field("Types").iter().any(|kind| kind == "deb") || field("Enabled").iter().any(|value| value == "no") {
        return Vec::new();
    }
    let components = field("Components");
    let one = |uri: &String, suite: String| Source {
        uri: uri.trim_end_matches('/').to_string(),
        suite,
        components: components.clone(),
    };
    field("URIs")
        .iter()
        .flat_map(|uri| field("Suites").into_iter().map(move |suite| (uri.clone(), suite)))
        .map(|(uri, suite)| one(&uri, suite))
        .collect()
}

impl Source {
    /// Whether it is the distribution's, whose packages the data have.
    pub fn is_distribution(&self) -> bool {
        ["/debian", "/debian-security", "/ubuntu"].iter().any(|end| self.uri.ends_with(end))
            && (self.uri.contains("debian.org")
                || self.uri.contains("ubuntu.com")
                || !self.uri.contains("://download."))
    }

    /// The host of its address.
    pub fn host(&self) -> &str {
        let rest = self.uri.split_once("://").map_or(self.uri.as_str(), |(_, rest)| rest);
        rest.split(['/', ':']).next().unwrap_or(rest)
    }

    /// The files that `update` leaves for it in /var/lib/apt/lists. Measured: main of bookworm 18,840,233 bytes of
    /// Packages as lz4 and all seven files of the three suites 19,853,620; of trixie 21,654,992; not compressed 87,245,956.
    pub fn lists(&self, release: &Release, config: &Config) -> Vec<ListFile> {
        let trixie = if release.codename == "trixie" { (109, 100) } else { (1, 1) };
        let scaled = |bytes: u64| bytes * trixie.0 / trixie.1;
        let is_main = self.is_distribution() && !self.suite.contains('-');
        let (packages, release_bytes) =
            match (self.is_distribution(), self.suite.rsplit_once('-').map(|(_, part)| part)) {
                (true, None) => (scaled(18_840_233), 151_082),
                (true, Some("security")) => (scaled(743_909), 47_959),
                (true, Some("updates")) => (scaled(15_000), 55_437),
                (true, Some("backports")) => (scaled(800_000), 59_421),
                // of another's repository nobody knows
                _ => (60_000, 5_000),
            };
        // the official images, the only ones that the catalog has, say so in a file of its own, which nobody removes
        let is_packed = config.is("Acquire::GzipIndexes", true);
        let (packages, extension) = if is_packed { (packages, ".lz4") } else { (packages * 87 / 20, "") };
        let place: String = self.uri.split_once("://").map_or(self.uri.as_str(), |(_, rest)| rest).replace('/', "_");
        let stem = format!("{place}_dists_{}", self.suite.replace('/', "_"));
        let mut files = vec![ListFile {
            name: format!("{stem}_InRelease"),
            bytes: release_bytes,
            travels: release_bytes,
            label: format!("{} {} InRelease", self.uri, self.suite),
        }];
        for (at, component) in self.components.iter().enumerate() {
            // what is not main is small beside it; Ubuntu's universe is as great as Debian's main
            let share = if at == 0 && is_main && release.id == "ubuntu" {
                10
            } else if at == 0 || component == "universe" {
                100
            } else {
                2
            };
            let bytes = packages * share / 100;
            files.push(ListFile {
                name: format!("{stem}_{component}_binary-amd64_Packages{extension}"),
                bytes,
                travels: if is_packed { bytes * 47 / 100 } else { bytes * 10 / 100 },
                label: format!("{} {}/{component} amd64 Packages", self.uri, self.suite),
            });
        }
        files
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_sources_are_read() {
        let line = one_line("deb [arch=amd64 signed-by=/k.gpg] https://deb.example.org/node_20.x nodistro main # x");
        assert_eq!(
            line.map(|source| (source.suite, source.components)),
            Some(("nodistro".into(), vec!["main".into()]))
        );
        assert_eq!(one_line("deb-src http://x y main"), None);
        let text = "Types: deb\nURIs: http://a/debian\nSuites: one two\nComponents: main\n";
        assert_eq!(stanza(text).len(), 2);
    }
}
