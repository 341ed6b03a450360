//! One more dependency in a manifest and its lock file.

/// The text of a manifest or lock file with one more dependency; `None` where that is not known to this file's format, or
/// it has the dependency already.
pub(crate) fn with_dependency(name: &str, text: &str) -> Option<String> {
    let added = match name {
        "package.json" => package_json(text),
        "package-lock.json" | "npm-shrinkwrap.json" => package_lock(text),
        "yarn.lock" => yarn_lock(text),
        "go.mod" => appended(text, "require github.com/google/uuid v1.6.0\n"),
        "go.sum" => appended(
            text,
            "github.com/google/uuid v1.6.0 h1:NIvaJDMOsjHA8n1jAhLSgzrAzy1Hgr+hNrb57e+94F0=\n\
             github.com/google/uuid v1.6.0/go.mod h1:TIyPZe4MgqvfeYDBFedMoGGpEw/LqOeaOT+nhxU+yHo=\n",
        ),
        "pom.xml" => before_last(text, "</dependencies>", &maven()),
        "build.gradle" => {
            after(text, "dependencies {", "\n    implementation 'org.apache.commons:commons-lang3:3.14.0'")
        }
        "build.gradle.kts" => {
            after(text, "dependencies {", "\n    implementation(\"org.apache.commons:commons-lang3:3.14.0\")")
        }
        "Cargo.toml" => after(text, "[dependencies]", "\nitoa = \"1\""),
        name if name.ends_with(".csproj") => {
            let item = "  <ItemGroup>\n    <PackageReference Include=\"Humanizer.Core\" Version=\"2.14.1\" />\n  </ItemGroup>\n";
            before_last(text, "</Project>", item)
        }
        name if name.ends_with(".txt") => appended(text, "rich==15.0.0\n"),
        _ => None,
    }?;
    // said twice it would be no change of the dependencies
    let names = ["dayjs", "google/uuid", "commons-lang3", "itoa", "Humanizer.Core", "rich=="];
    let had = |name: &&str| text.contains(*name) && added.matches(*name).count() > text.matches(*name).count();
    (!names.iter().any(had)).then_some(added)
}

fn maven() -> String {
    "  <dependency>\n      <groupId>org.apache.commons</groupId>\n      <artifactId>commons-lang3</artifactId>\n      \
     <version>3.14.0</version>\n    </dependency>\n  "
        .to_owned()
}

fn appended(text: &str, more: &str) -> Option<String> {
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    Some(format!("{text}{end}{more}"))
}

fn after(text: &str, mark: &str, more: &str) -> Option<String> {
    let at = text.find(mark)? + mark.len();
    put(text, at, more)
}

fn before_last(text: &str, mark: &str, more: &str) -> Option<String> {
    put(text, text.rfind(mark)?, more)
}

fn put(text: &str, at: usize, more: &str) -> Option<String> {
    Some(format!("{}{more}{}", text.get(..at)?, text.get(at..)?))
}

/// The offset behind the brace of the object that a key of JSON has, from an offset on.
fn object(text: &str, key: &str, from: usize) -> Option<usize> {
    let quoted = format!("\"{key}\"");
    let mut at = from;
    loop {
        let found = at + text.get(at..)?.find(&quoted)? + quoted.len();
        let rest = text.get(found..)?.trim_start();
        if let Some(object) = rest.strip_prefix(':').map(str::trim_start).and_then(|rest| rest.strip_prefix('{')) {
            return Some(text.len() - object.len());
        }
        at = found;
    }
}

/// A member at the beginning of an object.
fn member(text: &str, at: usize, indent: &str, member: &str) -> Option<String> {
    let rest = text.get(at..)?;
    let empty = rest.trim_start().starts_with('}');
    let lines = rest.starts_with('\n') || rest.starts_with("\r\n");
    let start = if lines { format!("\n{indent}") } else { String::new() };
    put(text, at, &format!("{start}{member}{}", if empty { "" } else { "," }))
}

