/// An ordered list of variables, as BuildKit keeps it: a variable that is set again moves to the end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    /// Names and values, in the order in which a RUN gets them.
    pub variables: Vec<(String, String)>,
}

impl Environment {
    /// The value of a variable.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.variables.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Sets a variable (BuildKit's `EnvList.AddOrReplace`).
    pub fn set(&mut self, name: &str, value: &str) {
        self.variables.retain(|(key, _)| key != name);
        self.variables.push((name.into(), value.into()));
    }

    /// The names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.variables.iter().map(|(name, _)| name.as_str())
    }
}
