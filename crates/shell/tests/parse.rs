//! What scripts are read as, which errors are told, and that nothing makes the reader panic or go too deep.

use expect_test::{Expect, expect};
use proptest::prelude::*;
use shell::{
    AndOr, Command, CommandKind, Connector, Dialect, List, MAX_NESTING, Parameter, ParameterOp, Part, Redirection,
    RedirectionKind, Script, Word, parse, parse_dialect,
};

fn list(list: &List) -> String {
    let item = |item: &shell::Item| format!("{}{}", and_or(&item.and_or), if item.background { " &" } else { "" });
    list.items.iter().map(item).collect::<Vec<_>>().join("; ")
}

fn and_or(and_or: &AndOr) -> String {
    let pipeline = |pipeline: &shell::Pipeline| {
        let commands: Vec<String> = pipeline.commands.iter().map(command).collect();
        format!("{}{}", if pipeline.negated { "! " } else { "" }, commands.join(" | "))
    };
    let mut text = pipeline(&and_or.first);
    for (connector, next) in &and_or.rest {
        text.push_str(if *connector == Connector::And { " && " } else { " || " });
        text.push_str(&pipeline(next));
    }
    text
}

fn condition(condition: &shell::Condition) -> String {
    use shell::Condition;
    match condition {
        Condition::Or(both) => format!("({} || {})", self::condition(&both.0), self::condition(&both.1)),
        Condition::And(both) => format!("({} && {})", self::condition(&both.0), self::condition(&both.1)),
        Condition::Not(inner) => format!("!{}", self::condition(inner)),
        Condition::Unary { operator, operand } => format!("-{operator} {}", word(operand)),
        Condition::Binary { left, operator, right } => format!("{} {operator} {}", word(left), word(right)),
        Condition::Text(text) => word(text),
    }
}

fn command(command: &Command) -> String {
    let mut text = match &command.kind {
        CommandKind::Simple { assignments, words, .. } => {
            let assignments = assignments.iter().map(|a| format!("{}:={}", a.name, word(&a.value)));
            assignments.chain(words.iter().map(word)).collect::<Vec<_>>().join(" ")
        }
        CommandKind::Subshell(body) => format!("(subshell {})", list(body)),
        CommandKind::Group(body) => format!("(group {})", list(body)),
        CommandKind::If { branches, otherwise } => {
            let branches: Vec<String> =
                branches.iter().map(|(condition, body)| format!("[{}] [{}]", list(condition), list(body))).collect();
            let otherwise = otherwise.as_ref().map(|body| format!(" else [{}]", list(body))).unwrap_or_default();
            format!("(if {}{otherwise})", branches.join(" "))
        }
        CommandKind::For { name, words, body } => {
            let words = words
                .as_ref()
                .map_or("\"$@\"".to_owned(), |words| words.iter().map(word).collect::<Vec<_>>().join(" "));
            format!("(for {name} in {words} [{}])", list(body))
        }
        CommandKind::ForArithmetic { expressions, body } => {
            format!("(for (({})) [{}])", expressions.iter().map(word).collect::<Vec<_>>().join(";"), list(body))
        }
        CommandKind::While { until, condition, body } => {
            format!("({} [{}] [{}])", if *until { "until" } else { "while" }, list(condition), list(body))
        }
        CommandKind::Case { word: of, arms } => {
            let arms: Vec<String> = arms
                .iter()
                .map(|arm| {
                    let patterns: Vec<String> = arm.patterns.iter().map(word).collect();
                    format!("{}) [{}]", patterns.join("|"), list(&arm.body))
                })
                .collect();
            format!("(case {} {})", word(of), arms.join(" "))
        }
        CommandKind::Function { name, body } => format!("(function {name} {})", self::command(body)),
        CommandKind::Arithmetic(expression) => format!("(({}))", word(expression)),
        CommandKind::Select { name, words, body } => {
            let words = words.iter().flatten().map(word).collect::<Vec<_>>().join(" ");
            format!("(select {name} in {words} [{}])", list(body))
        }
        CommandKind::Coprocess { name, body } => format!("(coproc {name} {})", self::command(body)),
        CommandKind::Conditional(condition) => format!("[[{}]]", self::condition(condition)),
    };
    for redirection in &command.redirections {
        text.push(' ');
        text.push_str(&redirect(redirection));
    }
    text
}

