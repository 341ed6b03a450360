//! What the dependencies are is copied and installed before the source: an edit of the source installs nothing again.

use source::{TextEdit, TextRange};

use super::{Proposal, Rewrite};
use crate::facts::{CopyAt, Facts, RunAt};
use crate::roles::read_by;
use crate::script::Call;
use crate::tools::{Tool, fetcher, installer};

pub(super) const REWRITE: Rewrite = Rewrite { code: "manifest-first", find };

fn find(facts: &Facts) -> Vec<Proposal> {
    let mut proposals = Vec::new();
    for stage in facts.stages() {
        let runs: Vec<RunAt<'_>> = facts.runs_of(stage).collect();
        let copies: Vec<CopyAt<'_>> = facts.copies_of(stage).collect();
        for run in &runs {
            let calls = run.script.calls.iter().enumerate();
            let Some((at, call, tool)) = calls.filter_map(|(at, call)| Some((at, call, fetcher(call)?))).next() else {
                continue;
            };
            let files = read_by(facts, run, at, call, tool);
            let of_source = |copy: &&CopyAt<'_>| {
                copy.number < run.number
                    && files.iter().any(|file| copy.takes(file))
                    && facts.report.context.files.iter().any(|file| {
                        file.kind == "file"
                            && file.ignored_by.is_none()
                            && !files.iter().any(|path| **path == *file.path)
                            && copy.takes(&file.path)
                    })
            };
            let Some(copy) = copies.iter().rfind(of_source) else { continue };
            // where they were installed before the source came, an installation behind it is meant
            let before = |other: &&RunAt<'_>| {
                other.number < copy.number && other.script.calls.iter().any(|call| tool.installs(call))
            };
            if runs.iter().any(|other| before(&other)) || files.is_empty() {
                continue;
            }
            proposals.extend(rewrite(facts, copy, run, (at, call, tool), &files));
            break;
        }
    }
    proposals
}

fn rewrite(
    facts: &Facts,
    copy: &CopyAt<'_>,
    run: &RunAt<'_>,
    (at, call, tool): (usize, &Call, &'static Tool),
    files: &[String],
) -> Option<Proposal> {
    let relative = !copy.written.destination.text.starts_with(['/', '$']);
    let between = facts.file.instructions.get(copy.number + 1..run.number)?;
    if relative && between.iter().any(|other| matches!(other.body, dockerfile::Body::Workdir(_))) {
        return None;
    }
    let names: Vec<&str> = files.iter().map(|file| file.rsplit('/').next().unwrap_or(file)).collect();
    let manifests = manifest_lines(copy, files)?;
    let edits = if installer(call).is_some() {
        installed(facts, copy, run, at, &manifests)?
    } else {
        let program = call.words.first()?;
        let (_, arguments) = tool.fetch?.split_once(' ')?;
        let wrapper = wrapper_lines(facts, copy, program)?;
        let lines = format!("{manifests}{wrapper}RUN {program} {arguments}\n");
        vec![facts.before(copy.number, &lines)]
    };
    Some(Proposal::of(edits).text("files", &names.join(", ")).text("command", &call.words.join(" ")))
}

/// The source comes behind the installation, and what the RUN does besides behind the source.
fn installed(facts: &Facts, copy: &CopyAt<'_>, run: &RunAt<'_>, at: usize, manifests: &str) -> Option<Vec<TextEdit>> {
    let source = facts.lines(copy.number);
    let mut edits = vec![TextEdit::replace(facts.block(copy.number), manifests)];
    if run.script.calls.len() == 1 || run.script.chain.len() == 1 {
        edits.push(facts.behind(run.number, &source));
        return Some(edits);
    }
    let chain = &run.script.chain;
    let own = run.script.calls.get(at)?.range();
    let link = chain.iter().position(|link| link.range.start <= own.start && own.end <= link.range.end)?;
    let (last, Some(next)) = (chain.get(link)?, chain.get(link + 1)) else {
        edits.push(facts.behind(run.number, &source));
        return Some(edits);
    };
    // a folder that the first part goes into is where the second one is, too
    let folders = run.script.calls.iter().take(at).filter(|call| call.name() == "cd");
    let folders: String = folders.map(|call| format!("{} && ", call.words.join(" "))).collect();
    let flags = TextRange::new(run.instruction.keyword.range.end, run.script.range.start).of(&facts.text);
    let end = chain.last()?.range.end;
    let rest = TextRange::new(next.range.start, end).of(&facts.text);
    edits.push(TextEdit::delete(TextRange::new(last.range.end, end)));
    edits.push(facts.behind(run.number, &format!("{source}RUN{flags}{folders}{rest}\n")));
    Some(edits)
}

/// A COPY for each folder with manifests, to where the copy of all puts them.
fn manifest_lines(copy: &CopyAt<'_>, files: &[String]) -> Option<String> {
    let mut folders: Vec<(String, Vec<&str>)> = Vec::new();
    for file in files.iter().filter(|file| !file.contains(' ')) {
        let folder = destination(copy, file)?;
        match folders.iter_mut().find(|(other, _)| *other == folder) {
            Some((_, files)) => files.push(file),
            None => folders.push((folder, vec![file])),
        }
    }
    let chown = copy.written.chown.as_ref().map(|owner| format!("--chown={} ", owner.text)).unwrap_or_default();
    Some(folders.iter().map(|(folder, files)| format!("COPY {chown}{} {folder}\n", files.join(" "))).collect())
}

/// The folder for a manifest as the copy's destination has it.
fn destination(copy: &CopyAt<'_>, file: &str) -> Option<String> {
    if copy.takes_all() {
        let written = copy.written.destination.text.trim_end_matches('/').trim_end_matches("/.");
        let written = if written.is_empty() { "/" } else { written };
        let folder = file.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        return Some(format!("{}/{folder}", written.trim_end_matches('/')));
    }
    let place = copy.placed(file)?;
    Some(format!("{}/", place.rsplit_once('/')?.0))
}

/// The files of a wrapper like `./mvnw` that its own call needs. `None` where a script of another kind is called.
fn wrapper_lines(facts: &Facts, copy: &CopyAt<'_>, program: &str) -> Option<String> {
    let Some(name) = program.strip_prefix("./") else { return Some(String::new()) };
    let (folder, file) = match name {
        "mvnw" => (".mvn", "mvnw"),
        "gradlew" => ("gradle", "gradlew"),
        _ => return None,
    };
    let base = destination(copy, file)?;
    let mut lines = format!("COPY {file} {base}\n");
    if facts.given.context.get(folder).is_some() {
        lines += &format!("COPY {folder} {base}{folder}\n");
    }
    copy.takes_all().then_some(lines)
}
