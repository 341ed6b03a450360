//! The options that tar knows.

/// The letters of GNU's tar.
pub const GNU_SHORT: &str = "cxtruAdf:C:zjJZavopOT:kmhX:PI:b:UlwRBV:H:1::";

/// The long options of GNU's tar alone; `_` is one that changes nothing here.
pub const GNU_LONG: &[(&str, char)] = &[
    ("catenate", 'A'),
    ("concatenate", 'A'),
    ("diff", 'd'),
    ("compare", 'd'),
    ("delete", 'D'),
    ("update", 'u'),
    ("transform=", '/'),
    ("xform=", '/'),
    ("mode=", 'M'),
    ("mtime=", 'Y'),
    ("clamp-mtime", '_'),
    ("sort=", '_'),
    ("numeric-owner", 'n'),
    ("absolute-names", 'P'),
    ("one-top-level=", '1'),
    ("keep-newer-files", 'K'),
    ("skip-old-files", 'B'),
    ("wildcards", '4'),
    ("no-wildcards", '5'),
    ("no-recursion", '8'),
    ("recursion", '_'),
    ("remove-files", 'R'),
    ("show-transformed-names", '9'),
    ("show-stored-names", '9'),
    ("exclude-from=", 'X'),
    ("exclude-vcs", 'V'),
    ("exclude-caches", '_'),
    ("exclude-backups", '_'),
    ("dereference", 'h'),
    ("hard-dereference", '_'),
    ("touch", 'm'),
    ("same-owner", '_'),
    ("same-order", '_'),
    ("null", '_'),
    ("verbatim-files-from", '_'),
    ("use-compress-program=", 'I'),
    ("zstd", 'Z'),
    ("lzma", 'Z'),
    ("unlink-first", 'U'),
    ("recursive-unlink", '_'),
    ("no-overwrite-dir", '_'),
    ("overwrite-dir", '_'),
    ("keep-directory-symlink", '_'),
    ("format=", '_'),
    ("posix", '_'),
    ("pax-option=", '_'),
    ("old-archive", '_'),
    ("label=", '_'),
    ("warning=", '_'),
    ("checkpoint", '_'),
    ("sparse", '_'),
    ("xattrs", '_'),
    ("no-xattrs", '_'),
    ("acls", '_'),
    ("no-acls", '_'),
    ("selinux", '_'),
    ("no-selinux", '_'),
    ("delay-directory-restore", '_'),
    ("no-delay-directory-restore", '_'),
    ("force-local", '_'),
    ("ignore-failed-read", '_'),
    ("ignore-zeros", '_'),
    ("blocking-factor=", '_'),
    ("record-size=", '_'),
    ("one-file-system", '_'),
    ("check-links", '_'),
    ("anchored", '_'),
    ("no-anchored", '_'),
    ("utc", '_'),
    ("full-time", '_'),
    ("quoting-style=", '_'),
    ("totals", '6'),
    ("version", '?'),
];

/// Spells out the oldest way of writing: letters without a minus first, their values in order behind; the error is the
/// letter whose value is missing.
pub fn spelled_out(arguments: &[String]) -> Result<Vec<String>, char> {
    let Some((first, rest)) = arguments.split_first().filter(|(first, _)| !first.starts_with('-') && !first.is_empty())
    else {
        return Ok(arguments.to_vec());
    };
    let mut rest = rest.iter();
    let mut spelled = Vec::new();
    for letter in first.chars() {
        spelled.push(format!("-{letter}"));
        if "fCTXIbVH".contains(letter) {
            spelled.push(rest.next().ok_or(letter)?.clone());
        }
    }
    spelled.extend(rest.cloned());
    Ok(spelled)
}
