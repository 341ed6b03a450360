use std::collections::BTreeMap;
use std::rc::Rc;

/// A name and its value, with a digest of the name first: a look-up then seldom has to read a name.
type Variable = (u64, Rc<(String, String)>);

/// An ordered list of variables, as BuildKit keeps it: a variable that is set again moves to the end. Cloning is cheap:
/// every RUN keeps the one that it gets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    variables: Rc<Vec<Variable>>,
}

impl Environment {
    /// Names and values, in the order in which a RUN gets them.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &str)> {
        self.variables.iter().map(|(_, pair)| (pair.0.as_str(), pair.1.as_str()))
    }

    /// The value of a variable.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.variables.get(self.position(name)?).map(|(_, pair)| pair.1.as_str())
    }

    /// Sets a variable (BuildKit's `EnvList.AddOrReplace`).
    pub fn set(&mut self, name: &str, value: &str) {
        let old = self.position(name);
        let variables = Rc::make_mut(&mut self.variables);
        if let Some(old) = old {
            variables.remove(old);
        }
        variables.push((digest(name), Rc::new((name.into(), value.into()))));
    }

    fn position(&self, name: &str) -> Option<usize> {
        let wanted = digest(name);
        self.variables.iter().position(|(digest, pair)| *digest == wanted && pair.0 == name)
    }

    /// Sets variables one after the other.
    pub fn set_all(&mut self, pairs: &[(String, String)]) {
        let last: BTreeMap<&str, usize> = pairs.iter().enumerate().map(|(at, (name, _))| (name.as_str(), at)).collect();
        let variables = Rc::make_mut(&mut self.variables);
        variables.retain(|(_, pair)| !last.contains_key(pair.0.as_str()));
        let kept = pairs.iter().enumerate().filter(|(at, (name, _))| last.get(name.as_str()) == Some(at));
        variables.extend(kept.map(|(_, pair)| (digest(&pair.0), Rc::new(pair.clone()))));
    }

    /// The names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|(name, _)| name)
    }
}

/// FNV-1a.
fn digest(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
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
