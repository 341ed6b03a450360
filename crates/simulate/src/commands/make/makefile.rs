//! Makefiles: variables, conditionals, rules. A subset of GNU make's language; what is beyond it is said.

use std::collections::BTreeMap;

/// How deep variables may name others.
const MAX_DEPTH: u32 = 30;
/// The longest text that a variable may expand to.
const MAX_TEXT: usize = 256 << 10;

/// A rule: what it makes, from what, and how.
#[derive(Clone, Debug, Default)]
pub struct Rule {
    pub targets: Vec<String>,
    pub needs: Vec<String>,
    /// Recipe lines, not expanded, with their line numbers.
    pub recipe: Vec<(usize, String)>,
}

/// What a Makefile says.
#[derive(Debug, Default)]
pub struct Makefile {
    pub variables: BTreeMap<String, String>,
    /// Variables of the command line, which the file cannot change.
    pub fixed: BTreeMap<String, String>,
    pub rules: Vec<Rule>,
    pub phony: Vec<String>,
    /// Parts of the language that are not modelled.
    pub unknown: Vec<String>,
}

/// The names in folders that `$(wildcard …)` asks for.
pub type Wildcard<'w> = &'w dyn Fn(&str) -> Vec<String>;

impl Makefile {
    /// Reads a text.
    pub fn read(&mut self, text: &str, wildcard: Wildcard) {
        let mut skipping: Vec<bool> = Vec::new();
        let mut open_rule = false;
        let mut lines = text.lines().enumerate();
        while let Some((at, first)) = lines.next() {
            let mut line = first.to_string();
            let in_recipe = line.starts_with('\t') && open_rule;
            while line.ends_with('\\') {
                let Some((_, more)) = lines.next() else { break };
                line.pop();
                if in_recipe {
                    line.push_str("\\\n");
                    line.push_str(more.strip_prefix('\t').unwrap_or(more));
                } else {
                    line.push(' ');
                    line.push_str(more.trim_start());
                }
            }
            if in_recipe {
                if !skipping.contains(&true)
                    && let Some(rule) = self.rules.last_mut()
                {
                    rule.recipe.push((at + 1, line.get(1..).unwrap_or_default().to_string()));
                }
                continue;
            }
            let line = line.split(" #").next().unwrap_or_default().trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (word, rest) = line.split_once([' ', '(']).unwrap_or((line, ""));
            match word {
                "ifeq" | "ifneq" => {
                    let equal = self.is_equal(line.get(word.len()..).unwrap_or_default(), wildcard);
                    skipping.push(equal != (word == "ifeq"));
                    continue;
                }
                "ifdef" | "ifndef" => {
                    let defined = self.value(rest.trim()).is_some_and(|value| !value.is_empty());
                    skipping.push(defined != (word == "ifdef"));
                    continue;
                }
                "else" => {
                    if let Some(last) = skipping.last_mut() {
                        *last = !*last;
                    }
                    continue;
                }
                "endif" => {
                    skipping.pop();
                    continue;
                }
                _ if skipping.contains(&true) => continue,
                "include" | "-include" | "sinclude" | "define" | "endef" | "vpath" | "override" => {
                    if word != "-include" && word != "endef" {
                        self.unknown.push(word.to_string());
                    }
                    continue;
                }
                _ => {}
            }
            let line = line.strip_prefix("export ").unwrap_or(line);
            open_rule = self.statement(line, wildcard);
        }
    }

