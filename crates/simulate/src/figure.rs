//! The figures of a profile as people read and set them: with names, units and limits.

use crate::Profile;

/// The unit of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Megabits a second.
    MegabitsPerSecond,
    /// Millions of bytes a second.
    MegabytesPerSecond,
    /// Milliseconds.
    Milliseconds,
    /// Microseconds.
    Microseconds,
    /// A number of cores.
    Cores,
    /// Percent of the machine that was measured.
    Percent,
}

/// A figure of a profile.
#[derive(Clone, Copy, Debug)]
pub struct Figure {
    /// The name in command lines, saved files and locales: `network`.
    pub name: &'static str,
    /// What it is counted in.
    pub unit: Unit,
    /// The least that it can be.
    pub least: u64,
    /// The most that it can be.
    pub most: u64,
    field: fn(&mut Profile) -> &mut u64,
}

/// Bytes a second in a megabit a second.
const MEGABIT: u64 = 125_000;
/// Bytes a second in a megabyte a second.
const MEGABYTE: u64 = 1_000_000;

/// Every figure of a profile, in the order in which they are shown.
pub const FIGURES: [Figure; 10] = [
    figure("network", Unit::MegabitsPerSecond, 1, 100_000, |profile| &mut profile.network_bytes_per_second),
    figure("latency", Unit::Milliseconds, 0, 60_000, |profile| &mut profile.network_latency_ms),
    figure("disk", Unit::MegabytesPerSecond, 1, 100_000, |profile| &mut profile.disk_bytes_per_second),
    figure("file", Unit::Microseconds, 0, 1_000_000, |profile| &mut profile.file_us),
    figure("container", Unit::Milliseconds, 0, 60_000, |profile| &mut profile.container_start_ms),
    figure("command", Unit::Milliseconds, 0, 10_000, |profile| &mut profile.command_ms),
    figure("cores", Unit::Cores, 1, 256, |profile| &mut profile.cores),
    figure("compile", Unit::Percent, 1, 10_000, |profile| &mut profile.compile_percent),
    figure("packages", Unit::Percent, 1, 10_000, |profile| &mut profile.packages_percent),
    figure("compress", Unit::Percent, 1, 10_000, |profile| &mut profile.compress_percent),
];

const fn figure(name: &'static str, unit: Unit, least: u64, most: u64, field: fn(&mut Profile) -> &mut u64) -> Figure {
    Figure { name, unit, least, most, field }
}

impl Figure {
    /// The figure of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Figure> {
        FIGURES.iter().find(|figure| figure.name == name)
    }

    /// What it is in a profile, in its unit.
    #[must_use]
    pub fn of(&self, profile: &Profile) -> u64 {
        let mut profile = profile.clone();
        *(self.field)(&mut profile) / self.scale()
    }

    /// The profile with another value of it, no less and no more than it can be.
    #[must_use]
    pub fn set(&self, profile: &Profile, value: u64) -> Profile {
        let mut profile = profile.clone();
        *(self.field)(&mut profile) = value.clamp(self.least, self.most).saturating_mul(self.scale());
        profile
    }

    fn scale(&self) -> u64 {
        match self.unit {
            Unit::MegabitsPerSecond => MEGABIT,
            Unit::MegabytesPerSecond => MEGABYTE,
            Unit::Milliseconds | Unit::Microseconds | Unit::Cores | Unit::Percent => 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Preset;

    #[test]
    fn presets_can_be_written_as_their_figures() {
        for preset in Preset::ALL {
            let profile = preset.profile();
            let again =
                FIGURES.iter().fold(Profile::default(), |again, figure| figure.set(&again, figure.of(&profile)));
            assert_eq!(again, profile, "{}", preset.name());
        }
    }

    #[test]
    fn values_stay_within_their_limits() {
        let laptop = Profile::default();
        for figure in &FIGURES {
            assert_eq!(figure.of(&figure.set(&laptop, 0)), figure.least, "{}", figure.name);
            assert_eq!(figure.of(&figure.set(&laptop, u64::MAX)), figure.most, "{}", figure.name);
            assert_eq!(Figure::named(figure.name).map(|found| found.unit), Some(figure.unit));
        }
        let network = Figure::named("network").map(|figure| figure.of(&laptop));
        assert_eq!(network, Some(100));
    }
}
