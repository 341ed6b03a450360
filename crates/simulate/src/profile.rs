//! The machine that durations are estimated for.

/// The speeds of a machine. Every duration that is shown comes from these numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Download speed in bytes a second.
    pub network_bytes_per_second: u64,
    /// Time to open a connection and get a first answer, in milliseconds.
    pub network_latency_ms: u64,
    /// Speed of writing files in bytes a second.
    pub disk_bytes_per_second: u64,
    /// Time to create one file, in microseconds.
    pub file_us: u64,
    /// Time to start and stop the container of a RUN, in milliseconds.
    pub container_start_ms: u64,
    /// Time for one simple command, in milliseconds.
    pub command_ms: u64,
    /// Steps that can run at the same time.
    pub cores: u64,
    /// Time that compilers and bundlers take, in percent of the machine that they were measured on.
    pub compile_percent: u64,
    /// Time that package managers take beside download and unpacking, in the same percent.
    pub packages_percent: u64,
    /// Time that compression takes, in the same percent.
    pub compress_percent: u64,
}

/// A profile that is offered by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// A laptop at home.
    Laptop,
    /// A hosted CI runner.
    Ci,
    /// The same laptop on the Wi-Fi of a full conference hall.
    Wifi,
}

/// What a time is spent on, where machines differ in more than network and disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// Compilers, linkers, bundlers.
    Compile,
    /// What package managers do beside download and unpacking: resolving, configuring, install scripts.
    Packages,
    /// Compression and its reverse.
    Compress,
}

/// A laptop of 2024 (eight cores, an NVMe disk that writes small files through overlayfs) on a line of 100 Mbit/s to a
/// registry 80 ms away. The measured times of the models are those of such a machine: its factors are 100.
const LAPTOP: Profile = Profile {
    network_bytes_per_second: 12_500_000,
    network_latency_ms: 80,
    disk_bytes_per_second: 500_000_000,
    file_us: 60,
    container_start_ms: 250,
    command_ms: 2,
    cores: 8,
    compile_percent: 100,
    packages_percent: 100,
    compress_percent: 100,
};

impl Preset {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Preset; 3] = [Preset::Laptop, Preset::Ci, Preset::Wifi];

    /// The name in command lines and saved files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Preset::Laptop => "laptop",
            Preset::Ci => "ci",
            Preset::Wifi => "wifi",
        }
    }

    /// The preset of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Preset> {
        Preset::ALL.into_iter().find(|preset| preset.name() == name)
    }

    /// The preset that a profile is, unless a figure of it was changed.
    #[must_use]
    pub fn of(profile: &Profile) -> Option<Preset> {
        Preset::ALL.into_iter().find(|preset| preset.profile() == *profile)
    }

    /// Its figures.
    #[must_use]
    pub fn profile(self) -> Profile {
        match self {
            Preset::Laptop => LAPTOP,
            // A standard Linux runner of GitHub's: four virtual cores of a server (each about half a physical core at a
            // lower clock, so that single-threaded work takes half as long again), a network disk, and a data centre's
            // line close to the registry's mirrors.
            Preset::Ci => Profile {
                network_bytes_per_second: 125_000_000,
                network_latency_ms: 30,
                disk_bytes_per_second: 200_000_000,
                file_us: 100,
                container_start_ms: 350,
                command_ms: 3,
                cores: 4,
                compile_percent: 150,
                packages_percent: 140,
                compress_percent: 150,
            },
            // A share of 4 Mbit/s and a quarter of a second to an answer: what a few hundred people leave each other on
            // one uplink. Nothing but the line differs from the laptop.
            Preset::Wifi => Profile { network_bytes_per_second: 500_000, network_latency_ms: 250, ..LAPTOP },
        }
    }
}

impl Default for Profile {
    /// The laptop's.
    fn default() -> Profile {
        LAPTOP
    }
}

impl Profile {
    /// How long a work takes here that takes `ms` on the machine that it was measured on.
    #[must_use]
    pub fn scaled(&self, work: Work, ms: u64) -> u64 {
        let percent = match work {
            Work::Compile => self.compile_percent,
            Work::Packages => self.packages_percent,
            Work::Compress => self.compress_percent,
        };
        ms.saturating_mul(percent) / 100
    }

    /// How long a download of so many bytes takes.
    #[must_use]
    pub fn download_ms(&self, bytes: u64) -> u64 {
        let ms = bytes.saturating_mul(1000) / self.network_bytes_per_second.max(1);
        self.network_latency_ms.saturating_add(ms)
    }

    /// How long writing so many files of so many bytes takes.
    #[must_use]
    pub fn write_ms(&self, bytes: u64, files: u64) -> u64 {
        let bytes_ms = bytes.saturating_mul(1000) / self.disk_bytes_per_second.max(1);
        bytes_ms.saturating_add(files.saturating_mul(self.file_us) / 1000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presets_are_found_by_name_and_by_their_figures() {
        for preset in Preset::ALL {
            assert_eq!(Preset::named(preset.name()), Some(preset));
            assert_eq!(Preset::of(&preset.profile()), Some(preset));
        }
        assert_eq!(Preset::named("server"), None);
        assert_eq!(Preset::of(&Profile { cores: 3, ..Profile::default() }), None);
    }

    #[test]
    fn times_scale_with_the_figures_and_never_overflow() {
        let profile = Preset::Ci.profile();
        assert_eq!(profile.scaled(Work::Compile, 2000), 3000);
        assert_eq!(profile.download_ms(125_000_000), 1030);
        assert_eq!(profile.write_ms(200_000_000, 1000), 1100);
        assert_eq!(profile.scaled(Work::Packages, u64::MAX), u64::MAX / 100);
        assert!(profile.download_ms(u64::MAX) > 0);
    }
}
