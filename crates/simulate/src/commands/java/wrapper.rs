//! The scripts that Maven and Gradle put beside a project.

use filesystem::Content;

use super::super::CommandFn;
use super::super::input::{TEXT_LIMIT, last_part};

/// The model of a wrapper script: it goes by its name, and by naming the file that such a script reads. Its text does
/// nothing but find Java, fetch the tool and start it.
pub fn model(path: &str, content: &Content) -> Option<CommandFn> {
    let (reads, model): (&[u8], CommandFn) = match last_part(path) {
        "mvnw" => (b"maven-wrapper", super::maven),
        "gradlew" => (b"gradle-wrapper.jar", super::gradle),
        _ => return None,
    };
    let text = content.bytes(TEXT_LIMIT)?;
    text.windows(reads.len()).any(|part| part == reads).then_some(model)
}
