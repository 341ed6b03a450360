//! java, javac, jar, jlink, Maven and Gradle.

mod gradle;
mod maven;
mod pom;
mod tools;
mod wrapper;

pub use gradle::gradle;
pub use maven::maven;
pub use tools::{jar, java, javac, jlink};
pub use wrapper::model as wrapper;
