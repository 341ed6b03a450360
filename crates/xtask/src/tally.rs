//! Counts of tests, read off the summaries that test runners print.

/// How many passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Tests that passed.
    pub passed: u64,
    /// Tests that failed.
    pub failed: u64,
}

impl Tally {
    /// One thing that passed.
    pub const PASSED: Self = Self { passed: 1, failed: 0 };

    /// One thing that failed.
    pub const FAILED: Self = Self { passed: 0, failed: 1 };

    /// Adds another tally.
    pub fn add(&mut self, other: Self) {
        self.passed = self.passed.saturating_add(other.passed);
        self.failed = self.failed.saturating_add(other.failed);
    }

    /// Adds what a line of a runner's output says: `test result: …` of Cargo's and wasm-bindgen's runners (once for
    /// each test program), `ℹ pass N` and `ℹ fail N` of Node's.
    pub fn read(&mut self, line: &str) {
        let line = line.trim();
        if let Some(result) = line.strip_prefix("test result:") {
            self.add(Self { passed: number_before(result, "passed"), failed: number_before(result, "failed") });
        } else if let Some(passed) = line.strip_prefix("ℹ pass ") {
            self.passed = self.passed.saturating_add(passed.parse().unwrap_or(0));
        } else if let Some(failed) = ["ℹ fail ", "ℹ cancelled "].iter().find_map(|prefix| line.strip_prefix(prefix))
        {
            self.failed = self.failed.saturating_add(failed.parse().unwrap_or(0));
        }
    }
}

fn number_before(text: &str, word: &str) -> u64 {
    let words: Vec<&str> = text.split([' ', ';', '.']).collect();
    words
        .iter()
        .zip(words.iter().skip(1))
        .find(|(_, next)| **next == word)
        .and_then(|(number, _)| number.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries_of_each_runner_are_counted() {
        let table = [
            ("test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.02s", (12, 0)),
            ("test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out", (3, 2)),
            ("ℹ pass 7", (7, 0)),
            ("ℹ fail 1", (0, 1)),
            ("ℹ cancelled 2", (0, 2)),
            ("ℹ duration_ms 312.5", (0, 0)),
            ("test a::passed ... ok", (0, 0)),
            ("test result:", (0, 0)),
        ];
        for (line, (passed, failed)) in table {
            let mut tally = Tally::default();
            tally.read(line);
            assert_eq!(tally, Tally { passed, failed }, "{line}");
        }
    }

    #[test]
    fn summaries_of_several_programs_add_up() {
        let mut tally = Tally::default();
        tally.read("test result: ok. 1 passed; 0 failed");
        tally.read("test result: FAILED. 1 passed; 1 failed");
        assert_eq!(tally, Tally { passed: 2, failed: 1 });
    }
}
