//! apt's settings: /etc/apt/apt.conf, the files of /etc/apt/apt.conf.d and `-o`, as apt.conf(5) says.

use std::collections::BTreeMap;

use filesystem::{Cred, FileSystem};

/// How much of a settings file is looked at.
const CONFIG_LIMIT: usize = 1 << 20;

/// Settings by their name in lower case (`apt::install-recommends`), lists as lines.
#[derive(Clone, Debug, Default)]
pub struct Config {
    values: BTreeMap<String, String>,
}

impl Config {
    /// Reads the image's settings. `program` is `apt` or `apt-get`, which some settings are only for.
    pub fn read(fs: &FileSystem, program: &str) -> Config {
        let mut config = Config::default();
        let root = Cred::root();
        let folder = "/etc/apt/apt.conf.d";
        let mut names = fs.read_dir(folder, &root).unwrap_or_default();
        names.sort();
        let parts = names.iter().filter(|name| is_read(name)).map(|name| format!("{folder}/{name}"));
        for path in parts.chain(["/etc/apt/apt.conf".to_string()]) {
            let bytes = fs.read(&path, &root).ok().and_then(|content| content.bytes(CONFIG_LIMIT));
            config.parse(&String::from_utf8_lossy(&bytes.unwrap_or_default()));
        }
        let own = format!("binary::{program}::");
        let for_program: Vec<(String, String)> = config
            .values
            .iter()
            .filter_map(|(name, value)| Some((name.strip_prefix(&own)?.to_string(), value.clone())))
            .collect();
        config.values.extend(for_program);
        config
    }

    /// `-o Name=value`
    pub fn set(&mut self, setting: &str) {
        if let Some((name, value)) = setting.split_once('=') {
            self.values.insert(name.to_lowercase(), value.trim_matches('"').to_string());
        }
    }

    /// A setting.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.values.get(&name.to_lowercase()).map(String::as_str)
    }

    /// A setting that is true or false.
    pub fn is(&self, name: &str, otherwise: bool) -> bool {
        match self.get(name).map(str::to_lowercase).as_deref() {
            Some("1" | "yes" | "true" | "with" | "on" | "enable") => true,
            Some("0" | "no" | "false" | "without" | "off" | "disable") => false,
            _ => otherwise,
        }
    }

    /// Reads the text of a settings file: `Name "value";`, `Name { Inner "value"; };`, lists as `{ "a"; "b"; }`.
    fn parse(&mut self, text: &str) {
        let mut scopes: Vec<String> = Vec::new();
        let mut words: Vec<String> = Vec::new();
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '#' => while chars.next_if(|c| *c != '\n').is_some() {},
                '/' if chars.peek() == Some(&'/') => while chars.next_if(|c| *c != '\n').is_some() {},
                '/' if chars.peek() == Some(&'*') => {
                    let mut last = ' ';
                    for c in chars.by_ref() {
                        if last == '*' && c == '/' {
                            break;
                        }
                        last = c;
                    }
                }
                '"' => {
                    let mut word = String::new();
                    for c in chars.by_ref() {
                        if c == '"' {
                            break;
                        }
                        word.push(c);
                    }
                    words.push(word);
                }
                '{' => scopes.push(words.pop().unwrap_or_default()),
                '}' | ';' => {
                    self.store(&scopes, &words);
                    words.clear();
                    if c == '}' {
                        scopes.pop();
                    }
                }
                c if c.is_whitespace() => {}
                c => {
                    let mut word = c.to_string();
                    while let Some(c) = chars.next_if(|c| !c.is_whitespace() && !"\"{};".contains(*c)) {
                        word.push(c);
                    }
                    words.push(word);
                }
            }
        }
    }

    fn store(&mut self, scopes: &[String], words: &[String]) {
        let scope: String = scopes.iter().map(|scope| format!("{scope}::")).collect::<String>().to_lowercase();
        match words {
            [name, value] => {
                let name = format!("{scope}{}", name.to_lowercase());
                let is_list = name.ends_with("::");
                let old = self.values.remove(&name).filter(|_| is_list).unwrap_or_default();
                self.values.insert(name, if old.is_empty() { value.clone() } else { format!("{old}\n{value}") });
            }
            [value] if !scope.is_empty() => {
                let list = self.values.entry(scope).or_default();
                list.push_str(value);
                list.push('\n');
            }
            _ => {}
        }
    }

    /// Whether a list holds an entry with that text in it.
    pub fn list_has(&self, name: &str, text: &str) -> bool {
        self.get(&format!("{name}::")).is_some_and(|list| list.contains(text))
    }

    /// Whether archives stay in /var/cache/apt/archives: apt-get keeps them unless told not to, apt does not; the
    /// official images' docker-clean deletes them after dpkg.
    pub fn keeps_archives(&self, program: &str) -> bool {
        self.is("APT::Keep-Downloaded-Packages", program != "apt")
            && !self.list_has("DPkg::Post-Invoke", "/var/cache/apt/archives")
    }

    /// Whether apt keeps its own binary index of the lists, pkgcache.bin.
    pub fn keeps_index(&self) -> bool {
        !self.get("Dir::Cache::pkgcache").is_some_and(str::is_empty) && self.is("APT::Keep-Downloaded-Packages", true)
    }
}

/// Which files of the folder count, as apt.conf(5) has it: no extension or `.conf`, no odd characters.
fn is_read(name: &str) -> bool {
    let plain = name.strip_suffix(".conf").unwrap_or(name);
    !plain.is_empty() && plain.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

/// Whether dpkg leaves documentation, manuals and translations out: by the path-exclude of its own settings, or, where
/// the image is known in outline, because it has no manuals.
pub fn is_slim(fs: &FileSystem) -> bool {
    let root = Cred::root();
    let folder = "/etc/dpkg/dpkg.cfg.d";
    let names = fs.read_dir(folder, &root).unwrap_or_default();
    let text = |name: &String| fs.read(&format!("{folder}/{name}"), &root).ok().and_then(|c| c.bytes(CONFIG_LIMIT));
    let excludes = |bytes: Vec<u8>| {
        String::from_utf8_lossy(&bytes)
            .lines()
            .any(|line| line.trim().starts_with("path-exclude") && line.contains("/usr/share/doc"))
    };
    names.iter().filter_map(text).any(excludes) || fs.stat("/usr/share/man", true, &root).is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_in_both_forms() {
        let mut config = Config::default();
        config.parse(
            "// note\nAPT::Install-Recommends \"0\";\nAPT { Get { Assume-Yes \"true\"; }; };\n\
             DPkg::Post-Invoke { \"rm -f /var/cache/apt/archives/*.deb || true\"; };\nDir::Cache::pkgcache \"\"; # end\n",
        );
        assert!(!config.is("apt::install-recommends", true));
        assert!(config.is("APT::Get::Assume-Yes", false));
        assert!(!config.keeps_archives("apt-get") && !config.keeps_index());
        config.set("APT::Install-Recommends=true");
        assert!(config.is("APT::Install-Recommends", false));
    }

    #[test]
    fn files_with_other_extensions_do_not_count() {
        assert!(is_read("docker-clean") && is_read("99local.conf") && !is_read("old.bak") && !is_read(".hidden"));
    }
}
