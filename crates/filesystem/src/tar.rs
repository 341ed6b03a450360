//! The tar format: ustar, with GNU and POSIX long names.

use crate::archive::{ENTRY_LIMIT, foreign_compression, plain};
use crate::{ArchiveError, Attr, Content, Special, TarEntry, TarKind};

/// Bytes of a long name or a set of extended attributes.
const EXTENSION_LIMIT: usize = 1 << 20;

const BLOCK: u64 = 512;

/// Where the numbers of a device are in a header.
const DEVICE_AT: usize = 329;

pub(crate) struct Header {
    name: String,
    link: String,
    flag: u8,
    size: u64,
    attr: Attr,
    /// Of a device, the major and minor number.
    numbers: (u32, u32),
}

/// The header in the block at an offset; none where the archive ends.
pub(crate) fn header_at(content: &Content, offset: u64) -> Result<Option<Header>, ArchiveError> {
    let end = offset.saturating_add(BLOCK);
    if content.size() < end {
        return if content.size() > offset { Err(ArchiveError::Invalid) } else { Ok(None) };
    }
    let block = content.slice(offset, end).bytes(BLOCK as usize);
    let block = block.ok_or(ArchiveError::Unknown)?;
    if block.iter().all(|byte| *byte == 0) {
        return Ok(None);
    }
    let blanked = |(index, byte): (usize, &u8)| match index {
        148..156 => 32,
        _ => u64::from(*byte),
    };
    let sum: u64 = block.iter().enumerate().map(blanked).sum();
    if number(field(&block, 148, 8))? != sum {
        return Err(ArchiveError::Invalid);
    }
    let mut name = text(field(&block, 0, 100));
    let prefix = text(field(&block, 345, 155));
    let is_posix = field(&block, 257, 6) == b"ustar\0";
    if is_posix && !prefix.is_empty() {
        name = format!("{prefix}/{name}");
    }
    Ok(Some(Header {
        name,
        link: text(field(&block, 157, 100)),
        flag: field(&block, 156, 1).first().copied().unwrap_or(0),
        size: number(field(&block, 124, 12))?,
        attr: Attr {
            mode: number(field(&block, 100, 8))? as u32 & 0o7777,
            uid: number(field(&block, 108, 8))? as u32,
            gid: number(field(&block, 116, 8))? as u32,
            mtime: i64::try_from(number(field(&block, 136, 12))?).unwrap_or(i64::MAX),
        },
        numbers: (
            number(field(&block, DEVICE_AT, 8)).unwrap_or(0) as u32,
            number(field(&block, DEVICE_AT + 8, 8)).unwrap_or(0) as u32,
        ),
    }))
}

fn field(block: &[u8], start: usize, length: usize) -> &[u8] {
    block.get(start..start + length).unwrap_or_default()
}

fn text(field: &[u8]) -> String {
    let end = field.iter().position(|byte| *byte == 0);
    String::from_utf8_lossy(field.get(..end.unwrap_or(field.len())).unwrap_or_default()).into_owned()
}

/// Octal digits, or base 256 if the first bit is set.
fn number(field: &[u8]) -> Result<u64, ArchiveError> {
    match field.split_first() {
        Some((first, rest)) if first & 0x80 != 0 => {
            let start = u64::from(first & 0x7f);
            let add = |sum: u64, byte: &u8| sum.checked_mul(256)?.checked_add(u64::from(*byte));
            rest.iter().try_fold(start, add).ok_or(ArchiveError::Invalid)
        }
        _ => {
            let digits = text(field);
            let digits = digits.trim_matches(' ');
            if digits.is_empty() {
                return Ok(0);
            }
            u64::from_str_radix(digits, 8).map_err(|_| ArchiveError::Invalid)
        }
    }
}

/// What the extended headers before an entry say of it.
#[derive(Default)]
struct Extensions {
    name: Option<String>,
    link: Option<String>,
    numbers: Vec<(String, String)>,
}

