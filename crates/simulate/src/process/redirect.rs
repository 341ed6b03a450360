//! Redirections.

use filesystem::{Content, Errno};
use shell::{Redirection, RedirectionKind};

use super::shell::{Flow, Shell};
use super::{Descriptor, Machine, OpenMode, unsure};

impl Shell {
    /// Applies redirections to the shell's own descriptors; the caller puts them back. `false`, with a message, where
    /// one failed.
    pub(super) fn redirect(&mut self, machine: &mut Machine<'_>, redirections: &[Redirection]) -> Result<bool, Flow> {
        for redirection in redirections {
            if !machine.step() {
                return Err(self.stopped());
            }
            if let Some(message) = self.redirect_one(machine, redirection)? {
                self.complain(machine, &message);
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn redirect_one(&mut self, machine: &mut Machine<'_>, redirection: &Redirection) -> Result<Option<String>, Flow> {
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
            return Ok(None);
        }
        let target = self.expand_text(machine, &redirection.target)?;
        let (mode, both) = match &redirection.kind {
            RedirectionKind::HereString => {
                self.process.fds.insert(fd, Descriptor::reader(Content::text(&format!("{target}\n"))));
                return Ok(None);
            }
            RedirectionKind::DuplicateInput | RedirectionKind::DuplicateOutput => {
                if target == "-" {
                    self.process.fds.remove(&fd);
                    return Ok(None);
                }
                match target.parse::<u32>() {
                    Ok(from) => {
                        let Some(descriptor) = self.process.fds.get(&from).cloned() else {
                            return Ok(Some(format!("dup2({from},{fd}): Bad file descriptor")));
                        };
                        self.process.fds.insert(fd, descriptor);
                        return Ok(None);
                    }
                    // `>&file` is `&>file`.
                    Err(_) if !input && redirection.fd.is_none() => (OpenMode::Truncate, true),
                    Err(_) => {
                        self.complain(machine, "syntax error: bad fd number");
                        self.status = 2;
                        return Err(Flow::Exit);
                    }
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
                return Ok(Some(format!("can't create {target}: File exists")));
            }
        }
        let mut opened = self.process.open(machine, &target, mode);
        if opened.as_ref().is_err_and(|error| *error == Errno::NoEnt) {
            let path = self.process.path(&target);
            let folder = path.rsplit_once('/').map_or("/", |(folder, _)| folder);
            if mode != OpenMode::Read && unsure::make_folder(machine, folder) {
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
                Ok(None)
            }
            Err(error) if mode == OpenMode::Read => Ok(Some(match error {
                Errno::NoEnt => format!("can't open {target}: no such file"),
                error => format!("can't open {target}: {error}"),
            })),
            Err(error) => Ok(Some(match error {
                Errno::NoEnt | Errno::NotDir => format!("can't create {target}: nonexistent directory"),
                error => format!("can't create {target}: {error}"),
            })),
        }
    }
}