fn package_json(text: &str) -> Option<String> {
    match object(text, "dependencies", 0) {
        Some(at) => member(text, at, "    ", "\"dayjs\": \"^1.11.13\""),
        None => member(text, text.find('{')? + 1, "  ", "\"dependencies\": {\"dayjs\": \"^1.11.13\"}"),
    }
}

const DAYJS: &str =
    "{\"version\": \"1.11.13\", \"resolved\": \"https://registry.npmjs.org/dayjs/-/dayjs-1.11.13.tgz\"}";

fn package_lock(text: &str) -> Option<String> {
    let Some(packages) = object(text, "packages", 0) else {
        let at = object(text, "dependencies", 0)?;
        return member(text, at, "    ", &format!("\"dayjs\": {DAYJS}"));
    };
    let root = object(text, "", packages)?;
    let first = text.get(packages..)?.find("\"node_modules/").map_or(text.len(), |at| packages + at);
    // from behind, so that the offset before stays
    let text = match object(text, "dependencies", root).filter(|at| *at < first) {
        Some(at) => member(text, at, "        ", "\"dayjs\": \"^1.11.13\"")?,
        None => member(text, root, "      ", "\"dependencies\": {\"dayjs\": \"^1.11.13\"}")?,
    };
    member(&text, packages, "    ", &format!("\"node_modules/dayjs\": {DAYJS}"))
}

fn yarn_lock(text: &str) -> Option<String> {
    let block = if text.contains("__metadata") {
        "\n\"dayjs@npm:^1.11.13\":\n  version: 1.11.13\n  resolution: \"dayjs@npm:1.11.13\"\n  languageName: node\n  linkType: hard\n"
    } else {
        "\ndayjs@^1.11.13:\n  version \"1.11.13\"\n  resolved \"https://registry.yarnpkg.com/dayjs/-/dayjs-1.11.13.tgz\"\n"
    };
    appended(text, block)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dependency_comes_into_the_manifest_and_its_lock_file() {
        let added = with_dependency("package.json", "{\n  \"dependencies\": {\n    \"a\": \"1\"\n  }\n}\n").unwrap();
        assert_eq!(added, "{\n  \"dependencies\": {\n    \"dayjs\": \"^1.11.13\",\n    \"a\": \"1\"\n  }\n}\n");
        let added = with_dependency("package.json", "{\"dependencies\":{}}").unwrap();
        assert_eq!(added, "{\"dependencies\":{\"dayjs\": \"^1.11.13\"}}");
        let added = with_dependency("package.json", "{\"name\":\"x\"}").unwrap();
        assert_eq!(added, "{\"dependencies\": {\"dayjs\": \"^1.11.13\"},\"name\":\"x\"}");
        let lock = "{\"packages\":{\"\":{\"name\":\"x\"},\"node_modules/a\":{\"dependencies\":{\"b\":\"1\"}}}}";
        let added = with_dependency("package-lock.json", lock).unwrap();
        assert!(added.starts_with("{\"packages\":{\"node_modules/dayjs\": {"), "{added}");
        assert!(added.contains("\"\":{\"dependencies\": {\"dayjs\": \"^1.11.13\"},\"name\":\"x\"}"), "{added}");
        assert_eq!(with_dependency("requirements.txt", "flask").unwrap(), "flask\nrich==15.0.0\n");
        let pom = "<project>\n  <dependencies>\n  </dependencies>\n</project>\n";
        assert!(with_dependency("pom.xml", pom).unwrap().contains("commons-lang3</artifactId>"));
    }

    #[test]
    fn what_is_there_already_or_not_known_is_left_alone() {
        assert_eq!(with_dependency("requirements.txt", "rich==15.0.0\n"), None);
        assert_eq!(with_dependency("Gemfile", "gem 'rack'\n"), None);
    }
}
