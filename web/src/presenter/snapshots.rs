//! Snapshots in the tab: what is kept under the numbers 1 to 9, and under 0 what was left for the last of them. They stay
//! when the page is loaded again, and go with the tab.

use crate::effects::own_storage;

/// The numbers under which snapshots are kept.
pub const SLOTS: std::ops::RangeInclusive<u8> = 1..=9;
/// The number of what was left for a snapshot.
pub const BEFORE: u8 = 0;

fn key(slot: u8) -> String {
    format!("layerlab-snapshot-{slot}")
}

/// Keeps a snapshot; whether there was room for it.
pub fn keep(slot: u8, text: &str) -> bool {
    own_storage().is_some_and(|storage| storage.set_item(&key(slot), text).is_ok())
}

/// A snapshot that was kept.
pub fn kept(slot: u8) -> Option<String> {
    own_storage()?.get_item(&key(slot)).ok().flatten()
}

/// The numbers that have one, 0 included.
pub fn kept_slots() -> Vec<u8> {
    (BEFORE..=*SLOTS.end()).filter(|slot| kept(*slot).is_some()).collect()
}
