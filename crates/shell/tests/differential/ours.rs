use shell::{
    AndOr, Command, CommandKind, Connector, Dialect, List, Parameter, ParameterOp, Part, Redirection, RedirectionKind,
    Script, Word, parse_dialect,
};

use super::{Node, joined};

/// Our reading of a script.
pub fn read(dialect: Dialect, text: &str) -> Result<Vec<Node>, String> {
    let script = parse_dialect(text, dialect);
    match script.errors.first() {
        Some(error) => Err(error.docker.clone().unwrap_or_default()),
        None => Ok(self::script(text, &script)),
    }
}

fn script(text: &str, script: &Script) -> Vec<Node> {
    script.lines.iter().flat_map(|line| list(text, line)).collect()
}

fn list(text: &str, list: &List) -> Vec<Node> {
    let item = |item: &shell::Item| {
        let node = and_or(text, &item.and_or);
        if item.background { Node::new("&", vec![node]) } else { node }
    };
    list.items.iter().map(item).collect()
}

fn and_or(text: &str, and_or: &AndOr) -> Node {
    let mut nodes = vec![pipeline(text, &and_or.first)];
    for (connector, next) in &and_or.rest {
        nodes.push(Node::new(if *connector == Connector::And { "&&" } else { "||" }, vec![pipeline(text, next)]));
    }
    one_or("and-or", nodes)
}

fn pipeline(text: &str, pipeline: &shell::Pipeline) -> Node {
    let node = one_or("pipeline", pipeline.commands.iter().map(|one| command(text, one)).collect());
    if pipeline.negated { Node::new("!", vec![node]) } else { node }
}

fn one_or(what: &str, mut nodes: Vec<Node>) -> Node {
    if nodes.len() == 1 { nodes.remove(0) } else { Node::new(what, nodes) }
}

fn command(text: &str, command: &Command) -> Node {
    let raw = |range: source::TextRange| joined(text.get(range.start..range.end).unwrap_or_default());
    let body = |what: &str, body: &List| Node::new(what, list(text, body));
    let words = |words: &[Word]| words.iter().map(|word| raw(word.range)).collect::<Vec<_>>().join(" ");
    let mut node = match &command.kind {
        CommandKind::Conditional(_) => Node::new("test", Vec::new()),
        CommandKind::Simple { assignments, words, .. } => {
            let texts = assignments.iter().map(|one| raw(one.range)).chain(words.iter().map(|word| raw(word.range)));
            let what = texts.map(|text| format!("‹{text}›")).collect::<Vec<_>>().join(" ");
            let mut inner = Vec::new();
            for word in assignments.iter().map(|one| &one.value).chain(words) {
                scripts(&word.parts, text, &mut inner);
            }
            Node::new(format!("run {what}").trim_end(), inner)
        }
        CommandKind::Subshell(inner) => body("subshell", inner),
        CommandKind::Group(inner) => body("group", inner),
        CommandKind::If { branches, otherwise } => {
            let mut inner = Vec::new();
            for (condition, then) in branches {
                inner.push(body("condition", condition));
                inner.push(body("then", then));
            }
            inner.extend(otherwise.as_ref().map(|otherwise| body("then", otherwise)));
            Node::new("if", inner)
        }
        CommandKind::For { name, words: values, body } => {
            let values = values.as_ref().map(|values| format!(" in {}", words(values))).unwrap_or_default();
            Node::new(format!("for {name}{values}"), list(text, body))
        }
        CommandKind::ForArithmetic { body, .. } => Node::new("for ((", list(text, body)),
        CommandKind::While { until, condition, body: inner } => {
            Node::new(if *until { "until" } else { "while" }, vec![body("condition", condition), body("then", inner)])
        }
        CommandKind::Case { word, arms } => Node::new(
            format!("case {}", raw(word.range)),
            arms.iter().map(|arm| Node::new(words(&arm.patterns), list(text, &arm.body))).collect(),
        ),
        CommandKind::Function { name, body } => Node::new(format!("function {name}"), vec![self::command(text, body)]),
        CommandKind::Arithmetic(_) => Node::new("((", Vec::new()),
        CommandKind::Select { name, body, .. } => Node::new(format!("select {name}"), list(text, body)),
        CommandKind::Coprocess { body, .. } => Node::new("coproc", vec![self::command(text, body)]),
    };
    for one in &command.redirections {
        // What |& redirects stands nowhere in the text.
        let target = match one.target.parts.as_slice() {
            [Part::Literal(literal)] => literal.clone(),
            _ => raw(one.target.range),
        };
        node.what.push_str(&redirection(one, &target));
    }
    node
}

fn redirection(one: &Redirection, target: &str) -> String {
    let operator = match one.kind {
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
    };
    format!(" {}{operator}{target}", one.fd.map(|fd| fd.to_string()).unwrap_or_default())
}

/// The scripts of the command substitutions of a word.
fn scripts(parts: &[Part], text: &str, out: &mut Vec<Node>) {
    for part in parts {
        match part {
            Part::CommandSubstitution(inner) => out.push(Node::new("$()", substituted(text, inner))),
            Part::DoubleQuoted(parts) => scripts(parts, text, out),
            Part::Parameter(parameter) => {
                let Parameter { op, .. } = &**parameter;
                if let ParameterOp::Default { word, .. } | ParameterOp::Alternative { word, .. } = op {
                    scripts(&word.parts, text, out);
                }
            }
            _ => {}
        }
    }
}

/// The commands of a substitution. Those between backquotes are read from another text, without its backslashes, and
/// have the place of the whole.
fn substituted(text: &str, inner: &Script) -> Vec<Node> {
    let first =
        inner.lines.first().and_then(|line| line.items.first()).and_then(|item| item.and_or.first.commands.first());
    let raw = first.and_then(|first| text.get(first.range.start..first.range.end)).unwrap_or_default();
    match raw.strip_prefix('`').and_then(|raw| raw.strip_suffix('`')) {
        Some(quoted) => {
            let plain = quoted.replace("\\`", "`").replace("\\$", "$").replace("\\\\", "\\");
            read(Dialect::Ash, &plain).unwrap_or_default()
        }
        None => script(text, inner),
    }
}