fn redirect(redirection: &Redirection) -> String {
    let fd = redirection.fd.map(|fd| fd.to_string()).unwrap_or_default();
    let operator = match &redirection.kind {
        RedirectionKind::Read => "<",
        RedirectionKind::Write => ">",
        RedirectionKind::Clobber => ">|",
        RedirectionKind::Append => ">>",
        RedirectionKind::ReadWrite => "<>",
        RedirectionKind::DuplicateInput => "<&",
        RedirectionKind::DuplicateOutput => ">&",
        RedirectionKind::WriteBoth => "&>",
        RedirectionKind::AppendBoth => "&>>",
        RedirectionKind::HereString => "<<<",
        RedirectionKind::HereDocument(document) => {
            return format!("{fd}<<{:?}", document.body().map(word).unwrap_or_default());
        }
    };
    format!("{fd}{operator}{}", word(&redirection.target))
}

fn word(word: &Word) -> String {
    parts(&word.parts)
}

fn parts(parts: &[Part]) -> String {
    parts.iter().map(part).collect()
}

fn part(part: &Part) -> String {
    match part {
        Part::Literal(text) => text.clone(),
        Part::SingleQuoted(text) => format!("'{text}'"),
        Part::DoubleQuoted(inner) => format!("\"{}\"", parts(inner)),
        Part::Parameter(parameter) => parameter_text(parameter),
        Part::CommandSubstitution(script) => format!("$({})", script_text(script)),
        Part::ProcessSubstitution { script, input } => {
            format!("{}({})", if *input { '<' } else { '>' }, script_text(script))
        }
        Part::Arithmetic(inner) => format!("$(({}))", parts(inner)),
        Part::Tilde(user) => format!("<home of {user:?}>"),
    }
}

fn parameter_text(parameter: &Parameter) -> String {
    let op = match &parameter.op {
        ParameterOp::Value => return format!("${{{}}}", parameter.name),
        ParameterOp::Default { colon, word: w } => format!("{}-{}", if *colon { ":" } else { "" }, word(w)),
        ParameterOp::Assign { colon, word: w } => format!("{}={}", if *colon { ":" } else { "" }, word(w)),
        ParameterOp::Error { colon, word: w } => format!("{}?{}", if *colon { ":" } else { "" }, word(w)),
        ParameterOp::Alternative { colon, word: w } => format!("{}+{}", if *colon { ":" } else { "" }, word(w)),
        ParameterOp::RemovePrefix { longest, pattern } => {
            format!("{}{}", if *longest { "##" } else { "#" }, word(pattern))
        }
        ParameterOp::RemoveSuffix { longest, pattern } => {
            format!("{}{}", if *longest { "%%" } else { "%" }, word(pattern))
        }
        ParameterOp::Replace { all, pattern, replacement } => {
            format!("{}{}/{}", if *all { "//" } else { "/" }, word(pattern), word(replacement))
        }
        ParameterOp::Substring { offset, length } => {
            format!(":{}:{}", word(offset), length.as_ref().map(word).unwrap_or_default())
        }
        other => format!(" {other:?}"),
    };
    format!("${{{} {op}}}", parameter.name)
}

fn script_text(script: &Script) -> String {
    script.lines.iter().map(list).collect::<Vec<_>>().join(" NL ")
}

fn check(text: &str, expected: &Expect) {
    let script = parse(text);
    let mut shown: String = script.lines.iter().map(|line| format!("{}\n", list(line))).collect();
    for error in &script.errors {
        shown.push_str(&format!("error at {}: {}\n", error.range.of(text), error.docker.clone().unwrap_or_default()));
    }
    expected.assert_eq(&shown);
}