impl Extensions {
    fn add_pax(&mut self, records: &[u8]) {
        let mut rest = records;
        while let Some(blank) = rest.iter().position(|byte| *byte == b' ') {
            let length = text(rest.get(..blank).unwrap_or_default());
            let Ok(length) = length.parse::<usize>() else {
                return;
            };
            if length <= blank || length > rest.len() {
                return;
            }
            let (record, after) = rest.split_at(length);
            rest = after;
            let record = record.get(blank + 1..).unwrap_or_default();
            let record = String::from_utf8_lossy(record);
            if let Some((key, value)) = record.trim_end_matches('\n').split_once('=') {
                match key {
                    "path" => self.name = Some(value.to_string()),
                    "linkpath" => self.link = Some(value.to_string()),
                    _ => self.numbers.push((key.to_string(), value.to_string())),
                }
            }
        }
    }

    fn apply(self, header: &mut Header) {
        if let Some(name) = self.name {
            header.name = name;
        }
        if let Some(link) = self.link {
            header.link = link;
        }
        for (key, value) in self.numbers {
            let whole = value.split('.').next().unwrap_or_default();
            match key.as_str() {
                "size" => header.size = whole.parse().unwrap_or(header.size),
                "uid" => header.attr.uid = whole.parse().unwrap_or(header.attr.uid),
                "gid" => header.attr.gid = whole.parse().unwrap_or(header.attr.gid),
                "mtime" => header.attr.mtime = whole.parse().unwrap_or(header.attr.mtime),
                _ => {}
            }
        }
    }
}

/// The entries of a tar archive (ustar, GNU and POSIX long names), plain or gzipped. Of unknown kinds none.
pub fn read_tar(content: &Content) -> Result<Vec<TarEntry>, ArchiveError> {
    if let Some(name) = foreign_compression(content) {
        return Err(ArchiveError::Compression(name));
    }
    let content = plain(content)?;
    let mut entries = Vec::new();
    let mut extensions = Extensions::default();
    let mut offset = 0;
    while let Some(mut header) = header_at(&content, offset)? {
        let extension = |size: u64| {
            let start = offset.saturating_add(BLOCK);
            let data = content.slice(start, start.saturating_add(size));
            data.bytes(EXTENSION_LIMIT).ok_or(ArchiveError::TooLarge)
        };
        let is_extension = matches!(header.flag, b'L' | b'K' | b'x' | b'g');
        match header.flag {
            b'L' => extensions.name = Some(text(&extension(header.size)?)),
            b'K' => extensions.link = Some(text(&extension(header.size)?)),
            b'x' => extensions.add_pax(&extension(header.size)?),
            _ => {}
        }
        if !is_extension {
            std::mem::take(&mut extensions).apply(&mut header);
        }
        let start = offset.saturating_add(BLOCK);
        let has_data = is_extension || matches!(header.flag, b'0' | 0 | b'7');
        let size = if has_data { header.size } else { 0 };
        let end = start.saturating_add(size);
        if end > content.size() {
            return Err(ArchiveError::Invalid);
        }
        if !is_extension && let Some(kind) = kind_of(&header, || content.slice(start, end)) {
            entries.push(TarEntry { name: header.name, kind, attr: header.attr });
        }
        if entries.len() > ENTRY_LIMIT {
            return Err(ArchiveError::TooLarge);
        }
        offset = end.div_ceil(BLOCK).saturating_mul(BLOCK);
    }
    Ok(entries)
}

fn kind_of(header: &Header, data: impl FnOnce() -> Content) -> Option<TarKind> {
    Some(match header.flag {
        b'0' | 0 if header.name.ends_with('/') => TarKind::Dir,
        b'0' | 0 | b'7' => TarKind::File(data()),
        b'1' => TarKind::HardLink(header.link.clone()),
        b'2' => TarKind::Symlink(header.link.clone()),
        b'3' => TarKind::Special(Special::Char(header.numbers.0, header.numbers.1)),
        b'4' => TarKind::Special(Special::Block(header.numbers.0, header.numbers.1)),
        b'5' => TarKind::Dir,
        b'6' => TarKind::Special(Special::Fifo),
        _ => return None,
    })
}