    /// An assignment or a rule; says whether a recipe may follow.
    fn statement(&mut self, line: &str, wildcard: Wildcard) -> bool {
        let equals = line.find('=');
        let colon = line.find(':').filter(|colon| line.get(colon + 1..).is_some_and(|rest| !rest.starts_with('=')));
        if let Some(equals) = equals
            .filter(|equals| colon.is_none_or(|colon| *equals < colon || line.get(colon..=*equals) == Some("::=")))
        {
            let (left, right) =
                (line.get(..equals).unwrap_or_default(), line.get(equals + 1..).unwrap_or_default().trim());
            let name = left.trim_end_matches([':', '?', '+', '!', ' ']).trim().to_string();
            let value = match left.trim_end().chars().last() {
                Some('?') if self.value(&name).is_some() => return false,
                Some(':') => self.expand(right, &BTreeMap::new(), wildcard, 0),
                Some('+') => {
                    format!("{} {right}", self.variables.get(&name).cloned().unwrap_or_default()).trim().to_string()
                }
                _ => right.to_string(),
            };
            self.variables.insert(name, value);
            return false;
        }
        let Some(colon) = colon else { return false };
        let none = BTreeMap::new();
        let words = |text: &str| -> Vec<String> { text.split_whitespace().map(str::to_string).collect() };
        let targets = words(&self.expand(line.get(..colon).unwrap_or_default(), &none, wildcard, 0));
        let rest = line.get(colon + 1..).unwrap_or_default().trim_start_matches(':');
        let (needs, inline) = rest.split_once(';').map_or((rest, None), |(needs, recipe)| (needs, Some(recipe)));
        // order-only prerequisites count as others: their times are not compared with anything here
        let needs = words(&self.expand(needs, &none, wildcard, 0).replace('|', " "));
        if targets.first().is_some_and(|target| target == ".PHONY") {
            self.phony.extend(needs);
            return false;
        }
        let recipe = inline.map(|line| (0, line.trim().to_string())).into_iter().collect();
        self.rules.push(Rule { targets, needs, recipe });
        true
    }

    fn is_equal(&self, text: &str, wildcard: Wildcard) -> bool {
        let none = BTreeMap::new();
        let text = text.trim();
        let (left, right) = match text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) {
            Some(inside) => inside.rsplit_once(',').unwrap_or((inside, "")),
            None => text.split_once(' ').unwrap_or((text, "")),
        };
        let plain =
            |part: &str| self.expand(part.trim().trim_matches(['"', '\'']), &none, wildcard, 0).trim().to_string();
        plain(left) == plain(right)
    }

    fn value(&self, name: &str) -> Option<&String> {
        self.fixed.get(name).or_else(|| self.variables.get(name))
    }

    /// Replaces `$(NAME)`, `${NAME}`, `$x` and functions.
    pub fn expand(&self, text: &str, own: &BTreeMap<&str, String>, wildcard: Wildcard, depth: u32) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('$') {
            out.push_str(before);
            if depth > MAX_DEPTH || out.len() > MAX_TEXT {
                return out;
            }
            let mut letters = after.chars();
            match letters.next() {
                Some('$') => {
                    out.push('$');
                    rest = letters.as_str();
                }
                Some(open @ ('(' | '{')) => {
                    let inside_and_rest = letters.as_str();
                    let end = closing(inside_and_rest, open);
                    let inside = inside_and_rest.get(..end).unwrap_or_default();
                    out.push_str(&self.reference(inside, own, wildcard, depth + 1));
                    rest = inside_and_rest.get(end + 1..).unwrap_or_default();
                }
                Some(letter) => {
                    let name = letter.to_string();
                    out.push_str(own.get(name.as_str()).or_else(|| self.value(&name)).map_or("", String::as_str));
                    rest = letters.as_str();
                }
                None => rest = "",
            }
        }
        out.push_str(rest);
        out
    }

    fn reference(&self, inside: &str, own: &BTreeMap<&str, String>, wildcard: Wildcard, depth: u32) -> String {
        let expand = |text: &str| self.expand(text, own, wildcard, depth);
        if let Some((function, arguments)) = inside.split_once(' ') {
            let parts: Vec<String> = arguments.splitn(3, ',').map(expand).collect();
            let part = |at: usize| parts.get(at).map_or("", String::as_str);
            let each = |words: &str, change: &dyn Fn(&str) -> String| {
                words.split_whitespace().map(change).collect::<Vec<_>>().join(" ")
            };
            return match function {
                "wildcard" => each(part(0), &|pattern| wildcard(pattern).join(" ")),
                "patsubst" => each(part(2), &|word| substituted(word, part(0), part(1))),
                "subst" if !part(0).is_empty() => part(2).replace(part(0), part(1)),
                "strip" => each(part(0), &str::to_string),
                "notdir" => each(part(0), &|word| word.rsplit('/').next().unwrap_or(word).to_string()),
                "basename" => each(part(0), &|word| word.rsplit_once('.').map_or(word, |(stem, _)| stem).to_string()),
                "addprefix" => each(part(1), &|word| format!("{}{word}", part(0))),
                "addsuffix" => each(part(1), &|word| format!("{word}{}", part(0))),
                "filter-out" => each(part(1), &|word| {
                    if part(0).split_whitespace().any(|other| other == word) { String::new() } else { word.to_string() }
                }),
                "if" => part(if part(0).trim().is_empty() { 2 } else { 1 }).to_string(),
                _ => String::new(),
            };
        }
        // $(SOURCES:.c=.o)
        if let Some((name, (from, to))) = inside.split_once(':').and_then(|(n, r)| Some((n, r.split_once('=')?))) {
            let (from, to) = match from.contains('%') {
                true => (from.to_string(), to.to_string()),
                false => (format!("%{from}"), format!("%{to}")),
            };
            let words = expand(self.value(name).map_or("", String::as_str));
            return words.split_whitespace().map(|word| substituted(word, &from, &to)).collect::<Vec<_>>().join(" ");
        }
        match own.get(inside) {
            Some(value) => value.clone(),
            None => expand(self.value(inside).map_or("", String::as_str)),
        }
    }

    /// Whether a text has a function without a model.
    pub fn has_unknown_function(text: &str) -> bool {
        ["$(shell ", "$(foreach ", "$(call ", "$(eval "].iter().any(|function| text.contains(function))
    }
}

