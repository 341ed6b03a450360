//! A program's text to its tokens.

#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    Newline,
    Number(f64),
    Text(Vec<u8>),
    Pattern(Vec<u8>),
    /// A variable.
    Name(String),
    /// A name with a parenthesis right behind it: a function of the user.
    Call(String),
    /// A built-in function, getline too.
    Builtin(&'static str),
    Keyword(&'static str),
    Operator(&'static str),
    End,
}

const KEYWORDS: [&str; 18] = [
    "BEGIN", "END", "function", "func", "if", "else", "while", "for", "do", "break", "continue", "next", "nextfile",
    "exit", "return", "delete", "in", "print",
];

const BUILTINS: [&str; 26] = [
    "length", "substr", "index", "split", "sub", "gsub", "gensub", "match", "sprintf", "tolower", "toupper", "int",
    "sqrt", "exp", "log", "sin", "cos", "atan2", "rand", "srand", "system", "close", "getline", "systime", "strftime",
    "mktime",
];

/// Longest first.
const OPERATORS: [&str; 46] = [
    "**=", "&&", "||", "++", "--", "+=", "-=", "*=", "/=", "%=", "^=", "**", "==", "<=", ">=", "!=", "!~", ">>", "|&",
    "{", "}", "(", ")", "[", "]", ";", ",", "+", "-", "*", "/", "%", "^", "!", ">", "<", "|", "?", ":", "~", "$", "=",
    "&", "@", "`", "#",
];

/// What a program's text consists of.
#[derive(Default)]
pub struct Tokens {
    pub tokens: Vec<Token>,
    /// Where each begins.
    pub starts: Vec<usize>,
    /// What mawk says of ends without a beginning, which it passes over.
    pub extra: Option<String>,
}

/// The tokens of a program; mawk knows fewer, and has its own complaints.
pub fn tokens(text: &str, mawk: bool) -> Result<Tokens, String> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut starts = Vec::new();
    let mut extra = None;
    let (mut braces, mut parentheses) = (0u32, 0u32);
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let after = rest.get(letter.len_utf8()..).unwrap_or_default();
        let start = text.len() - rest.len();
        let line = || line_of(text, start);
        let runaway = |what: &str, body: &str| {
            let shown: String = body.lines().next().unwrap_or_default().chars().take(10).collect();
            format!("line {}: runaway {what}{shown} ...", line())
        };
        if mawk && !(letter.is_ascii_alphanumeric() || letter.is_ascii_whitespace()) {
            match letter {
                '\\' if after.starts_with(['\n', '\r']) => {}
                '&' if after.starts_with('&') => {}
                '&' | '@' | '`' | '\'' | '\\' => return Err(format!("{}: unexpected character '{letter}'", line())),
                '{' => braces += 1,
                '(' => parentheses += 1,
                '}' | ')' => {
                    let open = if letter == '}' { &mut braces } else { &mut parentheses };
                    if *open == 0 {
                        let more = if letter == '}' && after.trim_start_matches([' ', '\t']).starts_with('\n') {
                            format!("\nawk: line {}: syntax error at or near end of line", line())
                        } else {
                            String::new()
                        };
                        extra.get_or_insert(format!("line {}: extra '{letter}'{more}", line()));
                        rest = after;
                        continue;
                    }
                    *open -= 1;
                }
                _ => {}
            }
        }
        match letter {
            ' ' | '\t' | '\r' => rest = after,
            '\\' => rest = after.strip_prefix('\n').or(after.strip_prefix("\r\n")).ok_or("Unexpected token")?,
            '#' => rest = after.find('\n').and_then(|at| after.get(at..)).unwrap_or_default(),
            '\n' => {
                tokens.push(Token::Newline);
                rest = after;
            }
            '"' => {
                let (text, left) = delimited(after, '"')
                    .map_err(|wrong| if mawk { runaway("string constant \"", after) } else { wrong })?;
                tokens.push(Token::Text(unescape(&text, mawk)));
                rest = left;
            }
            '/' if !ends_operand(tokens.last()) => {
                let (text, left) = delimited(after, '/')
                    .map_err(|wrong| if mawk { runaway("regular expression /", after) } else { wrong })?;
                tokens.push(Token::Pattern(text.replace("\\/", "/").into_bytes()));
                rest = left;
            }
            '0'..='9' | '.' if letter != '.' || after.starts_with(|c: char| c.is_ascii_digit()) => {
                let length = number_length(rest.as_bytes());
                let (digits, left) = rest.split_at_checked(length).unwrap_or((rest, ""));
                tokens.push(Token::Number(number(digits)));
                rest = left;
            }
            _ if letter.is_ascii_alphabetic() || letter == '_' => {
                let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
                let (word, left) = rest.split_at_checked(end).unwrap_or((rest, ""));
                rest = left;
                let keyword = KEYWORDS
                    .iter()
                    .find(|keyword| **keyword == word)
                    .copied()
                    .or((word == "printf").then_some("printf"));
                let builtin = BUILTINS
                    .iter()
                    .find(|builtin| **builtin == word)
                    .copied()
                    .or((word == "fflush").then_some("fflush"));
                let keyword = keyword.filter(|word| !(mawk && *word == "func"));
                let builtin = builtin.filter(|word| !(mawk && *word == "gensub"));
                tokens.push(match (keyword, builtin) {
                    (Some(keyword), _) => Token::Keyword(if keyword == "func" { "function" } else { keyword }),
                    (None, Some(builtin)) => Token::Builtin(builtin),
                    (None, None) if rest.starts_with('(') => Token::Call(word.to_string()),
                    (None, None) => Token::Name(word.to_string()),
                });
            }
            _ => {
                let known = |operator: &&&str| rest.starts_with(**operator) && !(mawk && operator.starts_with("**"));
                let operator = OPERATORS.iter().find(known).ok_or("Unexpected token")?;
                rest = rest.get(operator.len()..).unwrap_or_default();
                tokens.push(Token::Operator(match *operator {
                    "**" => "^",
                    "**=" => "^=",
                    other => other,
                }));
            }
        }
        starts.resize(tokens.len(), start);
    }
    tokens.push(Token::End);
    starts.push(text.len());
    Ok(Tokens { tokens, starts, extra })
}

