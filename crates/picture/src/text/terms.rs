/// What can be asked about: its name in the program, and the messages of its title and its explanation. In the order in
/// which one meets them.
pub const TERMS: [(&str, &str, &str); 20] = [
    ("image", "term-image", "term-image-text"),
    ("layer", "term-layer", "term-layer-text"),
    ("base-image", "term-base-image", "term-base-image-text"),
    ("instruction", "term-instruction", "term-instruction-text"),
    ("step", "term-step", "term-step-text"),
    ("stage", "term-stage", "term-stage-text"),
    ("target", "term-target", "term-target-text"),
    ("build-context", "term-build-context", "term-build-context-text"),
    ("dockerignore", "term-dockerignore", "term-dockerignore-text"),
    ("build-cache", "term-build-cache", "term-build-cache-text"),
    ("cache-key", "term-cache-key", "term-cache-key-text"),
    ("cache-mount", "term-cache-mount", "term-cache-mount-text"),
    ("whiteout", "term-whiteout", "term-whiteout-text"),
    ("hidden-bytes", "term-hidden-bytes", "term-hidden-bytes-text"),
    ("efficiency", "term-efficiency", "term-efficiency-text"),
    ("digest", "term-digest", "term-digest-text"),
    ("tag", "term-tag", "term-tag-text"),
    ("build-time", "term-build-time", "term-build-time-text"),
    ("critical-path", "term-critical-path", "term-critical-path-text"),
    ("estimate", "term-estimate", "term-estimate-text"),
];
