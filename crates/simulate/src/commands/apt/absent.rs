//! Names that Dockerfiles ask for and Debian 12 does not have, with what apt says to each.

/// Why a name cannot be installed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// No package has the name, or names it.
    NotLocated,
    /// Another package names it, but none is there.
    NoCandidate,
}

/// As apt 2.6.1 answered for main of bookworm, bookworm-updates and bookworm-security in November 2026.
const NO_CANDIDATE: &[&str] = &[
    "chromium-browser",
    "docker-ce",
    "libcurl3",
    "libmysqlclient-dev",
    "libpng12-dev",
    "mongodb",
    "mysql-client",
    "mysql-server",
    "openjdk-11-jdk",
    "openjdk-21-jdk",
    "openjdk-8-jdk",
    "php7.4",
    "python",
    "python-dev",
    "python-pip",
    "python-setuptools",
    "ttf-mscorefonts-installer",
    "unrar",
];
const NOT_LOCATED: &[&str] = &[
    "apt-add-repository",
    "dotnet-sdk-8.0",
    "ffprobe",
    "google-chrome-stable",
    "ifconfig",
    "libffi7",
    "libicu66",
    "libicu67",
    "libjpeg8",
    "libssl1.0.0",
    "libssl1.1",
    "mongodb-org",
    "msodbcsql17",
    "php8.1-fpm",
    "postgresql-14",
    "postgresql-client-14",
    "python3.12",
    "python3.9",
    "terraform",
    "vi",
];

/// What is wrong with a name, if it is one of those.
pub fn why(name: &str) -> Option<Why> {
    if NO_CANDIDATE.contains(&name) {
        Some(Why::NoCandidate)
    } else if NOT_LOCATED.contains(&name) {
        Some(Why::NotLocated)
    } else {
        None
    }
}
