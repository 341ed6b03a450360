//! Which options busybox's applets take: fewer than GNU's tools do.

/// Of each applet the letters, with a colon behind those that take a value, and the long names that it does not know
/// though its model does: what Debian's busybox-static 1:1.38.0-3 answers to each of them.
const APPLETS: &[(&str, &str, &str)] = &[
    ("ar", "coptvx", ""),
    ("awk", "e:f:v:E:F:W:", ""),
    ("base64", "diw:", ""),
    ("basename", "as:", ""),
    ("bunzip2", "cdfkqtv", ""),
    ("bzip2", "cdfkqstvz", ""),
    ("cal", "jmy", ""),
    ("cat", "bentuvA", ""),
    ("chgrp", "cfhvHLPR", "from reference"),
    ("chown", "cfhvHLPR", "from reference"),
    ("cmp", "ln:s", ""),
    ("cp", "adfilnprst:uvHLPRT", "no-preserve preserve"),
    ("cpio", "dimotuvF:H:LR:", ""),
    ("cut", "b:c:d:f:nsDF:O:", ""),
    ("date", "d:r:s:uD:IR", "iso-8601 rfc-email universal"),
    ("df", "ahikmt:B:HPT", ""),
    ("diff", "abdipqrstuwBEL:NS:TU:", ""),
    ("dos2unix", "du", ""),
    ("du", "abcd:hklmsxHL", ""),
    ("env", "iu:", "chdir split-string"),
    ("expand", "it:", ""),
    ("fallocate", "l:o:", ""),
    ("fold", "bsw:", ""),
    ("grep", "ace:f:hilm:noqrsvwxzA:B:C:EFHILR", ""),
    ("groups", "", ""),
    ("gunzip", "cdfknqtv", ""),
    ("gzip", "cdfknqtv", ""),
    ("head", "c:n:qv", ""),
    ("hexdump", "bcde:f:n:os:vxC", ""),
    ("hostname", "dfisvF:", ""),
    ("id", "gnruG", ""),
    ("install", "bcdg:m:o:pst:vD", "compare no-target-directory"),
    ("ln", "bfnsvS:T", ""),
    ("ls", "acdghiklnpqrstuvw:xACFHLQRST:X", ""),
    ("md5sum", "bcstw", ""),
    ("mkdir", "m:pv", ""),
    ("mkfifo", "m:", ""),
    ("mknod", "m:", ""),
    ("mktemp", "dp:qtu", "suffix"),
    ("mv", "fint:vT", "update"),
    ("nl", "b:i:ps:v:w:", ""),
    ("nproc", "", ""),
    ("od", "abcdfhij:lost:vwxA:BDHILN:OS:X", ""),
    ("paste", "d:s", ""),
    ("patch", "fgi:p:uENR", ""),
    ("readlink", "fnqsv", ""),
    ("rev", "", ""),
    ("rm", "firvR", ""),
    ("rmdir", "pv", ""),
    ("run-parts", "a:u:", ""),
    ("sed", "e:f:inrE", "follow-symlinks null-data posix separate unbuffered"),
    ("seq", "s:w", ""),
    ("setsid", "c", ""),
    ("sha1sum", "bcstw", ""),
    ("sha256sum", "bcstw", ""),
    ("sha3sum", "a:bcstw", ""),
    ("shred", "fn:s:uvxz", ""),
    ("shuf", "ei:n:o:z", ""),
    ("sort", "bcdfghik:mno:rst:uzMS:T:V", ""),
    ("stat", "c:ftL", ""),
    ("strings", "afn:ot:", ""),
    ("su", "c:lmps:", "command login preserve-environment shell user"),
    ("sync", "df", ""),
    ("tac", "", ""),
    ("tail", "c:n:qs:vfF", ""),
    ("tar", "acf:hjkmoptvxzC:JOZ", "append exclude files-from get group keep-old-files owner preserve-permissions"),
    ("tee", "ai", ""),
    ("timeout", "k:s:", ""),
    ("touch", "acd:fhmr:t:", "time"),
    ("tr", "cdsC", ""),
    ("truncate", "cs:", ""),
    ("tty", "s", ""),
    ("uname", "aimnoprsv", ""),
    ("unexpand", "aft:", ""),
    ("uniq", "cdf:is:uw:z", ""),
    ("unix2dos", "du", ""),
    ("unlink", "", ""),
    ("unxz", "cdfkqtv", ""),
    ("unzip", "d:jlnopqtvxK", ""),
    ("uuencode", "m", ""),
    ("wc", "clmwL", ""),
    ("which", "a", ""),
    ("xxd", "ac:g:il:o:prs:", ""),
    ("xz", "cdfkqtv", ""),
    ("zcat", "cdfknqtv", ""),
];

/// The letters of an applet, if they are known, and the long names that it refuses.
pub fn of(applet: &str) -> Option<(&'static str, &'static str)> {
    let at = APPLETS.binary_search_by(|(name, _, _)| (*name).cmp(applet)).ok()?;
    APPLETS.get(at).map(|(_, letters, refused)| (*letters, *refused))
}

/// A getopt specification with the letters of the applet alone, and those of them that the model does not have.
pub fn restricted(short: &str, letters: &str) -> (String, String) {
    let mut kept: String = short.chars().filter(|c| *c == '+').collect();
    let mut without_model = String::new();
    let mut known = letters.chars().peekable();
    while let Some(letter) = known.next() {
        let takes_value = known.next_if_eq(&':').is_some();
        kept.push(letter);
        match short.split_once(letter) {
            Some((_, rest)) => kept.extend(rest.chars().take_while(|c| *c == ':')),
            None => {
                without_model.push(letter);
                kept.extend(takes_value.then_some(':'));
            }
        }
    }
    // Digits are old forms of counts, which each command reads by itself.
    kept.extend(short.chars().filter(char::is_ascii_digit));
    (kept, without_model)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn applets_are_sorted_and_restrict_their_models() {
        assert!(APPLETS.is_sorted_by(|a, b| a.0 < b.0));
        assert_eq!(restricted("+abo:x", "ab:o:z"), ("+abo:z".to_string(), "z".to_string()));
        assert!(of("sort").is_some() && of("no-such").is_none());
    }
}
