//! Texts pressed against a dictionary that both sides have: DEFLATE whose window begins with what links usually say.
//!
//! The dictionary belongs to the version of the link: another one needs a new version. It holds the phrases of Dockerfiles
//! and manifests, and the sample project as it was when the version began, so that a link to it says what differs.

use miniz_oxide::deflate::core::{CompressorOxide, TDEFLFlush, compress_to_output, create_comp_flags_from_zip_params};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};
use miniz_oxide::{MZ_ADLER32_INIT, mz_adler32_oxide};

use super::LinkError;

/// What version 2 begins with.
const DICTIONARY: &[u8] = include_bytes!("dictionary.txt");
/// How hard a text is pressed, of ten.
const LEVEL: i32 = 9;
/// The bytes of the checksum at the front.
const CHECKSUM: usize = 4;
/// What there is room for at first; more is made where it is not enough.
const FIRST_ROOM: usize = 64 << 10;

/// A text's checksum, and the text pressed.
pub(super) fn pack(text: &[u8]) -> Vec<u8> {
    let mut packed = mz_adler32_oxide(MZ_ADLER32_INIT, text).to_be_bytes().to_vec();
    let mut compressor = CompressorOxide::new(create_comp_flags_from_zip_params(LEVEL, 0, 0));
    // What the dictionary comes to is known to the reader.
    let _ = compress_to_output(&mut compressor, DICTIONARY, TDEFLFlush::Sync, |_| true);
    let _ = compress_to_output(&mut compressor, text, TDEFLFlush::Finish, |bytes| {
        packed.extend_from_slice(bytes);
        true
    });
    packed
}

/// The text that was packed, of at most `limit` bytes.
pub(super) fn unpack(packed: &[u8], limit: usize) -> Result<Vec<u8>, LinkError> {
    let (checksum, pressed) = packed.split_at_checked(CHECKSUM).ok_or(LinkError::Truncated)?;
    let start = DICTIONARY.len();
    let mut out = DICTIONARY.to_vec();
    out.resize(start + FIRST_ROOM.min(limit), 0);
    let mut state = DecompressorOxide::new();
    let (mut read, mut written) = (0, start);
    loop {
        let rest = pressed.get(read..).unwrap_or_default();
        let flags = TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
        let (status, taken, made) = decompress(&mut state, rest, &mut out, written, flags);
        (read, written) = (read + taken, written + made);
        match status {
            TINFLStatus::Done => break,
            TINFLStatus::HasMoreOutput if out.len() - start >= limit => {
                return Err(LinkError::TooLarge { limit: u64::try_from(limit).unwrap_or(u64::MAX) });
            }
            TINFLStatus::HasMoreOutput => {
                let room = ((out.len() - start) * 2).min(limit);
                out.resize(start + room, 0);
            }
            TINFLStatus::FailedCannotMakeProgress | TINFLStatus::NeedsMoreInput => return Err(LinkError::Truncated),
            _ => return Err(LinkError::Damaged),
        }
    }
    let text = out.get(start..written).unwrap_or_default().to_vec();
    let is_right = mz_adler32_oxide(MZ_ADLER32_INIT, &text).to_be_bytes().as_slice() == checksum;
    // something behind the end was never written
    if is_right && read == pressed.len() { Ok(text) } else { Err(LinkError::Damaged) }
}
