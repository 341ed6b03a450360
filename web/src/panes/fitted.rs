pub use crate::svg::{fitted, fitted_in_the_middle};
