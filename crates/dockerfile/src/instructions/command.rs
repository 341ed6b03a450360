//! Instructions whose arguments are a command.

use super::{Request, at_least_one};
use crate::joined::Joined;
use crate::mistake::Mistake;
use crate::node::Arguments;
use crate::{Body, CommandLine, Word};

/// `CMD`
pub(super) fn cmd(request: &mut Request<'_>) -> Result<Body, Mistake> {
    request.flags(&[])?;
    Ok(Body::Cmd(command_line(request.line(), &request.command().arguments, &request.command().rest)))
}

/// `ENTRYPOINT`
pub(super) fn entrypoint(request: &mut Request<'_>) -> Result<Body, Mistake> {
    request.flags(&[])?;
    Ok(Body::Entrypoint(command_line(request.line(), &request.command().arguments, &request.command().rest)))
}

/// `SHELL`
pub(super) fn shell(request: &mut Request<'_>) -> Result<Body, Mistake> {
    request.flags(&[])?;
    match &request.command().arguments {
        Arguments::Json(strings) if !strings.is_empty() => {
            Ok(Body::Shell(strings.iter().map(|(text, _)| text.clone()).collect()))
        }
        Arguments::Text(range) => {
            let message = "SHELL requires the arguments to be in JSON form";
            Err(Mistake::new("not-json-form", message).with("instruction", "SHELL").at(range.clone()))
        }
        _ => Err(at_least_one("SHELL")),
    }
}

/// Arguments as a command: an exec form, or a text for the shell, which is empty where there are no arguments.
pub(super) fn command_line(line: &Joined, arguments: &Arguments, rest: &std::ops::Range<usize>) -> CommandLine {
    match arguments {
        Arguments::Json(strings) => CommandLine::Exec(strings.iter().map(|(text, _)| text.clone()).collect()),
        Arguments::Text(range) => CommandLine::Shell(line.word(range)),
        _ => CommandLine::Shell(Word { text: String::new(), ..line.word(&(rest.start..rest.start)) }),
    }
}
