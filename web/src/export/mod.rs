//! A build as a text or picture that stands by itself: the crate `picture` has it. What a browser has to do for it is the
//! caller's.

pub use picture::export::*;