/// A tar archive (ustar with GNU long names) of these entries, padded to a multiple of `record` bytes: 10240 for tar(1).
pub fn write_tar(entries: &[TarEntry], record: u64) -> Content {
    let mut archive = Content::default();
    for entry in entries {
        let (flag, link, data) = match &entry.kind {
            TarKind::Dir => (b'5', "", None),
            TarKind::File(content) => (b'0', "", Some(content)),
            TarKind::Symlink(target) => (b'2', target.as_str(), None),
            TarKind::Special(Special::Char(..)) => (b'3', "", None),
            TarKind::Special(Special::Block(..)) => (b'4', "", None),
            TarKind::Special(Special::Fifo) => (b'6', "", None),
            TarKind::HardLink(target) => (b'1', target.as_str(), None),
        };
        let name = match entry.kind {
            TarKind::Dir if !entry.name.ends_with('/') => format!("{}/", entry.name),
            _ => entry.name.clone(),
        };
        for (long, flag) in [(link, b'K'), (name.as_str(), b'L')] {
            if long.len() > 100 {
                let text = format!("{long}\0");
                let header = header_block("././@LongLink", "", flag, text.len() as u64, Attr::default(), (0, 0));
                archive.push_bytes(&header);
                add_padded(&mut archive, &Content::text(&text));
            }
        }
        let size = data.map_or(0, Content::size);
        let numbers = match entry.kind {
            TarKind::Special(special) => special.numbers(),
            _ => (0, 0),
        };
        archive.push_bytes(&header_block(&name, link, flag, size, entry.attr, numbers));
        if let Some(data) = data {
            add_padded(&mut archive, data);
        }
    }
    let end = archive.size().saturating_add(2 * BLOCK);
    let record = record.max(BLOCK);
    let padded = end.div_ceil(record).saturating_mul(record);
    archive.append(&Content::repeat(0, padded - archive.size()));
    archive
}

fn add_padded(archive: &mut Content, data: &Content) {
    archive.append(data);
    let rest = data.size() % BLOCK;
    if rest > 0 {
        archive.append(&Content::repeat(0, BLOCK - rest));
    }
}

fn header_block(name: &str, link: &str, flag: u8, size: u64, attr: Attr, numbers: (u32, u32)) -> Vec<u8> {
    let mut block = Vec::with_capacity(BLOCK as usize);
    let text = |block: &mut Vec<u8>, text: &str, length: usize| {
        let bytes = text.as_bytes();
        let end = block.len() + length;
        block.extend_from_slice(bytes.get(..bytes.len().min(length)).unwrap_or_default());
        block.resize(end, 0);
    };
    let octal = |block: &mut Vec<u8>, number: u64, length: usize| {
        let digits = format!("{number:0width$o}", width = length - 1);
        if digits.len() < length {
            text(block, &digits, length);
        } else {
            let bytes = number.to_be_bytes();
            block.push(0x80);
            block.resize(block.len() + length.saturating_sub(1 + bytes.len()), 0);
            let kept = bytes.len().min(length - 1);
            block.extend_from_slice(bytes.get(bytes.len() - kept..).unwrap_or_default());
        }
    };
    text(&mut block, name, 100);
    octal(&mut block, u64::from(attr.mode), 8);
    octal(&mut block, u64::from(attr.uid), 8);
    octal(&mut block, u64::from(attr.gid), 8);
    octal(&mut block, size, 12);
    octal(&mut block, u64::try_from(attr.mtime).unwrap_or(0), 12);
    let sum_at = block.len();
    block.extend_from_slice(b"        ");
    block.push(flag);
    text(&mut block, link, 100);
    block.extend_from_slice(b"ustar\x0000");
    if matches!(flag, b'3' | b'4') {
        block.resize(DEVICE_AT, 0);
        octal(&mut block, u64::from(numbers.0), 8);
        octal(&mut block, u64::from(numbers.1), 8);
    }
    block.resize(BLOCK as usize, 0);
    let sum: u64 = block.iter().map(|byte| u64::from(*byte)).sum();
    let digits = format!("{sum:06o}\0 ");
    for (place, digit) in block.iter_mut().skip(sum_at).zip(digits.bytes()) {
        *place = digit;
    }
    block
}
