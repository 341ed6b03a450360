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
}

impl Default for Profile {
    /// A laptop of 2024 on a 100 Mbit/s line.
    fn default() -> Profile {
        Profile {
            network_bytes_per_second: 12_500_000,
            network_latency_ms: 80,
            disk_bytes_per_second: 500_000_000,
            file_us: 60,
            container_start_ms: 250,
            command_ms: 2,
        }
    }
}
