use super::Request;
use super::command::command_line;
use super::onbuild::append;
use crate::flags::Kind;
use crate::literal::quoted;
use crate::mistake::Mistake;
use crate::{Body, CommandLine, Documents, Heredoc, Run, Word, heredoc, mount};

pub(crate) const RUN_FLAGS: [(&str, Kind); 3] =
    [("device", Kind::Values), ("mount", Kind::Values), ("network", Kind::Value)];

/// The values of `--network`.
pub const NETWORKS: [&str; 3] = ["default", "none", "host"];

/// Where BuildKit mounts a heredoc that is a program.
const PROGRAMS: &str = "/dev/pipes/";

/// `RUN`
pub(super) fn run(request: &mut Request<'_>) -> Result<Body, Mistake> {
    let flags = request.flags(&RUN_FLAGS)?;
    let mount_flags = flags.all("mount");
    for flag in &mount_flags {
        mount::check(flag)?;
    }
    let network = flags.value("network");
    if let Some(mode) = &network
        && !NETWORKS.contains(&mode.text.as_str())
    {
        let message = format!("invalid network mode {}", quoted(&mode.text));
        return Err(Mistake::new("network-mode-invalid", message).with("mode", &mode.text));
    }
    let command = command_line(request.line(), &request.command().arguments, &request.command().rest);
    let (documents, passed) = with_heredocs(&command, request.heredocs);
    Ok(Body::Run(Run {
        command,
        documents,
        passed,
        mounts: mount_flags
            .iter()
            .filter_map(|flag| mount::parse_mount(flag, &mut |value| Ok(value.to_owned())).ok())
            .collect(),
        mount_flags,
        devices: flags.all("device"),
        network,
        security: None,
    }))
}

/// What the heredocs are to the command, and what is passed to the shell for it (`dispatchRun`).
fn with_heredocs(command: &CommandLine, heredocs: &[Heredoc]) -> (Documents, Option<Word>) {
    let (CommandLine::Shell(written), Some(first)) = (command, heredocs.first()) else {
        return (Documents::None, None);
    };
    let mut word = written.clone();
    if heredoc::mark(&word.text).ok().flatten().is_none() {
        for heredoc in heredocs {
            append(&mut word, "\n", heredoc.range.start.saturating_sub(1));
            append(&mut word, &heredoc.raw, heredoc.range.start);
            append(&mut word, &heredoc.name, heredoc.end.start);
            word.range = word.range.cover(heredoc.end);
        }
        return (Documents::Input, Some(word));
    }
    if first.raw.starts_with("#!") {
        word.text = format!("{PROGRAMS}{}", first.name);
        return (Documents::Program, Some(word));
    }
    (Documents::Script, Some(script(first)))
}

/// The text of a heredoc, each line with its place.
fn script(heredoc: &Heredoc) -> Word {
    let mut word = Word { range: heredoc.range, segments: vec![(0, heredoc.range.start)], ..Word::default() };
    let mut at = heredoc.range.start;
    for line in heredoc.raw.split_inclusive('\n') {
        let kept = if heredoc.chomp { line.trim_start_matches('\t') } else { line };
        append(&mut word, kept, at + line.len() - kept.len());
        at += line.len();
    }
    word
}
