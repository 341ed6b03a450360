//! What a Dockerfile is made of.

use std::collections::BTreeMap;

use source::{Diagnostic, TextRange};

use crate::Statement;

/// A Dockerfile, read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dockerfile {
    /// The directives at the top.
    pub directives: Directives,
    /// The instructions in the order of the file; an instruction with a mistake in it is there too, with
    /// [`Body::Invalid`] where its arguments make no sense.
    pub instructions: Vec<Instruction>,
    /// The mistakes, in the order in which BuildKit would meet them: all of its line parser (`parser`), then all of
    /// its instruction parser (`instructions`). `docker` holds the message as `docker build` prints it, with its
    /// `dockerfile parse error on line N: ` where Docker has that.
    pub errors: Vec<Diagnostic>,
    /// The ranges of the last physical line of instructions that were continued over an empty line (for the check
    /// NoEmptyContinuation): the instruction's index, and that line from 0.
    pub empty_continuations: Vec<(usize, usize)>,
    /// What the author states about RUNs, by the index of the instruction.
    pub statements: BTreeMap<usize, Statement>,
    /// What is wrong with statements; Docker takes them for comments.
    pub notes: Vec<Diagnostic>,
    /// The whole source as classified pieces, for highlighting.
    pub tokens: Vec<Token>,
    /// The escape character in force: `\` or `` ` ``.
    pub escape: char,
}

/// The parser directives.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Directives {
    /// `# syntax=…`
    pub syntax: Option<String>,
    /// `# check=…` up to the first blank, to be read with [`crate::parse_check_options`].
    pub check: Option<(String, TextRange)>,
}

/// What a piece of the source is, for highlighting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Blanks and line ends.
    Space,
    /// A comment.
    Comment,
    /// A parser directive.
    Directive,
    /// An instruction's name, and `AS`.
    Keyword,
    /// A `--flag=value`.
    Flag,
    /// A stage's or an image's name.
    Name,
    /// A quoted string.
    String,
    /// A `$variable`.
    Variable,
    /// The escape character that continues a line, `&&`, `;`, `|`, brackets and commas of a JSON form.
    Operator,
    /// `<<EOF` and the line that ends it.
    HeredocMark,
    /// The lines of a heredoc.
    HeredocBody,
    /// Everything else.
    Text,
}

/// A piece of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it is.
    pub range: TextRange,
}

/// A word or a line of arguments as written, before variables are expanded and quotes are taken off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// The text, continuation lines joined.
    pub text: String,
    /// Where it is.
    pub range: TextRange,
    /// Where its pieces come from: an offset in `text` and the offset of that byte in the source, ascending. Several
    /// where continuation lines were joined, none in a word that stands for nothing in the source.
    pub segments: Vec<(usize, usize)>,
}

impl Word {
    /// The place in the source of the byte at `joined` of [`Word::text`]. Past the end, and in a word whose text is
    /// not the source's (a flag's value with its quotes taken off), as near as can be told.
    #[must_use]
    pub fn source_offset(&self, joined: usize) -> usize {
        let at = self.segments.partition_point(|&(from, _)| from <= joined);
        match at.checked_sub(1).and_then(|before| self.segments.get(before)) {
            Some(&(from, source)) => source + (joined - from),
            None => self.range.start + joined,
        }
    }
}

/// An instruction.
#[derive(Clone, Debug, PartialEq)]
pub struct Instruction {
    /// The keyword as written: `From`.
    pub keyword: Word,
    /// From the keyword to the end of its last line, heredocs included, without the line end.
    pub range: TextRange,
    /// The first and last physical line, from 1, heredocs included.
    pub lines: (usize, usize),
    /// The instruction as one line, continuation lines joined, blanks around it trimmed: what step names are made of
    /// (BuildKit's `Node.Original`). Heredoc bodies are not in it.
    pub original: String,
    /// The comment lines directly above, without `#` and the blanks after it (BuildKit's `PrevComment`).
    pub comments: Vec<String>,
    /// The heredocs, in the order of their marks.
    pub heredocs: Vec<Heredoc>,
    /// What it says.
    pub body: Body,
}

/// A heredoc.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heredoc {
    /// The delimiter, without quotes.
    pub name: String,
    /// The text between, each line with its line end, tabs stripped where `<<-` asks for it.
    pub content: String,
    /// Whether variables are expanded: the delimiter was not quoted.
    pub expand: bool,
    /// Whether `<<-` strips leading tabs.
    pub chomp: bool,
    /// The file descriptor before `<<`, 0 by default.
    pub file_descriptor: u32,
    /// Where the text is.
    pub range: TextRange,
    /// The text as written: with its tabs, whatever `chomp` says.
    pub raw: String,
    /// Where the line is that ends it; empty where nothing does.
    pub end: TextRange,
}

/// What an instruction says.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// `FROM [--platform=P] IMAGE [AS NAME]`
    From(From),
    /// `RUN …`
    Run(Run),
    /// `COPY …`
    Copy(Copy),
    /// `ADD …`
    Add(Copy),
    /// `ENV K=V …`
    Env(Vec<Pair>),
    /// `LABEL K=V …`
    Label(Vec<Pair>),
    /// `ARG NAME[=DEFAULT] …`
    Arg(Vec<ArgDeclaration>),
    /// `CMD …`
    Cmd(CommandLine),
    /// `ENTRYPOINT …`
    Entrypoint(CommandLine),
    /// `SHELL ["…"]`
    Shell(Vec<String>),
    /// `EXPOSE PORT …`
    Expose(Vec<Word>),
    /// `VOLUME PATH …`
    Volume(Vec<Word>),
    /// `USER NAME`
    User(Word),
    /// `WORKDIR PATH`
    Workdir(Word),
    /// `STOPSIGNAL SIGNAL`
    Stopsignal(Word),
    /// `MAINTAINER NAME`
    Maintainer(String),
    /// `HEALTHCHECK …`
    Healthcheck(Healthcheck),
    /// `ONBUILD INSTRUCTION`: the trigger as written. It is only parsed where it is triggered ([`crate::parse_trigger`]).
    Onbuild(Word),
    /// Arguments that make no sense, or an unknown keyword: [`Dockerfile::errors`] says why.
    Invalid,
}

