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
        let fd = redirection.fd.unwrap_or(u32::from(!input));
        if let RedirectionKind::HereDocument(document) = &redirection.kind {
            let text = match document.body() {
                Some(word) => self.expand_quoted(machine, &word.parts)?,
                None => String::new(),
            };
            self.process.fds.insert(fd, Descriptor::reader(Content::text(&text)));
            return Ok(true);
        }
        let target = self.expand_text(machine, &redirection.target)?;
        let (mode, both) = match &redirection.kind {
            RedirectionKind::HereString => {
                self.process.fds.insert(fd, Descriptor::reader(Content::text(&format!("{target}\n"))));
                return Ok(true);
            }
            RedirectionKind::DuplicateInput | RedirectionKind::DuplicateOutput => {
                if target == "-" {
                    self.process.fds.remove(&fd);
                    return Ok(true);
                }
                match target.parse::<u32>() {
                    Ok(from) => {
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
