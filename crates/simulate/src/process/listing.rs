//! How bash prints a function: `declare -f`, `type`. print_cmd.c of bash lays it out.

use shell::{AndOr, ArmEnd, Command, CommandKind, Connector, List, Pipeline};

/// The blanks of one level.
const INDENT: usize = 4;
/// The longest text that is made.
const MAX_TEXT: usize = 1 << 20;

/// The text of a function.
pub(super) fn function(name: &str, body: &Command) -> String {
    let mut listing = Listing { text: format!("{name} () \n"), level: 0 };
    listing.body(body);
    listing.text
}

struct Listing {
    text: String,
    level: usize,
}

impl Listing {
    fn put(&mut self, text: &str) {
        if self.text.len() < MAX_TEXT {
            self.text.push_str(text);
        }
    }

    fn newline(&mut self) {
        self.put("\n");
        self.put(&" ".repeat(self.level * INDENT));
    }

    /// The body of a function: always in braces.
    fn body(&mut self, body: &Command) {
        let indent = " ".repeat(self.level * INDENT);
        self.put(&format!("{indent}{{ "));
        self.level += 1;
        self.newline();
        match &body.kind {
            CommandKind::Group(list) => self.list(list, false),
            _ => self.command(body),
        }
        self.level -= 1;
        self.newline();
        self.put("}");
        if let (CommandKind::Group(_), false) = (&body.kind, body.redirections.is_empty()) {
            self.redirections(body);
        }
    }

    /// Commands, a line each; `closed` with a semicolon behind the last one too.
    fn list(&mut self, list: &List, closed: bool) {
        let mut background = false;
        for (index, item) in list.items.iter().enumerate() {
            if index > 0 {
                if background {
                    self.put(" ");
                } else {
                    self.put(";");
                    self.newline();
                }
            }
            self.and_or(&item.and_or);
            background = item.background;
            if background {
                self.put(" &");
            }
        }
        if closed && !background {
            self.put(";");
        }
    }

    fn and_or(&mut self, and_or: &AndOr) {
        self.pipeline(&and_or.first);
        for (connector, pipeline) in &and_or.rest {
            self.put(if *connector == Connector::And { " && " } else { " || " });
            self.pipeline(pipeline);
        }
    }

    fn pipeline(&mut self, pipeline: &Pipeline) {
        match pipeline.timed {
            Some(shell::Timed::Plain) => self.put("time "),
            Some(shell::Timed::Posix) => self.put("time -p "),
            None => {}
        }
        if pipeline.negated {
            self.put("! ");
        }
        for (index, command) in pipeline.commands.iter().enumerate() {
            if index > 0 {
                self.put(" | ");
            }
            self.command(command);
        }
    }

    fn block(&mut self, list: &List, end: &str) {
        self.level += 1;
        self.newline();
        self.list(list, true);
        self.level -= 1;
        self.newline();
        self.put(end);
    }

    fn command(&mut self, command: &Command) {
        let source = command.source.trim_end();
        match &command.kind {
            CommandKind::Simple { .. } => return self.put(source),
            CommandKind::Conditional(_) | CommandKind::Arithmetic(_) => self.put(source),
            CommandKind::Subshell(list) => {
                self.put("( ");
                self.list(list, false);
                self.put(" )");
            }
            CommandKind::Group(list) => {
                self.put("{ ");
                self.block_without_end(list);
                self.put("}");
            }
            CommandKind::If { branches, otherwise } => {
                // bash keeps an `elif` as an `if` inside of an `else`.
                for (index, (condition, body)) in branches.iter().enumerate() {
                    if index > 0 {
                        self.put("else");
                        self.level += 1;
                        self.newline();
                    }
                    self.put("if ");
                    self.list(condition, false);
                    self.put("; then");
                    self.block(body, "");
                }
                if let Some(body) = otherwise {
                    self.put("else");
                    self.block(body, "");
                }
                self.put("fi");
                for _ in 1..branches.len() {
                    self.put(";");
                    self.level -= 1;
                    self.newline();
                    self.put("fi");
                }
            }
            CommandKind::For { words, name, body } | CommandKind::Select { words, name, body } => {
                self.put(source);
                if words.is_none() {
                    let written = source.contains(" in ");
                    self.put(if written { "" } else { " in \"$@\"" });
                }
                let _ = name;
                self.put(";");
                self.newline();
                self.put("do");
                self.block(body, "done");
            }
            CommandKind::ForArithmetic { expressions, body } => {
                let texts: Vec<String> = expressions.iter().map(|word| literal(&word.parts)).collect();
                self.put(&format!("for (({}))", texts.join("; ")));
                self.newline();
                self.put("do");
                self.block(body, "done");
            }
            CommandKind::While { until, condition, body } => {
                self.put(if *until { "until " } else { "while " });
                self.list(condition, false);
                self.put("; do");
                self.block(body, "done");
            }
            CommandKind::Case { arms, .. } => {
                self.put(&format!("{source} "));
                self.level += 1;
                for arm in arms {
                    self.newline();
                    let patterns: Vec<String> = arm.patterns.iter().map(|word| literal(&word.parts)).collect();
                    self.put(&format!("{})", patterns.join(" | ")));
                    self.level += 1;
                    self.newline();
                    self.list(&arm.body, false);
                    self.level -= 1;
                    self.newline();
                    self.put(match arm.end {
                        ArmEnd::Break => ";;",
                        ArmEnd::FallThrough => ";&",
                        ArmEnd::TestNext => ";;&",
                    });
                }
                self.level -= 1;
                self.newline();
                self.put("esac");
            }
            CommandKind::Function { name, body } => {
                self.put(&format!("function {name} () \n"));
                self.body(body);
            }
            CommandKind::Coprocess { name, body } => {
                self.put(&format!("coproc {name} "));
                self.command(body);
            }
        }
        self.redirections(command);
    }

    fn block_without_end(&mut self, list: &List) {
        self.level += 1;
        self.newline();
        self.list(list, false);
        self.level -= 1;
        self.newline();
    }

    fn redirections(&mut self, command: &Command) {
        for redirection in &command.redirections {
            let fd = redirection.fd.map(|fd| fd.to_string()).unwrap_or_default();
            let operator = super::redirect::operator(&redirection.kind);
            let target = literal(&redirection.target.parts);
            let blank = if operator.ends_with('&') { "" } else { " " };
            self.put(&format!(" {fd}{operator}{blank}{target}"));
        }
    }
}

/// A word as it may have been written.
fn literal(parts: &[shell::Part]) -> String {
    use shell::Part;
    let mut text = String::new();
    for part in parts {
        match part {
            Part::Literal(piece) => text.push_str(piece),
            Part::SingleQuoted(piece) => text.push_str(&format!("'{piece}'")),
            Part::DoubleQuoted(inner) => text.push_str(&format!("\"{}\"", literal(inner))),
            Part::Parameter(parameter) if parameter.op == shell::ParameterOp::Value => {
                text.push_str(&format!("${}", parameter.name));
            }
            Part::Parameter(parameter) => text.push_str(&format!("${{{}}}", parameter.name)),
            Part::Tilde(user) => text.push_str(&format!("~{user}")),
            Part::CommandSubstitution(_) | Part::ProcessSubstitution { .. } => text.push_str("$(...)"),
            Part::Arithmetic(inner) => text.push_str(&format!("$(({}))", literal(inner))),
        }
    }
    text
}