/// The number of the line at a place.
pub fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1
}

/// Whether a slash behind this token divides.
fn ends_operand(token: Option<&Token>) -> bool {
    match token {
        Some(Token::Number(_) | Token::Text(_) | Token::Name(_) | Token::Builtin(_)) => true,
        Some(Token::Operator(operator)) => matches!(*operator, ")" | "]" | "$" | "++" | "--"),
        _ => false,
    }
}

fn delimited(text: &str, end: char) -> Result<(String, &str), String> {
    let mut escaped = false;
    let mut bracket = false;
    let mut class_end = 0;
    for (at, letter) in text.char_indices() {
        if at < class_end {
            continue;
        }
        if escaped {
            escaped = false;
        } else if letter == '\\' {
            escaped = true;
        } else if letter == '\n' {
            break;
        } else if end == '/' && letter == '[' {
            // `[[:alpha:]]`: the end of the class is not that of the brackets.
            let inner = text.get(at..).filter(|rest| bracket && rest.starts_with("[:"));
            class_end = inner.and_then(|rest| rest.find(":]")).map_or(0, |length| at + length + 2);
            bracket = true;
        } else if bracket && letter == ']' {
            bracket = false;
        } else if letter == end && !bracket {
            let inner = text.get(..at).unwrap_or_default().to_string();
            return Ok((inner, text.get(at + end.len_utf8()..).unwrap_or_default()));
        }
    }
    Err("Unexpected end of string".to_string())
}

fn unescape(text: &str, mawk: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        bytes.extend(rest.get(..at).unwrap_or_default().bytes());
        rest = rest.get(at + 1..).unwrap_or_default();
        match rest.chars().next() {
            Some(letter @ ('"' | '/')) if letter == '"' || !mawk => {
                bytes.push(letter as u8);
                rest = rest.get(1..).unwrap_or_default();
            }
            Some('\n') => rest = rest.get(1..).unwrap_or_default(),
            _ => match super::super::escapes::escape(rest, false) {
                Some((part, used)) => {
                    bytes.extend(part);
                    rest = rest.get(used..).unwrap_or_default();
                }
                None => bytes.push(b'\\'),
            },
        }
    }
    bytes.extend(rest.bytes());
    bytes
}

/// How many bytes at the start are a number.
pub fn number_length(text: &[u8]) -> usize {
    let digits = |from: usize| text.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
    let whole = digits(0);
    let mut length = whole;
    if text.get(length) == Some(&b'.') {
        let fraction = digits(length + 1);
        if whole + fraction == 0 {
            return 0;
        }
        length += 1 + fraction;
    }
    if length > 0 && matches!(text.get(length), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(text.get(length + 1), Some(b'+' | b'-')));
        let power = digits(length + 1 + sign);
        if power > 0 {
            length += 1 + sign + power;
        }
    }
    length
}

/// The value of a text as a number: the number at its start, 0 if there is none.
pub fn number(text: &str) -> f64 {
    let trimmed = text.trim_start();
    let (negative, digits) = match trimmed.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, trimmed.strip_prefix('+').unwrap_or(trimmed)),
    };
    let value =
        digits.get(..number_length(digits.as_bytes())).and_then(|digits| digits.parse::<f64>().ok()).unwrap_or(0.0);
    if negative { -value } else { value }
}
