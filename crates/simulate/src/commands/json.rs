//! A small reader of JSON, for package.json and package-lock.json.

/// How deep values may be inside each other.
const NEST_LIMIT: u32 = 64;

#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// Null, true, false and numbers, as they are written.
    Other(String),
    Text(String),
    List(Vec<Json>),
    /// In the order of the text.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Reads a whole text; `None` if it is not JSON.
    pub fn parse(text: &str) -> Option<Json> {
        let mut reader = Reader { rest: text };
        let value = reader.value(0)?;
        reader.rest.trim_start().is_empty().then_some(value)
    }

    pub fn get(&self, key: &str) -> Option<&Json> {
        self.entries().iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// The members of an object; none of anything else.
    pub fn entries(&self) -> &[(String, Json)] {
        match self {
            Json::Object(entries) => entries,
            _ => &[],
        }
    }

    pub fn text(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    pub fn is_true(&self) -> bool {
        *self == Json::Other("true".to_string())
    }

    /// The texts of a list.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let values = match self {
            Json::List(values) => values.as_slice(),
            _ => &[],
        };
        values.iter().filter_map(Json::text)
    }

    /// Gives a member of an object a value, at the end if it is new.
    pub fn set(&mut self, key: &str, value: Json) {
        if let Json::Object(entries) = self {
            match entries.iter_mut().find(|(name, _)| name == key) {
                Some((_, old)) => *old = value,
                None => entries.push((key.to_string(), value)),
            }
        }
    }

    /// As npm and composer write it: indented by two blanks, with a line end.
    pub fn pretty(&self) -> String {
        let mut text = String::new();
        self.write(&mut text, 0);
        text.push('\n');
        text
    }

    fn write(&self, text: &mut String, depth: usize) {
        let indent = |text: &mut String, depth: usize| {
            text.push('\n');
            text.push_str(&"  ".repeat(depth));
        };
        match self {
            Json::Other(word) => text.push_str(word),
            Json::Text(value) => write_text(text, value),
            Json::List(values) => {
                text.push('[');
                for (at, value) in values.iter().enumerate() {
                    text.push_str(if at > 0 { "," } else { "" });
                    indent(text, depth + 1);
                    value.write(text, depth + 1);
                }
                if !values.is_empty() {
                    indent(text, depth);
                }
                text.push(']');
            }
            Json::Object(entries) => {
                text.push('{');
                for (at, (key, value)) in entries.iter().enumerate() {
                    text.push_str(if at > 0 { "," } else { "" });
                    indent(text, depth + 1);
                    write_text(text, key);
                    text.push_str(": ");
                    value.write(text, depth + 1);
                }
                if !entries.is_empty() {
                    indent(text, depth);
                }
                text.push('}');
            }
        }
    }
}

fn write_text(text: &mut String, value: &str) {
    text.push('"');
    for letter in value.chars() {
        match letter {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\t' => text.push_str("\\t"),
            letter if (letter as u32) < 0x20 => text.push_str(&format!("\\u{:04x}", letter as u32)),
            letter => text.push(letter),
        }
    }
    text.push('"');
}

struct Reader<'t> {
    rest: &'t str,
}

impl Reader<'_> {
    fn take(&mut self, letter: char) -> bool {
        self.rest = self.rest.trim_start();
        match self.rest.strip_prefix(letter) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn value(&mut self, depth: u32) -> Option<Json> {
        if depth > NEST_LIMIT {
            return None;
        }
        if self.take('{') {
            let mut entries = Vec::new();
            if self.take('}') {
                return Some(Json::Object(entries));
            }
            loop {
                self.take('"').then_some(())?;
                let key = self.string()?;
                self.take(':').then_some(())?;
                entries.push((key, self.value(depth + 1)?));
                if self.take('}') {
                    return Some(Json::Object(entries));
                }
                self.take(',').then_some(())?;
            }
        }
        if self.take('[') {
            let mut values = Vec::new();
            if self.take(']') {
                return Some(Json::List(values));
            }
            loop {
                values.push(self.value(depth + 1)?);
                if self.take(']') {
                    return Some(Json::List(values));
                }
                self.take(',').then_some(())?;
            }
        }
        if self.take('"') {
            return self.string().map(Json::Text);
        }
        let end = self.rest.find(|c: char| !c.is_ascii_alphanumeric() && !"+-.".contains(c)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        let number = word.starts_with(|c: char| c.is_ascii_digit() || c == '-') && word.parse::<f64>().is_ok();
        (number || matches!(word, "null" | "true" | "false")).then(|| Json::Other(word.to_string()))
    }

    fn string(&mut self) -> Option<String> {
        let mut text = String::new();
        let mut letters = self.rest.chars();
        loop {
            match letters.next()? {
                '"' => break,
                '\\' => match letters.next()? {
                    'n' => text.push('\n'),
                    't' => text.push('\t'),
                    'r' => text.push('\r'),
                    'b' | 'f' => text.push(' '),
                    'u' => {
                        let digits = letters.as_str().get(..4)?;
                        text.push(char::from_u32(u32::from_str_radix(digits, 16).ok()?).unwrap_or('\u{fffd}'));
                        letters.nth(3);
                    }
                    other => text.push(other),
                },
                letter if (letter as u32) < 0x20 => return None,
                letter => text.push(letter),
            }
        }
        self.rest = letters.as_str();
        Some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read() {
        let json = Json::parse(r#" {"a": [1, -2.5e3, true], "b": {"c": "x\n\u0041"}, "d": null} "#).unwrap();
        assert_eq!(json.get("b").and_then(|b| b.get("c")).and_then(Json::text), Some("x\nA"));
        for wrong in ["", "{", "{\"a\"}", "[1,]", "{} x", "tru", "\"a", &"[".repeat(1000)] {
            assert_eq!(Json::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let mut json = Json::parse(r#"{"a": [1, {}], "b": {"c": "x\n\"\\"}, "d": []}"#).unwrap();
        json.set("a", Json::Text("new".to_string()));
        json.set("e", Json::Other("true".to_string()));
        assert_eq!(Json::parse(&json.pretty()), Some(json.clone()));
        assert!(json.pretty().starts_with("{\n  \"a\": \"new\",\n"));
    }
}
