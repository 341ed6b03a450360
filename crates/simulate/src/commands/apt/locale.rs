//! locale-gen and localedef: the archive of locales.

use filesystem::Cred;

use super::super::estimate::{estimated, place};
use crate::process::{Machine, Process};

/// The locales that /etc/locale.gen offers, those of UTF-8 that Dockerfiles ask for.
pub const LOCALES: &[&str] = &[
    "ar_EG", "bg_BG", "bn_BD", "ca_ES", "cs_CZ", "da_DK", "de_AT", "de_CH", "de_DE", "el_GR", "en_AU", "en_CA",
    "en_GB", "en_IE", "en_IN", "en_NZ", "en_US", "en_ZA", "es_AR", "es_CL", "es_CO", "es_ES", "es_MX", "et_EE",
    "fa_IR", "fi_FI", "fr_BE", "fr_CA", "fr_CH", "fr_FR", "he_IL", "hi_IN", "hr_HR", "hu_HU", "id_ID", "it_CH",
    "it_IT", "ja_JP", "ko_KR", "lt_LT", "lv_LV", "nb_NO", "nl_BE", "nl_NL", "pl_PL", "pt_BR", "pt_PT", "ro_RO",
    "ru_RU", "sk_SK", "sl_SI", "sr_RS", "sv_SE", "th_TH", "tr_TR", "uk_UA", "vi_VN", "zh_CN", "zh_HK", "zh_TW",
];

const ARCHIVE: &str = "/usr/lib/locale/locale-archive";
/// What one locale weighs in the archive (en_US.UTF-8: 3,058,357 bytes measured), and what another one adds to it.
const FIRST: u64 = 3_056_000;
const ANOTHER: u64 = 1_400_000;
/// How long one takes, in milliseconds: measured.
const LOCALE_MS: u64 = 1_250;

/// locale-gen: compiles what /etc/locale.gen names, or the arguments (Ubuntu's).
pub fn locale_gen(machine: &mut Machine, process: &mut Process) -> i32 {
    let bytes = machine.fs.read("/etc/locale.gen", &Cred::root()).ok().and_then(|content| content.bytes(1 << 20));
    let text = String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned();
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut names: Vec<String> = lines.filter_map(|line| line.split_whitespace().next()).map(str::to_string).collect();
    names.extend(process.operands().iter().filter(|word| !word.starts_with('-')).cloned());
    names.sort();
    names.dedup();
    process.out(machine, "Generating locales (this might take a while)...\n");
    let count = names.len() as u64;
    for name in &names {
        let (language, charset) = name.split_once('.').unwrap_or((name, "ISO-8859-1"));
        process.out(machine, &format!("  {language}.{charset}... done\n"));
    }
    process.out(machine, "Generation complete.\n");
    add(machine, process, &names.join("+"), count)
}

/// localedef: compiles one locale. `-i en_US -c -f UTF-8 -A /usr/share/locale/locale.alias en_US.UTF-8`
pub fn localedef(machine: &mut Machine, process: &mut Process) -> i32 {
    let name = process.operands().last().cloned().unwrap_or_default();
    add(machine, process, &name, 1)
}

fn add(machine: &mut Machine, process: &Process, names: &str, count: u64) -> i32 {
    if count == 0 {
        return 0;
    }
    if process.cred.uid != 0 {
        process.err(machine, "cannot create temporary file: /usr/lib/locale/locale-archive: Permission denied\n");
        return 4;
    }
    estimated(machine);
    let old = machine.fs.stat(ARCHIVE, true, &Cred::root()).map_or(0, |stat| stat.size);
    let bytes = if old == 0 { FIRST + ANOTHER * (count - 1) } else { old + ANOTHER * count };
    machine.work(crate::Work::Packages, LOCALE_MS * count.min(1_000));
    machine.charge_write(bytes);
    i32::from(place(machine, ARCHIVE, &format!("locale/{names}/{bytes}"), bytes, 0o644).is_err())
}
