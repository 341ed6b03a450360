//! Reading of arguments: `--name value`, `--name=value`, switches, and the rest.

use report::{FIGURES, Figure, ImageStore, Options, Preset, Profile};

/// Arguments, taken from the front.
pub struct Arguments<'a> {
    rest: std::slice::Iter<'a, String>,
    only_values: bool,
}

/// One argument.
pub enum Argument<'a> {
    /// `--name` or `--name=value`, or `-f`.
    Flag(&'a str, Option<&'a str>),
    /// Something else.
    Value(&'a str),
}

impl<'a> Arguments<'a> {
    pub fn new(arguments: &'a [String]) -> Arguments<'a> {
        Arguments { rest: arguments.iter(), only_values: false }
    }

    pub fn next(&mut self) -> Option<Argument<'a>> {
        let argument = self.rest.next()?;
        if argument == "--" && !self.only_values {
            self.only_values = true;
            return self.next();
        }
        if self.only_values || argument == "-" || !argument.starts_with('-') {
            return Some(Argument::Value(argument));
        }
        Some(match argument.split_once('=') {
            Some((name, value)) => Argument::Flag(name, Some(value)),
            None => Argument::Flag(argument, None),
        })
    }

    /// The value of a flag: behind its `=`, or the next argument.
    pub fn value(&mut self, flag: &str, given: Option<&'a str>) -> Result<&'a str, String> {
        let next = || format!("{flag} needs a value: {flag}=VALUE");
        given.map_or_else(|| self.rest.next().map(String::as_str).ok_or_else(next), Ok)
    }

    /// For a flag that takes no value, or `true` or `false`.
    pub fn switch(flag: &str, given: Option<&str>) -> Result<bool, String> {
        match given {
            None | Some("true" | "1") => Ok(true),
            Some("false" | "0") => Ok(false),
            Some(other) => Err(format!("{flag} is on or off: `{other}` is neither true nor false")),
        }
    }
}

/// How to print.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

impl Format {
    pub fn parse(value: &str) -> Result<Format, String> {
        match value {
            "text" => Ok(Format::Text),
            "json" => Ok(Format::Json),
            other => Err(format!("unknown format `{other}`: there are text and json")),
        }
    }
}

/// The flags that `docker build` has, too.
#[derive(Default, Debug)]
pub struct BuildFlags {
    /// The options, without Dockerfile and secrets: their paths are not read yet.
    pub options: Options,
    /// `-f`, as given.
    pub file: Option<String>,
    /// `--secret`: id and where its value is.
    pub secrets: Vec<(String, SecretSource)>,
    /// `--profile` and `--profile-set`, in order: the machine that times are for.
    pub profile: Profile,
}

/// Where the value of a secret is.
#[derive(Debug, PartialEq, Eq)]
pub enum SecretSource {
    /// In a file.
    File(String),
    /// In an environment variable.
    Variable(String),
}

impl BuildFlags {
    /// Takes a flag that `docker build` knows. `Ok(false)`: it is not one of these.
    pub fn take<'a>(
        &mut self,
        flag: &str,
        given: Option<&'a str>,
        arguments: &mut Arguments<'a>,
    ) -> Result<bool, String> {
        match flag {
            "-f" | "--file" => self.file = Some(arguments.value(flag, given)?.to_owned()),
            "--target" => self.options.target = Some(arguments.value(flag, given)?.to_owned()),
            "--platform" => arguments.value(flag, given)?.clone_into(&mut self.options.platform),
            "--store" => {
                self.options.store = match arguments.value(flag, given)? {
                    "overlay2" => ImageStore::Overlay2,
                    "containerd" => ImageStore::Containerd,
                    other => return Err(format!("unknown image store `{other}`: there are overlay2 and containerd")),
                }
            }
            "--profile" => {
                let name = arguments.value(flag, given)?;
                let preset = Preset::named(name);
                self.profile = preset.map(Preset::profile).ok_or_else(|| {
                    format!("unknown profile `{name}`: there are {}", Preset::ALL.map(Preset::name).join(", "))
                })?;
            }
            "--profile-set" => self.profile = set_figure(&self.profile, arguments.value(flag, given)?)?,
            "--no-cache" => self.options.no_cache = Arguments::switch(flag, given)?,
            "--no-cache-filter" => {
                let stages = arguments.value(flag, given)?.split(',').map(str::to_owned);
                self.options.no_cache_filter.extend(stages);
            }
            "--network" => self.options.network_none = arguments.value(flag, given)? == "none",
            "--build-arg" => {
                let argument = arguments.value(flag, given)?;
                self.options.build_args.push(match argument.split_once('=') {
                    Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
                    None => (argument.to_owned(), None),
                });
            }
            "--secret" => self.secrets.push(parse_secret(arguments.value(flag, given)?)?),
            _ => return Ok(false),
        }
        Ok(true)
    }
}