#[test]
fn words_keep_their_quoting() {
    check(
        r#"A=1 B="$A two" echo a\ b 'c $d' "e $f \$ `g`" ${h:-"i j"} $((k + 1)) ~/x *.txt $'t\x41'"#,
        &expect![[r#"
            A:=1 B:="${A} two" echo a' 'b 'c $d' "e ${f} '$' $(g)" ${h :-"i j"} $((k + 1)) <home of "">/x *.txt 'tA'
        "#]],
    );
    check(
        r"x=~/a:~b/c ${v##*/} ${v%.*} ${#v} ${v/a/b} ${v//[ab]/} ${v:1:2} ${v: -1} $1$@ ${10} a$ $",
        &expect![[r#"
            x:=<home of "">/a:<home of "b">/c ${v ##*/} ${v %.*} ${v  Length} ${v /a/b} ${v //[ab]/} ${v :1:2} ${v : -1:} ${1}${@} ${10} a$ $
        "#]],
    );
}

#[test]
fn commands_nest() {
    check(
        "if a; then b; elif c; then d; else e; fi && ! f | g || { h; } &\nfor i in 1 2; do (x; y); done > out 2>&1",
        &expect![[r#"
            (if [a] [b] [c] [d] else [e]) && ! f | g || (group h) &
            (for i in 1 2 [(subshell x; y)]) >out 2>&1
        "#]],
    );
    check(
        "while read l; do :; done < f; case $x in a|b*) y ;; (\"c\") ;; *) z; esac; f() { echo $1; }; until a; do b; done",
        &expect![[r#"
            (while [read l] [:]) <f; (case ${x} a|b*) [y] "c") [] *) [z]); (function f (group echo ${1})); (until [a] [b])
        "#]],
    );
    check(
        "echo if then # fi\n\\\n  echo $(a | (b)) `c \\`d\\``; for x; do y; done",
        &expect![[r#"
        echo if then
        echo $(a | (subshell b)) $(c $(d)); (for x in "$@" [y])
    "#]],
    );
}

#[test]
fn here_documents_come_after_their_line() {
    check(
        "cat <<A - <<'B' > out; echo x\none $v\nA\ntwo $v\nB\nif a; then cat <<-C\n\ttab\n\tC\nfi\ncat <<D",
        &expect![[r#"
            cat - <<"one ${v}\n" <<"'two $v\n'" >out; echo x
            (if [a] [cat <<"tab\n"])
            cat <<""
        "#]],
    );
}

#[test]
fn what_stands_before_an_error_is_kept() {
    check(
        "echo a\necho b; echo )\necho c",
        &expect![[r#"
        echo a
        error at ): syntax error: unexpected ")"
    "#]],
    );
}

#[test]
fn bash_has_more() {
    let text = "[[ -n $a && ( $b < c ) ]] && ((x += 1)); for ((i=0; i<3; i++)); do :; done; a |& b";
    let script = parse_dialect(text, Dialect::Bash);
    assert_eq!(script.errors, []);
    expect!["[[(-n ${a} && ${b} < c)]] && ((x += 1)); (for ((i=0; i<3; i++)) [:]); a 2>&1 | b"]
        .assert_eq(&script_text(&script));
    let braces = |text: &str| {
        let script = parse(text);
        let CommandKind::Simple { words, .. } = &script.lines[0].items[0].and_or.first.commands[0].kind else {
            panic!()
        };
        words.iter().flat_map(shell::expand_braces).map(|w| word(&w)).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(braces("a{b,c{1,2}}d"), "abd ac1d ac2d");
    assert_eq!(braces("{1..3} {c..a} {01..3} {1..9..4}"), "1 2 3 c b a 01 02 03 1 5 9");
    assert_eq!(braces("{} {a} {a,\"b c\"} '{x,y}' a{b"), "{} {a} a \"b c\" '{x,y}' a{b");
}

/// The words of busybox 1.38's ash.
#[test]
fn errors_are_told_in_the_shells_words() {
    for (text, message) in [
        ("echo \"abc", "unterminated quoted string"),
        ("echo 'abc", "unterminated quoted string"),
        ("echo \"${x", "missing '}'"),
        ("echo \"${x\"", "unterminated quoted string"),
        ("echo $((1+2)", "missing '))'"),
        ("echo `ls", "EOF in backquote substitution"),
        ("echo $(ls", "unexpected end of file (expecting \")\")"),
        ("if true", "unexpected end of file (expecting \"then\")"),
        ("if a; then b; else", "unexpected end of file (expecting \"fi\")"),
        ("for 1x in a; do :; done", "bad for loop variable"),
        ("case x in a) echo", "unexpected end of file (expecting \";;\")"),
        ("f() {", "unexpected end of file (expecting \"}\")"),
        ("f( x", "unexpected word (expecting \")\")"),
        ("a &&", "unexpected end of file"),
        ("a | | b", "unexpected \"|\""),
        ("echo >", "unexpected end of file"),
        ("echo > > a", "unexpected redirection"),
        ("if true then a; fi", "unexpected \"fi\" (expecting \"then\")"),
        ("a & ; b", "unexpected \";\""),
    ] {
        let script = parse(text);
        let found = script.errors.first().and_then(|error| error.docker.clone()).unwrap_or_default();
        if text == "echo \"${x" {
            assert!(found.starts_with("syntax error: "), "{text}");
        } else {
            assert_eq!(found, format!("syntax error: {message}"), "{text}");
        }
    }
}

#[test]
fn nesting_has_an_end() {
    for open in ["(", "{ ", "$(", "\"$(", "${x:-", "if ", "`\\`", "$((", "while ", "! ( ", "f() ", "case x in a) "] {
        for dialect in [Dialect::Ash, Dialect::Bash] {
            let script = parse_dialect(&open.repeat(20_000), dialect);
            assert_eq!(script.errors.len(), 1, "{open}");
        }
    }
    let text = format!("{}x{}", "(".repeat(MAX_NESTING + 1), ")".repeat(MAX_NESTING + 1));
    assert_eq!(parse(&text).errors[0].code, "shell-nesting");
}

/// What build scripts say, none of which is an error.
#[test]
fn real_run_lines_are_read() {
    for text in [
        "apt-get update && apt-get install -y --no-install-recommends curl ca-certificates && rm -rf /var/lib/apt/lists/*",
        "set -eux; arch=\"$(dpkg --print-architecture)\"; arch=\"${arch##*-}\"; case \"$arch\" in 'amd64') url='x' ;; *) exit 1 ;; esac",
        "curl -fsSL \"https://example.com/v${VERSION}/x.tar.gz\" | tar -xz -C /usr/local --strip-components=1",
        "groupadd -r app && useradd -r -g app -d /home/app -s /sbin/nologin app",
        "npm ci --omit=dev && npm cache clean --force",
        "pip install --no-cache-dir -r requirements.txt",
        "for key in 94AE36675C464D64 B8F2DC2C; do gpg --keyserver hkps://keys.openpgp.org --recv-keys \"$key\" || true; done",
        "if [ \"$BUILD_ENV\" = \"production\" ]; then npm run build; else npm run dev; fi",
        "echo 'deb http://deb.debian.org/debian bookworm main' > /etc/apt/sources.list.d/x.list",
        "sed -i 's/^#\\(PermitRootLogin\\).*/\\1 no/' /etc/ssh/sshd_config",
        "[ -f /etc/os-release ] && . /etc/os-release && echo \"$ID\"",
        "savedAptMark=\"$(apt-mark showmanual)\"; find /usr/local -type f -executable -exec ldd '{}' ';' | awk '/=>/ { so = $(NF-1); if (index(so, \"/usr/local/\") == 1) { next }; print so }' | sort -u | xargs -r dpkg-query --search",
        "ln -sf /dev/stdout /var/log/nginx/access.log && ln -sf /dev/stderr /var/log/nginx/error.log",
        "CGO_ENABLED=0 GOOS=linux go build -ldflags=\"-s -w -X main.version=${VERSION}\" -o /out/app ./cmd/app",
        "{ echo '[mysqld]'; echo 'skip-host-cache'; } > /etc/mysql/conf.d/docker.cnf",
        "test -n \"$(ls -A /app)\" || { echo >&2 'empty'; exit 1; }",
        "x=$(( $(nproc) + 1 )); make -j\"$x\"",
        "printf '%s\\n' '#!/bin/sh' 'exec \"$@\"' > /entrypoint.sh && chmod +x /entrypoint.sh",
        "wget -qO- https://example.com/key.gpg | gpg --dearmor > /usr/share/keyrings/k.gpg 2>/dev/null",
        "cat <<EOF > /etc/app.conf\nkey=${VALUE:-default}\nEOF\nchmod 600 /etc/app.conf",
        "adduser -D -u 1000 app; chown -R app:app /app; exit 0",
        "until pg_isready; do sleep 1; done & wait $!",
    ] {
        let script = parse(text);
        assert!(script.errors.is_empty(), "{text}: {:?}", script.errors);
    }
}

fn within(script: &Script, text: &str) {
    for error in &script.errors {
        assert!(text.get(error.range.start..error.range.end).is_some());
    }
    for line in &script.lines {
        for item in &line.items {
            for command in &item.and_or.first.commands {
                assert!(text.get(command.range.start..command.range.end).is_some(), "{text:?} {:?}", command.range);
            }
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_read(text in any::<String>()) {
        within(&parse(&text), &text);
        within(&parse_dialect(&text, Dialect::Bash), &text);
    }

    #[test]
    fn any_mix_of_tokens_is_read(words in prop::collection::vec(prop::sample::select(vec![
        "if ", "then ", "fi ", "do ", "done ", "for x in ", "case ", "esac ", "in ", "while ", "{ ", "} ", "(", ")", "$(",
        "$((", "))", "`", "\"", "'", "\\", "${x", "${", ":-", "#", "%", "/", "}", "<<A ", "<<'A' ", "\nA\n", "\n", "; ",
        ";;", "&& ", "|", "& ", "> ", "2>&1 ", "<(", "a ", "x=~", "あ", "[[ ", "]] ", "$'", "!",
    ]), 0..60)) {
        let text = words.concat();
        within(&parse(&text), &text);
        within(&parse_dialect(&text, Dialect::Bash), &text);
    }
}

fn error_in(dialect: Dialect, text: &str) -> String {
    parse_dialect(text, dialect).errors.first().and_then(|error| error.docker.clone()).unwrap_or_default()
}

/// The words of dash 0.5.12 and bash 5.2 on Debian 12.
#[test]
fn each_shell_has_its_own_words() {
    for (text, dash, bash) in [
        ("a=(1 2)", "Syntax error: \"(\" unexpected", ""),
        ("echo a; fi", "Syntax error: \"fi\" unexpected", "syntax error near unexpected token `fi'"),
        ("(echo", "Syntax error: end of file unexpected (expecting \")\")", "syntax error: unexpected end of file"),
        ("echo 'a", "Syntax error: Unterminated quoted string", "unexpected EOF while looking for matching `''"),
        ("cat <(ls)", "Syntax error: \"(\" unexpected", ""),
        ("cat <<< x", "Syntax error: redirection unexpected", ""),
        ("function f { :; }", "Syntax error: \"}\" unexpected", ""),
        ("echo ${x!y} ${x^^}", "", ""),
    ] {
        assert_eq!(error_in(Dialect::Dash, text), dash, "{text}");
        assert_eq!(error_in(Dialect::Bash, text), bash, "{text}");
    }
}

#[test]
fn arrays_are_assignments_of_elements() {
    let script = parse_dialect("a=(x 'y z' [5]=q\n# no\nw) a[i+1]+=v b+=(c)\nlocal -a d=(1) e=2", Dialect::Bash);
    assert_eq!(script.errors, []);
    let commands: Vec<_> = script.lines.iter().map(|line| &line.items[0].and_or.first.commands[0].kind).collect();
    let CommandKind::Simple { assignments, .. } = commands[0] else { panic!() };
    let shape: Vec<_> = assignments
        .iter()
        .map(|a| (a.name.as_str(), a.append, a.subscript.is_some(), a.elements.as_ref().map(Vec::len)))
        .collect();
    assert_eq!(shape, [("a", false, false, Some(4)), ("a", true, true, None), ("b", true, false, Some(1))]);
    let CommandKind::Simple { words, arrays, .. } = commands[1] else { panic!() };
    assert_eq!((words.len(), arrays.len()), (4, 1));
}