fn closing(text: &str, open: char) -> usize {
    let close = if open == '(' { ')' } else { '}' };
    let mut depth = 0usize;
    for (at, letter) in text.char_indices() {
        if letter == open {
            depth += 1;
        } else if letter == close {
            if depth == 0 {
                return at;
            }
            depth -= 1;
        }
    }
    text.len()
}

/// A word that fits `from` (with `%`) as `to` has it; else as it is.
pub fn substituted(word: &str, from: &str, to: &str) -> String {
    match stem(word, from) {
        Some(stem) => to.replacen('%', stem, 1),
        None => word.to_string(),
    }
}

/// What `%` stands for where a word fits a pattern.
pub fn stem<'w>(word: &'w str, pattern: &str) -> Option<&'w str> {
    let (before, after) = pattern.split_once('%')?;
    word.strip_prefix(before)?.strip_suffix(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_rules_and_conditionals() {
        let mut makefile = Makefile::default();
        makefile.fixed.insert("DEBUG".to_string(), "1".to_string());
        let text = "SRC = a.c b.c\nOBJ := $(SRC:.c=.o)\nCC ?= gcc\nifdef DEBUG\nCFLAGS += -g\nelse\nCFLAGS += -O2\nendif\n.PHONY: all\nall: app # x\napp: $(OBJ)\n\t$(CC) $(CFLAGS) -o $@ $^\n%.o: %.c\n\t@$(CC) -c $<\n";
        makefile.read(text, &|_| Vec::new());
        assert_eq!(makefile.rules.iter().map(|r| r.targets.join(" ")).collect::<Vec<_>>(), ["all", "app", "%.o"]);
        let own = BTreeMap::from([("@", "app".to_string()), ("^", "a.o b.o".to_string())]);
        let recipe = makefile.rules.get(1).and_then(|rule| rule.recipe.first()).unwrap();
        assert_eq!(makefile.expand(&recipe.1, &own, &|_| Vec::new(), 0), "gcc -g -o app a.o b.o");
        assert_eq!(stem("lib/a.o", "lib/%.o"), Some("a"));
    }
}
