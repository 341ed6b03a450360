//! The code that puts an embed into another page.

use super::{Content, Options};
use session::Source;

/// What is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// A frame: works wherever HTML does.
    #[default]
    Frame,
    /// The element of `embed.js`.
    Element,
}

/// The code of that form. `base` is the address of the page's folder, `link` that of the whole page with the same.
#[must_use]
pub fn code(form: Form, options: &Options, base: &str, link: &str, title: &str, height: u32) -> String {
    match form {
        Form::Frame => frame(options, base, link, title, height),
        Form::Element => element(options, base, link, title, height),
    }
}

fn frame(options: &Options, base: &str, link: &str, title: &str, height: u32) -> String {
    let (question, fragment) = options.write();
    format!(
        "<iframe src=\"{}\" title=\"{}\" loading=\"lazy\" width=\"100%\" height=\"{height}\" style=\"border:0\"></iframe>\n\
         <p><a href=\"{}\">{}</a></p>\n",
        escaped(&format!("{base}embed/{question}{fragment}")),
        escaped(title),
        escaped(link),
        escaped(title)
    )
}

/// The element of `embed.js`, with the link that is there without scripts.
#[must_use]
pub fn element(options: &Options, base: &str, link: &str, title: &str, height: u32) -> String {
    let (question, _) = options.write();
    let mut attributes: Vec<(String, String)> = super::percent::pairs(&question);
    attributes.retain(|(name, _)| name != "height");
    match &options.content {
        Content::State(code) => attributes.insert(0, ("state".to_owned(), code.clone())),
        Content::Dockerfile { text, .. } => attributes.insert(0, ("dockerfile".to_owned(), text.clone())),
        Content::Lesson(Source::File, _) | Content::Lesson(..) | Content::Sample => {}
    }
    let height = if options.auto_height { "auto".to_owned() } else { height.to_string() };
    attributes.extend([("height".to_owned(), height), ("title".to_owned(), title.to_owned())]);
    let written: Vec<String> =
        attributes.iter().map(|(name, value)| format!("{name}=\"{}\"", escaped(value))).collect();
    format!(
        "<script src=\"{}\" async></script>\n<layer-lab {}><a href=\"{}\">{}</a></layer-lab>\n",
        escaped(&format!("{base}embed.js")),
        written.join(" "),
        escaped(link),
        escaped(title)
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;").replace('\n', "&#10;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::embed::Shown;
    use crate::view::Part;
    use expect_test::expect;

    const BASE: &str = "https://lab.example/docs/";

    fn written(form: Form, options: &Options, title: &str) -> String {
        code(form, options, BASE, &format!("{BASE}#/lesson/layers/look"), title, 420)
    }

    #[test]
    fn a_frame_has_a_title_is_lazy_and_leaves_a_link() {
        let content = Content::Lesson(Source::Site("layers".into()), Some("look".into()));
        let options = Options { content, shown: Shown::Part(Part::Graph), read_only: true, ..Options::default() };
        expect![[r#"
            <iframe src="https://lab.example/docs/embed/?lesson=layers&amp;step=look&amp;view=graph&amp;readonly=1" title="Layers &lt;&amp;&gt; &quot;bytes&quot;" loading="lazy" width="100%" height="420" style="border:0"></iframe>
            <p><a href="https://lab.example/docs/#/lesson/layers/look">Layers &lt;&amp;&gt; &quot;bytes&quot;</a></p>
        "#]]
        .assert_eq(&written(Form::Frame, &options, "Layers <&> \"bytes\""));
        expect![[r#"
            <script src="https://lab.example/docs/embed.js" async></script>
            <layer-lab lesson="layers" step="look" view="graph" readonly="1" height="420" title="Layers"><a href="https://lab.example/docs/#/lesson/layers/look">Layers</a></layer-lab>
        "#]]
        .assert_eq(&written(Form::Element, &options, "Layers"));
    }

    #[test]
    fn a_state_is_an_attribute_of_the_element_and_the_fragment_of_the_frame() {
        let content = Content::State("v2.abc".into());
        let options = Options { content, auto_height: true, ..Options::default() };
        assert!(written(Form::Frame, &options, "x").contains("/embed/?height=auto#s=v2.abc\""));
        assert!(
            written(Form::Element, &options, "x").contains("<layer-lab state=\"v2.abc\" height=\"auto\" title=\"x\">")
        );
    }
}
