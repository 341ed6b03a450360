//! The files of the build context.

use super::*;

#[test]
fn ignored_files_name_the_pattern() {
    let files = html! { <Files report={built()} open="Dockerfile" changed={vec!["src/server.js".to_string()]} /> };
    check(
        "en",
        files,
        expect![[r#"
            Build context
            5 files · 5.74kB sent of 6.93kB
            New file
            Rename
            touch
            chmod +x
            chmod 644
            100 MB
            Delete
            Selected: Dockerfile
            .dockerignore
            42B
            Dockerfile
            260B
            node_modules
            ignored by node_modules
            left-pad.js
            ignored by node_modules
            1.2kB
            package.json
            612B
            src
            server.js
            edited
            4.82kB
        "#]],
    );
}
