//! A link as a QR code: drawn here, from nothing but the link.

use qrcodegen::{QrCode, QrCodeEcc};

/// The bytes that a code holds at most.
pub const MOST: usize = 2_953;
/// More bytes make a code that is only read from near.
pub const FAR: usize = 1_300;

/// The light border that readers look for, in modules.
const BORDER: i32 = 4;

/// A code as a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// Its dark modules, as a path.
    pub path: String,
    /// Its width and height, border included.
    pub side: i32,
}

/// The code of a text; `None` where it is too long for one.
#[must_use]
pub fn code(text: &str) -> Option<Code> {
    let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
    let size = code.size();
    let mut path = String::new();
    for y in 0..size {
        let mut x = 0;
        while x < size {
            let dark = (x..size).take_while(|x| code.get_module(*x, y)).count();
            let dark = i32::try_from(dark).unwrap_or(0);
            if dark > 0 {
                path.push_str(&format!("M{} {}h{dark}v1h-{dark}z", x + BORDER, y + BORDER));
            }
            x += dark + 1;
        }
    }
    Some(Code { path, side: size + 2 * BORDER })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_finders_stand_in_three_corners() {
        let code = code("https://layerlab.example/#/lesson/layers").unwrap_or(Code { path: String::new(), side: 0 });
        assert_eq!(code.side, 37, "version 3, and the border");
        for corner in ["M4 4h7v1h-7z", "M26 4h7v1h-7z", "M4 26h7v1h-7z"] {
            assert!(code.path.contains(corner), "{corner}");
        }
    }

    #[test]
    fn the_longest_text_that_fits_fits() {
        assert!(code(&"a".repeat(MOST)).is_some());
        assert_eq!(code(&"a".repeat(MOST + 1)), None);
    }
}
