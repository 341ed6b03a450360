use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use implicit_clone::unsync::IString;
use unic_langid::LanguageIdentifier;

/// The languages there are sentences in: the tag, and the name that the language has in itself.
pub const LANGUAGES: [(&str, &str); 2] = [("en", "English"), ("ja", "日本語")];

/// The sentences of one language. Cloning is cheap; two are equal when they are the same one.
#[derive(Clone)]
pub struct Locale(Rc<Sentences>);

struct Sentences {
    tag: String,
    bundle: FluentBundle<FluentResource>,
    /// The sentences without arguments that were said before, by name: most of a page is said again at every key.
    said: RefCell<BTreeMap<String, IString>>,
}

impl PartialEq for Locale {
    fn eq(&self, other: &Locale) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Locale {
    /// Reads the Fluent text of a language. Entries that cannot be read are left out, and show as their names.
    #[must_use]
    pub fn new(tag: &str, text: &str) -> Locale {
        let resource = match FluentResource::try_new(text.to_string()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        let language: LanguageIdentifier = tag.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new(vec![language]);
        // The marks are for mixed writing directions, and would be copied along with paths and commands.
        bundle.set_use_isolating(false);
        bundle.add_resource_overriding(resource);
        Locale(Rc::new(Sentences { tag: tag.to_string(), bundle, said: RefCell::default() }))
    }

    /// The language's tag: `en`, `ja`.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.0.tag
    }

    /// Whether there is a sentence of that name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.0.bundle.has_message(name)
    }

    /// The sentence of that name; the name itself where there is none.
    #[must_use]
    pub fn t(&self, name: &str) -> IString {
        if let Some(text) = self.0.said.borrow().get(name) {
            return text.clone();
        }
        let text = self.f(name, &[]);
        self.0.said.borrow_mut().insert(name.to_string(), text.clone());
        text
    }

    /// The sentence of that name with its arguments put in.
    #[must_use]
    pub fn f(&self, name: &str, arguments: &[(&'static str, FluentValue<'_>)]) -> IString {
        let pattern = self.0.bundle.get_message(name).and_then(|message| message.value());
        let Some(pattern) = pattern else {
            return IString::from(name.to_string());
        };
        let mut args = FluentArgs::new();
        for (key, value) in arguments {
            args.set(*key, value.clone());
        }
        let mut errors = Vec::new();
        let text = self.0.bundle.format_pattern(pattern, Some(&args), &mut errors);
        IString::from(text.into_owned())
    }
}
