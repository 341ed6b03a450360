use std::collections::BTreeMap;
use std::rc::Rc;

/// An ordered list of variables, as BuildKit keeps it: a variable that is set again moves to the end. Cloning is cheap:
/// every RUN keeps the one that it gets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    variables: Rc<Vec<Rc<(String, String)>>>,
}

impl Environment {
    /// Names and values, in the order in which a RUN gets them.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &str)> {
        self.variables.iter().map(|pair| (pair.0.as_str(), pair.1.as_str()))
    }

    /// The value of a variable.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// Sets a variable (BuildKit's `EnvList.AddOrReplace`).
    pub fn set(&mut self, name: &str, value: &str) {
        let variables = Rc::make_mut(&mut self.variables);
        if let Some(old) = variables.iter().position(|pair| pair.0 == name) {
            variables.remove(old);
        }
        variables.push(Rc::new((name.into(), value.into())));
    }

    /// Sets variables one after the other.
    pub fn set_all(&mut self, pairs: &[(String, String)]) {
        let last: BTreeMap<&str, usize> = pairs.iter().enumerate().map(|(at, (name, _))| (name.as_str(), at)).collect();
        let variables = Rc::make_mut(&mut self.variables);
        variables.retain(|pair| !last.contains_key(pair.0.as_str()));
        let kept = pairs.iter().enumerate().filter(|(at, (name, _))| last.get(name.as_str()) == Some(at));
        variables.extend(kept.map(|(_, pair)| Rc::new(pair.clone())));
    }

    /// The names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|(name, _)| name)
    }
}

impl FromIterator<(String, String)> for Environment {
    fn from_iter<T: IntoIterator<Item = (String, String)>>(pairs: T) -> Environment {
        let mut environment = Environment::default();
        for (name, value) in pairs {
            environment.set(&name, &value);
        }
        environment
    }
}
