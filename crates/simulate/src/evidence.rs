//! What an estimate rests on.

/// A set of data or measurements that numbers are estimated from. Each has a short name for machines; the sentence that
/// names the source in full is the page's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// The package indexes of Debian 12 and measured installs from them.
    DebianPackages,
    /// The sizes that apk prints for packages in official images.
    AlpinePackages,
    /// npm packages, each installed alone.
    NpmInstalls,
    /// Python packages, each installed alone.
    PipInstalls,
    /// Published sizes of Go programs and modules.
    GoBuilds,
    /// A typical size of such a thing, for want of a measured one.
    TypicalSize,
    /// A base image whose bytes were derived from its compressed ones, or that stands for another one.
    BaseImage,
}

impl Evidence {
    /// All of them.
    pub const ALL: [Evidence; 7] = [
        Evidence::DebianPackages,
        Evidence::AlpinePackages,
        Evidence::NpmInstalls,
        Evidence::PipInstalls,
        Evidence::GoBuilds,
        Evidence::TypicalSize,
        Evidence::BaseImage,
    ];

    /// Its name for machines: `debian-packages`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Evidence::DebianPackages => "debian-packages",
            Evidence::AlpinePackages => "alpine-packages",
            Evidence::NpmInstalls => "npm-installs",
            Evidence::PipInstalls => "pip-installs",
            Evidence::GoBuilds => "go-builds",
            Evidence::TypicalSize => "typical-size",
            Evidence::BaseImage => "base-image",
        }
    }
}
