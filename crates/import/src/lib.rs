//! What people bring along: their project's files, as a folder or as a pasted listing, and what a real engine printed.
//!
//! [`read_listing`] reads the output of `find -printf '%s %p\n'`, `stat -c '%s %n'`, `git ls-files -s`,
//! `git ls-tree -r -l` and `tar tv` (GNU tar, bsdtar, BusyBox); [`readings`] says which files of a folder are worth
//! reading, and how far; [`assemble`] makes a build context of what was found. [`read_measured`] reads sizes and times from
//! `docker history`, `docker build --progress` and `docker image inspect`.
//!
//! It does not model: listings of other programs, names with line breaks, extended attributes, owners (they do not matter
//! to a build).
//!
//! Invariants: no text makes it panic; a line is either read or reported with its number; what is not known of a file
//! (its size, its permissions, a link's target) is counted, so that the page can say so.

mod assemble;
mod found;
mod listing;
mod measured;
mod reading;

pub use assemble::{Assembled, Refused, assemble, dockerfile_of, give_dockerfile};
pub use found::{Found, FoundKind};
pub use listing::{Format, Listing, UNREAD_SHOWN, Unread, read_listing};
pub use measured::{MeasuredFormat, MeasuredText, read_measured};
pub use reading::{Reading, is_script, looks_executable, readings};
