use brush_parser::ast::{
    AndOr, AndOrList, Command, CommandPrefixOrSuffixItem, CompoundCommand, CompoundList, IoFileRedirectKind,
    IoFileRedirectTarget, IoRedirect, Pipeline, SeparatorOperator, SimpleCommand, Word,
};
use brush_parser::word::{self, ParameterExpr, WordPiece, WordPieceWithSource};
use brush_parser::{Parser, ParserOptions};
use shell::Dialect;

use super::{Node, joined};

fn options(dialect: Dialect) -> ParserOptions {
    let posix = dialect == Dialect::Ash;
    ParserOptions { enable_extended_globbing: !posix, sh_mode: posix, ..ParserOptions::default() }
}

/// brush's reading of a script.
pub fn read(dialect: Dialect, text: &str) -> Result<Vec<Node>, String> {
    let options = options(dialect);
    let program = Parser::new(text.as_bytes(), &options).parse_program().map_err(|error| error.to_string())?;
    let reader = Reader { dialect, options };
    program
        .complete_commands
        .iter()
        .map(|command| reader.list(command))
        .collect::<Result<Vec<_>, _>>()
        .map(|lists| lists.into_iter().flatten().collect())
}

struct Reader {
    dialect: Dialect,
    options: ParserOptions,
}

impl Reader {
    fn list(&self, list: &CompoundList) -> Result<Vec<Node>, String> {
        list.0
            .iter()
            .map(|item| {
                let node = self.and_or(&item.0)?;
                Ok(if matches!(item.1, SeparatorOperator::Async) { Node::new("&", vec![node]) } else { node })
            })
            .collect()
    }

    fn body(&self, what: &str, list: &CompoundList) -> Result<Node, String> {
        Ok(Node::new(what, self.list(list)?))
    }

    fn and_or(&self, list: &AndOrList) -> Result<Node, String> {
        let mut nodes = vec![self.pipeline(&list.first)?];
        for next in &list.additional {
            nodes.push(match next {
                AndOr::And(next) => Node::new("&&", vec![self.pipeline(next)?]),
                AndOr::Or(next) => Node::new("||", vec![self.pipeline(next)?]),
            });
        }
        Ok(one_or("and-or", nodes))
    }

    fn pipeline(&self, pipeline: &Pipeline) -> Result<Node, String> {
        let nodes = pipeline.seq.iter().map(|command| self.command(command)).collect::<Result<_, _>>()?;
        let node = one_or("pipeline", nodes);
        Ok(if pipeline.bang { Node::new("!", vec![node]) } else { node })
    }

    fn command(&self, command: &Command) -> Result<Node, String> {
        match command {
            Command::Simple(command) => self.simple(command),
            Command::Compound(command, redirections) => {
                let mut node = self.compound(command)?;
                for one in redirections.iter().flat_map(|list| &list.0) {
                    node.what.push_str(&redirection(one)?);
                }
                Ok(node)
            }
            Command::Function(function) => {
                let body = Command::Compound(function.body.0.clone(), function.body.1.clone());
                Ok(Node::new(format!("function {}", function.fname.value), vec![self.command(&body)?]))
            }
            Command::ExtendedTest(_, redirections) => {
                let mut node = Node::new("test", Vec::new());
                for one in redirections.iter().flat_map(|list| &list.0) {
                    node.what.push_str(&redirection(one)?);
                }
                Ok(node)
            }
        }
    }

    fn compound(&self, command: &CompoundCommand) -> Result<Node, String> {
        Ok(match command {
            CompoundCommand::Arithmetic(_) => Node::new("((", Vec::new()),
            CompoundCommand::ArithmeticForClause(clause) => self.body("for ((", &clause.body.list)?,
            CompoundCommand::BraceGroup(group) => self.body("group", &group.list)?,
            CompoundCommand::Subshell(shell) => self.body("subshell", &shell.list)?,
            CompoundCommand::ForClause(clause) => {
                let values = clause.values.as_ref().map(|values| format!(" in {}", words(values))).unwrap_or_default();
                self.body(&format!("for {}{values}", clause.variable_name), &clause.body.list)?
            }
            CompoundCommand::CaseClause(clause) => {
                let mut arms = Vec::new();
                for arm in &clause.cases {
                    let inner = arm.cmd.as_ref().map(|body| self.list(body)).transpose()?.unwrap_or_default();
                    arms.push(Node::new(words(&arm.patterns), inner));
                }
                Node::new(format!("case {}", raw(&clause.value)), arms)
            }
            CompoundCommand::IfClause(clause) => {
                let mut inner = vec![self.body("condition", &clause.condition)?, self.body("then", &clause.then)?];
                for branch in clause.elses.iter().flatten() {
                    if let Some(condition) = &branch.condition {
                        inner.push(self.body("condition", condition)?);
                    }
                    inner.push(self.body("then", &branch.body)?);
                }
                Node::new("if", inner)
            }
            CompoundCommand::WhileClause(clause) => {
                Node::new("while", vec![self.body("condition", &clause.0)?, self.body("then", &clause.1.list)?])
            }
            CompoundCommand::UntilClause(clause) => {
                Node::new("until", vec![self.body("condition", &clause.0)?, self.body("then", &clause.1.list)?])
            }
            CompoundCommand::Coprocess(_) => Node::new("coproc", Vec::new()),
        })
    }