/// The profile with a figure of `NAME=VALUE`.
fn set_figure(profile: &Profile, text: &str) -> Result<Profile, String> {
    let (name, value) = text.split_once('=').ok_or_else(|| format!("--profile-set {text}: write NAME=VALUE"))?;
    let figure = Figure::named(name).ok_or_else(|| {
        format!(
            "--profile-set: there is no figure `{name}`: there are {}",
            FIGURES.map(|figure| figure.name).join(", ")
        )
    })?;
    let (least, most) = (figure.least, figure.most);
    let value = value.parse().ok().filter(|value| (least..=most).contains(value));
    let value =
        value.ok_or_else(|| format!("--profile-set {text}: a whole number from {least} to {most} is needed"))?;
    Ok(figure.set(profile, value))
}

fn parse_secret(text: &str) -> Result<(String, SecretSource), String> {
    let (mut id, mut source, mut from_variable) = (None, None, false);
    for field in text.split(',') {
        match field.split_once('=') {
            Some(("id", value)) => id = Some(value.to_owned()),
            Some(("src" | "source", value)) => source = Some(SecretSource::File(value.to_owned())),
            Some(("env", value)) => source = Some(SecretSource::Variable(value.to_owned())),
            Some(("type", "file")) => {}
            Some(("type", "env")) => from_variable = true,
            _ => {
                return Err(format!("--secret: `{field}` is none of id=, src=, env=, type="));
            }
        }
    }
    let id = id.ok_or_else(|| format!("--secret {text}: needs an id, as in id=token,src=token.txt"))?;
    let source = match source {
        Some(SecretSource::File(name)) if from_variable => SecretSource::Variable(name),
        Some(source) => source,
        None if from_variable => SecretSource::Variable(id.clone()),
        None => SecretSource::File(id.clone()),
    };
    Ok((id, source))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(arguments: &[&str]) -> Result<BuildFlags, String> {
        let owned: Vec<String> = arguments.iter().map(|text| (*text).to_owned()).collect();
        let mut arguments = Arguments::new(&owned);
        let mut flags = BuildFlags::default();
        while let Some(argument) = arguments.next() {
            let Argument::Flag(name, given) = argument else {
                return Err("a value".to_owned());
            };
            if !flags.take(name, given, &mut arguments)? {
                return Err(format!("unknown {name}"));
            }
        }
        Ok(flags)
    }

    #[test]
    fn values_follow_a_flag_or_its_equals_sign() {
        let flags = read(&["--target", "a", "--build-arg=V=1=2", "--build-arg", "W", "-f", "x"]).unwrap();
        assert_eq!(flags.options.target.as_deref(), Some("a"));
        assert_eq!(flags.options.build_args, [("V".to_owned(), Some("1=2".to_owned())), ("W".to_owned(), None)]);
        assert_eq!(flags.file.as_deref(), Some("x"));
        assert!(read(&["--target"]).unwrap_err().contains("needs a value"));
        assert!(read(&["--nothing"]).is_err());
    }

    #[test]
    fn figures_of_a_profile_are_changed_by_name() {
        let flags = read(&["--profile", "wifi", "--profile-set", "network=20", "--profile-set=cores=2"]).unwrap();
        let wifi = Preset::Wifi.profile();
        assert_eq!(flags.profile, Profile { network_bytes_per_second: 2_500_000, cores: 2, ..wifi });
        assert!(read(&["--profile", "server"]).unwrap_err().contains("laptop, ci, wifi"));
        assert!(read(&["--profile-set", "speed=1"]).unwrap_err().contains("network, latency"));
        for wrong in ["cores", "cores=0", "cores=many", "cores=-1"] {
            assert!(read(&["--profile-set", wrong]).is_err(), "{wrong}");
        }
    }

    #[test]
    fn several_stages_can_be_built_without_the_cache() {
        let flags = read(&["--no-cache-filter", "a,b", "--no-cache-filter=c", "--no-cache=false"]).unwrap();
        assert_eq!(flags.options.no_cache_filter, ["a", "b", "c"]);
        assert!(!flags.options.no_cache);
    }

    #[test]
    fn a_secret_comes_from_a_file_or_the_environment() {
        let file = |name: &str| SecretSource::File(name.to_owned());
        let variable = |name: &str| SecretSource::Variable(name.to_owned());
        for (text, source) in [
            ("id=t,src=a.txt", file("a.txt")),
            ("type=file,id=t,source=a.txt", file("a.txt")),
            ("id=t", file("t")),
            ("id=t,env=V", variable("V")),
            ("id=t,type=env,src=V", variable("V")),
        ] {
            assert_eq!(parse_secret(text), Ok(("t".to_owned(), source)), "{text}");
        }
        assert!(parse_secret("src=a").is_err());
    }
}
