use std::collections::BTreeMap;
use std::rc::Rc;

/// A name and its value, with a digest of the name first: a look-up then seldom has to read a name.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Variable {
    digest: u64,
    pair: Rc<(String, String)>,
    /// Whether ARG gave the value.
    argument: bool,
}

/// An ordered list of variables, as BuildKit keeps it: a variable that is set again moves to the end. Cloning is cheap:
/// every step keeps the one that it gets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    variables: Rc<Vec<Variable>>,
}

impl Environment {
    /// Names and values, in the order in which a RUN gets them.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &str)> {
        self.variables.iter().map(|variable| (variable.pair.0.as_str(), variable.pair.1.as_str()))
    }

    /// The value of a variable.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.variables.get(self.position(name)?).map(|variable| variable.pair.1.as_str())
    }

    /// Whether a variable has its value from ARG, not from ENV or the base image.
    #[must_use]
    pub fn is_argument(&self, name: &str) -> bool {
        self.position(name).and_then(|at| self.variables.get(at)).is_some_and(|variable| variable.argument)
    }

    /// Sets a variable (BuildKit's `EnvList.AddOrReplace`).
    pub fn set(&mut self, name: &str, value: &str) {
        self.put(name, value, false);
    }

    /// As [`Environment::set`], by ARG.
    pub fn set_argument(&mut self, name: &str, value: &str) {
        self.put(name, value, true);
    }

    fn put(&mut self, name: &str, value: &str, argument: bool) {
        let old = self.position(name);
        let variables = Rc::make_mut(&mut self.variables);
        if let Some(old) = old {
            variables.remove(old);
        }
        variables.push(Variable { digest: digest(name), pair: Rc::new((name.into(), value.into())), argument });
    }

    fn position(&self, name: &str) -> Option<usize> {
        let wanted = digest(name);
        self.variables.iter().position(|variable| variable.digest == wanted && variable.pair.0 == name)
    }

    /// Sets variables one after the other.
    pub fn set_all(&mut self, pairs: &[(String, String)]) {
        let last: BTreeMap<&str, usize> = pairs.iter().enumerate().map(|(at, (name, _))| (name.as_str(), at)).collect();
        let variables = Rc::make_mut(&mut self.variables);
        variables.retain(|variable| !last.contains_key(variable.pair.0.as_str()));
        let kept = pairs.iter().enumerate().filter(|(at, (name, _))| last.get(name.as_str()) == Some(at));
        variables.extend(kept.map(|(_, pair)| Variable {
            digest: digest(&pair.0),
            pair: Rc::new(pair.clone()),
            argument: false,
        }));
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
