//! What the tests of this folder share.

#![allow(dead_code, reason = "each test file uses a part")]
#![allow(clippy::unwrap_used, reason = "helpers of tests may panic")]

use report::{
    CacheStore, Catalog, Content, Context, ContextEntry, ContextKind, Inputs, Options, Profile, Report, analyze,
    parse_image,
};

const BUSYBOX: &str = include_str!("../../../../tests/conformance/bases/conformance-busybox-1.json");

/// The tables of packages, which the program in a browser is given.
const TABLES: [(&str, &str); 3] = [
    ("apt", include_str!("../../../simulate/src/commands/data/packages/apt.txt")),
    ("npm", include_str!("../../../simulate/src/commands/data/packages/npm.txt")),
    ("pip", include_str!("../../../simulate/src/commands/data/packages/pip.txt")),
];

/// Dockerfiles as they are found in projects.
pub const REAL: [&str; 6] = [
    include_str!("../../../dockerfile/tests/dockerfiles/heredocs.Dockerfile"),
    include_str!("../../../dockerfile/tests/dockerfiles/python.Dockerfile"),
    include_str!("../../../dockerfile/tests/dockerfiles/go.Dockerfile"),
    include_str!("../../../dockerfile/tests/dockerfiles/php.Dockerfile"),
    include_str!("../../../dockerfile/tests/dockerfiles/node.Dockerfile"),
    include_str!("../../../dockerfile/tests/dockerfiles/stages.Dockerfile"),
];

/// A Dockerfile whose steps have a model.
pub const MODELLED: &str = "FROM conformance/busybox:1 AS base\nENV A=1 B=$A\nWORKDIR /app\nCOPY . .\n\
    RUN mkdir -p out && cp a.txt out/ && rm a.txt\nRUN echo $A > b && chmod 600 b\n\
    FROM base AS test\nRUN cat b\nFROM scratch\nARG V=2\nLABEL v=$V\nCOPY --from=base /app/out /out\n\
    COPY --chmod=755 <<EOF /run.sh\necho $V\nEOF\nCMD [\"/run.sh\"]\n";

pub fn catalog() -> Catalog {
    let mut catalog = Catalog::default();
    catalog.insert(parse_image(BUSYBOX).unwrap());
    for (name, text) in TABLES {
        catalog.insert_table(name, text);
    }
    catalog
}

pub fn file(content: Content) -> ContextEntry {
    ContextEntry { kind: ContextKind::File(content), mode: 0o644, mtime: 1_735_689_600 }
}

pub fn context(dockerfile: &str) -> Context {
    context_of(&[("Dockerfile", dockerfile), ("a.txt", "one\n"), ("src/b.txt", "two\n")])
}

pub fn context_of(files: &[(&str, &str)]) -> Context {
    let mut context = Context::default();
    for (path, text) in files {
        context.insert(path, file(Content::text(text))).unwrap();
    }
    context
}

pub fn build(context: &Context, options: &Options, cache: &CacheStore) -> (Report, CacheStore) {
    let catalog = catalog();
    analyze(&Inputs { context, options, catalog: &catalog, profile: &Profile::default(), cache })
}

/// The first build of a Dockerfile with two files beside it.
pub fn first(dockerfile: &str) -> Report {
    build(&context(dockerfile), &Options::default(), &CacheStore::default()).0
}

/// FNV-1a of the debug text of three reports, a line for each: equal on every machine and in WebAssembly.
pub fn digests() -> String {
    let digest = |text: &str| {
        text.bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    };
    ["FROM scratch\nCOPY . /\n", MODELLED, "FROM nobody\nRUNN x\n"]
        .map(|text| format!("{:016x}\n", digest(&format!("{:?}", first(text)))))
        .concat()
}
