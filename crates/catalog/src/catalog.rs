//! The images that are known, and which one stands for a name.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::nearest::{self, Name};
use crate::{Image, Index, Reference};

/// The images that are known by name, and those of them whose facts have been loaded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Catalog {
    /// Every name of every known image, in short form, with the image's own reference.
    names: BTreeMap<String, String>,
    /// The digests that are known, with the image's own reference.
    digests: BTreeMap<String, String>,
    /// What was loaded, by the image's own reference.
    images: BTreeMap<String, Rc<Image>>,
    /// Tables of packages, by name.
    tables: BTreeMap<String, Rc<str>>,
    indexed: bool,
}

/// What the catalog has for a name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The image of the name or the one nearest to it, where its facts have been loaded.
    pub image: Option<Rc<Image>>,
    /// Whether it is another image, which is counted in the place of the one that was asked for.
    pub stand_in: bool,
    /// Of an image that nothing is known of: the image of the system that its name speaks of.
    pub system: Option<Rc<Image>>,
    /// The reference of the image whose facts would be needed, and have not been loaded.
    pub wanted: Option<String>,
}

impl Catalog {
    /// Adds an image, in the place of one of the same reference.
    pub fn insert(&mut self, image: Image) {
        self.name(&image.reference, &image.names, image.digest.as_deref());
        self.images.insert(image.reference.clone(), Rc::new(image));
    }

    /// Publishes an image again under its names, or the one that stands for a name: the same facts with another content. Its digest stays that of the old
    /// one. Whether there is such an image.
    pub fn publish_again(&mut self, name: &str) -> bool {
        let stand_in = || Some(self.find(&Reference::parse(name).ok()?).image?.reference.clone());
        let own = self.names.get(name).cloned().or_else(stand_in);
        let Some((reference, image)) = own.and_then(|own| self.images.get_key_value(&own)) else {
            return false;
        };
        let (reference, old) = (reference.clone(), Rc::clone(image));
        let mut new = (*old).clone();
        new.date.push('+');
        if let Some(digest) = new.digest.take() {
            let kept = format!("{reference}@{digest}");
            self.images.insert(kept.clone(), old);
            self.digests.insert(digest, kept);
        }
        self.images.insert(reference, Rc::new(new));
        true
    }

    /// Makes the images of an index known by name: from then on no other image is worth asking for.
    pub fn insert_index(&mut self, index: &Index) {
        for entry in &index.images {
            self.name(&entry.reference, &entry.names, entry.digest.as_deref());
        }
        self.indexed = true;
    }

    /// Adds a table of packages, which the commands that read it know by that name.
    pub fn insert_table(&mut self, name: &str, text: &str) {
        self.tables.insert(name.to_owned(), text.into());
    }

    /// The text of a table of packages, where it has been loaded.
    #[must_use]
    pub fn table(&self, name: &str) -> Option<&str> {
        self.tables.get(name).map(|text| &**text)
    }

    fn name(&mut self, reference: &str, names: &[String], digest: Option<&str>) {
        // an image's own reference is its own, whatever others are called besides
        self.names.insert(reference.to_string(), reference.to_string());
        for name in names {
            self.names.entry(name.clone()).or_insert_with(|| reference.to_string());
        }
        if let Some(digest) = digest {
            self.digests.insert(digest.to_string(), reference.to_string());
        }
    }

    /// The image that has this name (`node:22`, `gcr.io/distroless/static-debian12:latest`), where it has been loaded.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Rc<Image>> {
        self.images.get(self.names.get(name)?)
    }

    /// Every name that an image is known by, in short form, with the image where it has been loaded.
    pub fn names(&self) -> impl Iterator<Item = (&str, Option<&Rc<Image>>)> {
        self.names.iter().map(|(name, reference)| (name.as_str(), self.images.get(reference)))
    }

    /// Every image that has been loaded, by reference.
    pub fn images(&self) -> impl Iterator<Item = &Rc<Image>> {
        self.images.values()
    }

    /// What there is for a name: the image itself, or the one nearest to it, or the system that it speaks of.
    #[must_use]
    pub fn find(&self, asked: &Reference) -> Found {
        let own = match &asked.digest {
            Some(digest) => self.digests.get(digest),
            None => self.names.get(&asked.short()),
        };
        if let Some(own) = own {
            return self.found(own, false);
        }
        // without an index, a file of the very name may be there
        let own = (!self.indexed).then(|| asked.short());
        if let Some(nearest) = self.nearest(asked) {
            let found = self.found(&nearest, true);
            return Found { wanted: own.or(found.wanted.clone()), ..found };
        }
        let system = self.system(asked);
        let wanted = match &system {
            Some(system) if !self.images.contains_key(system) => Some(system.clone()),
            _ => own,
        };
        let system = system.and_then(|system| self.images.get(&system).cloned());
        Found { system, wanted, ..Found::default() }
    }

    fn found(&self, reference: &str, stand_in: bool) -> Found {
        let image = self.images.get(reference).cloned();
        let wanted = image.is_none().then(|| reference.to_string());
        Found { stand_in: stand_in && image.is_some(), image, wanted, system: None }
    }

    /// The reference of the image nearest to a name.
    fn nearest(&self, asked: &Reference) -> Option<String> {
        let asked = Name::of(&official(asked));
        let known = self.names.iter().filter_map(|(name, image)| Some((Name::parse(name)?, image)));
        let near = known.filter_map(|(name, image)| Some((nearest::distance(&asked, &name)?, image)));
        near.min_by(|(a, _), (b, _)| a.cmp(b)).map(|(_, image)| image.clone())
    }

    /// The reference of the image of the system that a name speaks of: `acme/app:1.2-alpine3.20` of Alpine 3.20.
    fn system(&self, asked: &Reference) -> Option<String> {
        let names = nearest::systems(asked);
        names.iter().find_map(|name| {
            let name = Reference::parse(name).ok()?;
            match self.names.get(&name.short()) {
                Some(image) => Some(image.clone()),
                None => self.nearest(&name),
            }
        })
    }
}

/// The image of Docker Hub that a registry passes on: those that keep copies have the official images below `library/`,
/// as `mirror.gcr.io/library/node` and `public.ecr.aws/docker/library/node`. Any other name in a registry is an image of
/// its own, whatever it is called.
fn official(asked: &Reference) -> Reference {
    let (_, name) = asked.path.rsplit_once("library/").unwrap_or_default();
    if asked.domain == "docker.io" || name.is_empty() || name.contains('/') {
        return asked.clone();
    }
    Reference { domain: "docker.io".into(), path: format!("library/{name}"), ..asked.clone() }
}
