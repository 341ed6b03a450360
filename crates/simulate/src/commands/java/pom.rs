//! pom.xml and build.gradle, as far as they name what is built and what it needs.

/// The first text of an element below the given path, and outside of other elements that may have one of the name.
pub fn element(xml: &str, path: &[&str]) -> Option<String> {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = xml;
    while let Some((_, after)) = rest.split_once('<') {
        if let Some(comment) = after.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            continue;
        }
        let (tag, after) = after.split_once('>')?;
        rest = after;
        if tag.starts_with(['?', '!']) || tag.ends_with('/') {
            continue;
        }
        if tag.starts_with('/') {
            open.pop();
            continue;
        }
        open.push(tag.split_whitespace().next().unwrap_or_default());
        if open.as_slice() == path {
            return Some(after.split('<').next().unwrap_or_default().trim().to_string());
        }
    }
    None
}

/// How many dependencies a pom.xml or build.gradle names, and whether they are Spring Boot's or Quarkus's.
pub struct Dependencies {
    pub count: u64,
    pub boot: bool,
    pub quarkus: bool,
}

/// What a build file asks for.
pub fn dependencies(text: &str) -> Dependencies {
    let maven = text.matches("<dependency>").count();
    let gradle = text
        .lines()
        .map(str::trim)
        .filter(|line| {
            ["implementation", "api", "runtimeOnly", "compile ", "annotationProcessor"]
                .iter()
                .any(|word| line.starts_with(word))
        })
        .count();
    Dependencies {
        count: (maven + gradle) as u64,
        boot: text.contains("spring-boot") || text.contains("org.springframework.boot"),
        quarkus: text.contains("quarkus"),
    }
}

/// What `help:evaluate` prints for an expression: a field of the project, its parent's where it has none, or a property.
pub fn evaluate(text: &str, expression: &str) -> Option<String> {
    let field = expression.strip_prefix("project.").unwrap_or(expression);
    let names: Vec<&str> = std::iter::once("project").chain(field.split('.')).collect();
    element(text, &names)
        .or_else(|| {
            matches!(field, "version" | "groupId").then(|| element(text, &["project", "parent", field])).flatten()
        })
        .or_else(|| element(text, &["project", "properties", expression]))
        .or_else(|| (field == "packaging").then(|| "jar".to_string()))
        .or_else(|| (field == "build.directory").then(|| "target".to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_found_by_their_path() {
        let xml = "<?xml version=\"1.0\"?>\n<project a=\"b\">\n <!-- <artifactId>no</artifactId> -->\n <parent><artifactId>parent</artifactId></parent>\n <artifactId>app</artifactId><version>1.2</version>\n</project>";
        assert_eq!(element(xml, &["project", "artifactId"]).as_deref(), Some("app"));
        assert_eq!(element(xml, &["project", "parent", "artifactId"]).as_deref(), Some("parent"));
        assert_eq!(element(xml, &["project", "build", "finalName"]), None);
    }
}
