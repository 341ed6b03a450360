//! Any Dockerfile has a report, the same each time.
#![no_main]

use report::{CacheStore, Catalog, Content, Context, ContextEntry, ContextKind, Inputs, Options, Profile, analyze};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let mut context = Context::default();
    for (path, text) in [("Dockerfile", text), ("a", "1\n"), ("b/c", "2\n")] {
        let entry = ContextEntry { kind: ContextKind::File(Content::text(text)), mode: 0o644, mtime: 0 };
        assert!(context.insert(path, entry).is_ok());
    }
    let run = |cache: &CacheStore| {
        analyze(&Inputs {
            context: &context,
            options: &Options::default(),
            catalog: &Catalog::default(),
            profile: &Profile::default(),
            cache,
        })
    };
    let (first, cache) = run(&CacheStore::default());
    assert_eq!(first, run(&CacheStore::default()).0);
    assert_eq!(first.outcome, run(&cache).0.outcome);
});