    fn simple(&self, command: &SimpleCommand) -> Result<Node, String> {
        let items = command.prefix.iter().flat_map(|prefix| &prefix.0);
        let suffix = command.suffix.iter().flat_map(|suffix| &suffix.0);
        let (mut texts, mut redirections, mut inner) = (Vec::new(), String::new(), Vec::new());
        let mut take = |word: &Word| {
            texts.push(format!("‹{}›", raw(word)));
            self.scripts(&word::parse(&word.value, &self.options).map_err(|error| error.to_string())?, &mut inner)
        };
        let mut take_item = |item: &CommandPrefixOrSuffixItem, take: &mut dyn FnMut(&Word) -> Result<(), String>| {
            match item {
                CommandPrefixOrSuffixItem::IoRedirect(one) => redirections.push_str(&redirection(one)?),
                CommandPrefixOrSuffixItem::Word(word) | CommandPrefixOrSuffixItem::AssignmentWord(_, word) => {
                    take(word)?;
                }
                CommandPrefixOrSuffixItem::ProcessSubstitution(..) => return Err("process substitution".to_owned()),
            }
            Ok::<_, String>(())
        };
        for item in items {
            take_item(item, &mut take)?;
        }
        if let Some(name) = &command.word_or_name {
            take(name)?;
        }
        for item in suffix {
            take_item(item, &mut take)?;
        }
        Ok(Node::new(format!("run {}", texts.join(" ")).trim_end().to_owned() + &redirections, inner))
    }

    fn scripts(&self, pieces: &[WordPieceWithSource], out: &mut Vec<Node>) -> Result<(), String> {
        for piece in pieces {
            match &piece.piece {
                WordPiece::CommandSubstitution(text) | WordPiece::BackquotedCommandSubstitution(text) => {
                    out.push(Node::new("$()", read(self.dialect, text)?));
                }
                WordPiece::DoubleQuotedSequence(pieces) => self.scripts(pieces, out)?,
                WordPiece::ParameterExpansion(
                    ParameterExpr::UseDefaultValues { default_value: Some(word), .. }
                    | ParameterExpr::UseAlternativeValue { alternative_value: Some(word), .. },
                ) => {
                    self.scripts(&word::parse(word, &self.options).map_err(|error| error.to_string())?, out)?;
                }
                _ => {}
            }
        }
        Ok(())
    }
}

fn one_or(what: &str, mut nodes: Vec<Node>) -> Node {
    if nodes.len() == 1 { nodes.remove(0) } else { Node::new(what, nodes) }
}

fn raw(word: &Word) -> String {
    joined(&word.value)
}

fn words(words: &[Word]) -> String {
    words.iter().map(raw).collect::<Vec<_>>().join(" ")
}

fn redirection(one: &IoRedirect) -> Result<String, String> {
    let with = |fd: &Option<i32>, operator: &str, target: String| {
        format!(" {}{operator}{target}", fd.map(|fd| fd.to_string()).unwrap_or_default())
    };
    Ok(match one {
        IoRedirect::File(fd, kind, target) => {
            let operator = match kind {
                IoFileRedirectKind::Read => "<",
                IoFileRedirectKind::Write => ">",
                IoFileRedirectKind::Append => ">>",
                IoFileRedirectKind::ReadAndWrite => "<>",
                IoFileRedirectKind::Clobber => ">|",
                IoFileRedirectKind::DuplicateInput => "<&",
                IoFileRedirectKind::DuplicateOutput => ">&",
            };
            let target = match target {
                IoFileRedirectTarget::Filename(word) | IoFileRedirectTarget::Duplicate(word) => raw(word),
                IoFileRedirectTarget::Fd(number) => number.to_string(),
                IoFileRedirectTarget::ProcessSubstitution(..) => return Err("process substitution".to_owned()),
            };
            with(fd, operator, target)
        }
        IoRedirect::HereDocument(fd, document) => with(fd, "<<", raw(&document.here_end)),
        IoRedirect::HereString(fd, word) => with(fd, "<<<", raw(word)),
        IoRedirect::OutputAndError(word, append) => with(&None, if *append { "&>>" } else { "&>" }, raw(word)),
    })
}