/// The arguments of `FROM`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct From {
    /// `--platform`
    pub platform: Option<Word>,
    /// The image or stage, unexpanded.
    pub image: Word,
    /// The keyword `AS` as written, and the stage's name as written (BuildKit lowers it).
    pub name: Option<(Word, Word)>,
}

/// A command in shell or exec form.
#[derive(Clone, Debug, PartialEq)]
pub enum CommandLine {
    /// A text for the shell, as written; a RUN's heredocs are not in it ([`Run::passed`]).
    Shell(Word),
    /// A JSON array.
    Exec(Vec<String>),
}

/// What the heredocs of a `RUN` are to its command.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Documents {
    /// There are none.
    #[default]
    None,
    /// The command is one heredoc and nothing else: its text is passed to the shell.
    Script,
    /// The same, and the text begins with `#!`: BuildKit mounts it as `/dev/pipes/NAME`, mode 755, and passes that
    /// path to the shell.
    Program,
    /// The shell reads them: it is passed the command and, below it, each heredoc with its tabs and its last line.
    Input,
}

/// The arguments of `RUN`.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The command. Heredocs are in [`Instruction::heredocs`].
    pub command: CommandLine,
    /// What the heredocs are to the command.
    pub documents: Documents,
    /// With heredocs, what BuildKit passes to the shell instead of the command as written ([`Documents`] says what);
    /// its offsets lead back into the heredocs too.
    pub passed: Option<Word>,
    /// The values of `--mount` as written, in order, to be read with [`crate::parse_mount`] once variables are known.
    pub mount_flags: Vec<Word>,
    /// The values of `--device`, which Docker's own frontend refuses when it comes to the step.
    pub devices: Vec<Word>,
    /// `--mount`, in order, variables not expanded. BuildKit reads mounts when it comes to the step, so a mistake in
    /// one is not in [`Dockerfile::errors`] (the stage may never be built); such a mount is missing here.
    pub mounts: Vec<Mount>,
    /// `--network`: `default`, `none` or `host`.
    pub network: Option<Word>,
    /// `--security`
    pub security: Option<Word>,
}

/// The kinds of `RUN --mount`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MountKind {
    /// `type=bind`, the default.
    Bind,
    /// `type=cache`
    Cache,
    /// `type=tmpfs`
    Tmpfs,
    /// `type=secret`
    Secret,
    /// `type=ssh`
    Ssh,
}

/// A `RUN --mount`. Values may hold variables, but for `from`.
#[derive(Clone, Debug, PartialEq)]
pub struct Mount {
    /// `type`
    pub kind: MountKind,
    /// `from`: a stage or an image.
    pub from: Option<String>,
    /// `source`
    pub source: Option<String>,
    /// `target`
    pub target: Option<String>,
    /// `id`
    pub id: Option<String>,
    /// Whether nothing may be written: `readonly`, by default so for all but cache and tmpfs.
    pub read_only: bool,
    /// `required`
    pub required: bool,
    /// `sharing`: `shared`, `private` or `locked`.
    pub sharing: Option<String>,
    /// `size` in bytes.
    pub size: Option<u64>,
    /// `mode`
    pub mode: Option<u32>,
    /// `uid`
    pub uid: Option<u32>,
    /// `gid`
    pub gid: Option<u32>,
    /// `env`: the variable that a secret is put into.
    pub env: Option<String>,
    /// The whole flag.
    pub range: TextRange,
}

/// The arguments of `COPY` and `ADD`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Copy {
    /// Paths, patterns, URLs: what stands before the destination, without heredocs.
    pub sources: Vec<Word>,
    /// The heredocs among the sources, as indices into [`Instruction::heredocs`].
    pub documents: Vec<usize>,
    /// Where to.
    pub destination: Word,
    /// `--from` (COPY)
    pub from: Option<Word>,
    /// `--chown`
    pub chown: Option<Word>,
    /// `--chmod`
    pub chmod: Option<Word>,
    /// `--link`
    pub link: bool,
    /// `--exclude`, in order.
    pub exclude: Vec<Word>,
    /// `--keep-git-dir` (ADD)
    pub keep_git_dir: bool,
    /// `--checksum` (ADD)
    pub checksum: Option<Word>,
    /// `--unpack` (ADD)
    pub unpack: Option<bool>,
}

/// A `name=value` of ENV and LABEL.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The name as written.
    pub key: Word,
    /// The value as written, quotes and all.
    pub value: Word,
    /// Whether it was the old form `NAME VALUE`.
    pub legacy: bool,
}

/// A declaration of ARG.
#[derive(Clone, Debug, PartialEq)]
pub struct ArgDeclaration {
    /// The name as written.
    pub name: Word,
    /// The default as written, quotes and all.
    pub default: Option<Word>,
}

/// The arguments of `HEALTHCHECK`. Times are in nanoseconds, 0 where not given.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Healthcheck {
    /// `None` for `HEALTHCHECK NONE`.
    pub command: Option<CommandLine>,
    /// `--interval`
    pub interval: i64,
    /// `--timeout`
    pub timeout: i64,
    /// `--start-period`
    pub start_period: i64,
    /// `--start-interval`
    pub start_interval: i64,
    /// `--retries`
    pub retries: i64,
}
