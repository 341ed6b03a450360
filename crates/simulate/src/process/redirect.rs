//! Redirections.

use filesystem::{Content, Errno};
use shell::{Dialect, Redirection, RedirectionKind};

use super::shell::{Flow, Shell};
use super::wording::Trouble;
use super::{Descriptor, Machine, OpenMode, unsure};

impl Shell {
    /// Applies redirections to the shell's own descriptors; the caller puts them back. `false`, with a message, where
    /// one failed.
    pub(super) fn redirect(&mut self, machine: &mut Machine<'_>, redirections: &[Redirection]) -> Result<bool, Flow> {
        for redirection in redirections {
            if !machine.step() {
                return Err(self.stopped());
            }
            if !self.redirect_one(machine, redirection)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn redirect_one(&mut self, machine: &mut Machine<'_>, redirection: &Redirection) -> Result<bool, Flow> {
        let input = matches!(
            redirection.kind,
            RedirectionKind::Read
                | RedirectionKind::ReadWrite
                | RedirectionKind::DuplicateInput
                | RedirectionKind::HereDocument(_)
                | RedirectionKind::HereString
        );
        let fd = match &redirection.variable {
            Some(name) => match self.descriptor_of(machine, name, redirection)? {
                Some(fd) => fd,
                None => return Ok(false),
            },
            None => redirection.fd.unwrap_or(u32::from(!input)),
        };
        if let RedirectionKind::HereDocument(document) = &redirection.kind {
            let text = match document.body() {
                Some(word) => self.expand_quoted(machine, &word.parts)?,
                None => String::new(),
            };
            self.process.fds.insert(fd, Descriptor::reader(Content::text(&text)));
            return Ok(true);
        }
        let target = match self.target_of(machine, redirection)? {
            Some(target) => target,
            None => return Ok(false),
        };
        let (mode, both) = match &redirection.kind {
            RedirectionKind::HereString => {
                self.process.fds.insert(fd, Descriptor::reader(Content::text(&format!("{target}\n"))));
                return Ok(true);
            }
            RedirectionKind::DuplicateInput | RedirectionKind::DuplicateOutput => {
                if target == "-" {
                    self.run_coprocess(machine, fd);
                    self.process.fds.remove(&fd);
                    return Ok(true);
                }
                match target.parse::<u32>() {
                    Ok(from) => {
                        if input {
                            self.run_coprocess(machine, from);
                        }
                        let Some(descriptor) = self.process.fds.get(&from).cloned() else {
                            self.complain(machine, Trouble::BadDescriptor { from, to: fd });
                            return Ok(false);
                        };
                        self.process.fds.insert(fd, descriptor);
                        return Ok(true);
                    }
                    // `>&file` is `&>file`, in ash for descriptor 1 by number too.
                    Err(_) if self.is_file_for_both(input, redirection.fd) => (OpenMode::Truncate, true),
                    Err(_) if self.dialect == Dialect::Bash => {
                        // `1>&2-` moves the descriptor.
                        if let Some(from) = target.strip_suffix('-').and_then(|number| number.parse::<u32>().ok())
                            && let Some(descriptor) = self.process.fds.remove(&from)
                        {
                            self.process.fds.insert(fd, descriptor);
                            return Ok(true);
                        }
                        self.complain(machine, Trouble::BadNumberOfDescriptor(&target));
                        return Ok(false);
                    }
                    Err(_) => return Err(self.fatal(machine, Trouble::BadNumberOfDescriptor(&target))),
                }
            }
            RedirectionKind::Read => (OpenMode::Read, false),
            RedirectionKind::ReadWrite => (OpenMode::ReadWrite, false),
            RedirectionKind::Append => (OpenMode::Append, false),
            RedirectionKind::AppendBoth => (OpenMode::Append, true),
            RedirectionKind::WriteBoth => (OpenMode::Truncate, true),
            _ => (OpenMode::Truncate, false),
        };
        if self.options.noclobber && mode == OpenMode::Truncate && redirection.kind != RedirectionKind::Clobber {
            let path = self.process.path(&target);
            if machine.fs.stat(&path, true, &self.process.cred).is_ok_and(|stat| stat.is_file()) {
                self.complain(machine, Trouble::Exists(&target));
                return Ok(false);
            }
        }
        let mut opened = self.process.open(machine, &target, mode);
        if opened.as_ref().is_err_and(|error| *error == Errno::NoEnt) {
            let path = self.process.path(&target);
            let folder = path.rsplit_once('/').map_or("/", |(folder, _)| folder);
            if mode != OpenMode::Read && unsure::make_folder(machine, folder, &self.process.cred) {
                opened = self.process.open(machine, &target, mode);
            } else if mode == OpenMode::Read
                && let Some(content) = unsure::unknown_file(machine, &path)
            {
                opened = Ok(Descriptor::reader(content));
            }
        }
        match opened {
            Ok(descriptor) => {
                if both {
                    self.process.fds.insert(2, descriptor.clone());
                }
                self.process.fds.insert(fd, descriptor);
                Ok(true)
            }
            Err(error) => {
                let read = mode == OpenMode::Read;
                let trouble =
                    if read { Trouble::CannotOpen(&target, error) } else { Trouble::CannotCreate(&target, error) };
                self.complain(machine, trouble);
                Ok(false)
            }
        }
    }

    /// The number that `{NAME}` before a redirection stands for: a new one, from 10, or the one to be closed.
    fn descriptor_of(
        &mut self,
        machine: &mut Machine<'_>,
        name: &str,
        redirection: &Redirection,
    ) -> Result<Option<u32>, Flow> {
        let closes = matches!(redirection.kind, RedirectionKind::DuplicateInput | RedirectionKind::DuplicateOutput)
            && matches!(redirection.target.parts.as_slice(), [shell::Part::Literal(text)] if text == "-");
        if closes {
            let value = match name.strip_suffix(']').and_then(|name| name.split_once('[')) {
                Some((array, index)) => {
                    let at = index.parse::<usize>().unwrap_or_default();
                    self.elements(array).get(at).cloned()
                }
                None => self.get(name).map(str::to_owned),
            };
            return match value.and_then(|value| value.parse().ok()) {
                Some(fd) => Ok(Some(fd)),
                None => {
                    self.complain(machine, &format!("{name}: Bad file descriptor"));
                    Ok(None)
                }
            };
        }
        let fd = (10..256).find(|fd| !self.process.fds.contains_key(fd)).unwrap_or(10);
        self.assign(machine, name, &fd.to_string())?;
        self.kept_descriptors.push(fd);
        Ok(Some(fd))
    }

    /// The file of a redirection; in bash it has to be one word.
    fn target_of(&mut self, machine: &mut Machine<'_>, redirection: &Redirection) -> Result<Option<String>, Flow> {
        let word = &redirection.target;
        let plain = matches!(redirection.kind, RedirectionKind::HereString)
            || word.parts.iter().all(|part| matches!(part, shell::Part::Literal(_) | shell::Part::SingleQuoted(_)));
        if self.dialect != Dialect::Bash || plain {
            return self.expand_text(machine, word).map(Some);
        }
        let mut words = self.expand_words(machine, std::slice::from_ref(word))?;
        if let ([_], Some(one)) = (words.as_slice(), words.first().cloned()) {
            words.clear();
            return Ok(Some(one));
        }
        let written = redirection.source.clone();
        self.complain(machine, &format!("{written}: ambiguous redirect"));
        Ok(None)
    }

    fn is_file_for_both(&self, input: bool, fd: Option<u32>) -> bool {
        !input
            && match self.dialect {
                Dialect::Ash => fd.is_none_or(|fd| fd == 1),
                Dialect::Dash => false,
                Dialect::Bash => fd.is_none(),
            }
    }

    /// The status of a command whose redirection failed.
    pub(super) fn redirection_failure(&self) -> i32 {
        if self.dialect == Dialect::Dash { 2 } else { 1 }
    }
}

/// How a redirection is written.
pub(super) fn operator(kind: &RedirectionKind) -> &'static str {
    match kind {
        RedirectionKind::Read => "<",
        RedirectionKind::Write => ">",
        RedirectionKind::Clobber => ">|",
        RedirectionKind::Append => ">>",
        RedirectionKind::ReadWrite => "<>",
        RedirectionKind::DuplicateInput => "<&",
        RedirectionKind::DuplicateOutput => ">&",
        RedirectionKind::WriteBoth => "&>",
        RedirectionKind::AppendBoth => "&>>",
        RedirectionKind::HereDocument(_) => "<<",
        RedirectionKind::HereString => "<<<",
    }
}
