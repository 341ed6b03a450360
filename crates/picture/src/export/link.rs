use super::escaped;
use crate::text::Locale;

/// A picture that leads somewhere, where its host lets pictures lead anywhere.
#[must_use]
pub fn linked_svg(svg: &str, address: &str) -> String {
    let parts = svg.find('>').and_then(|end| svg.split_at_checked(end + 1));
    let Some((begin, rest)) = parts else { return svg.to_owned() };
    let body = rest.trim_end().strip_suffix("</svg>").unwrap_or(rest);
    format!("{begin}<a href=\"{}\" target=\"_blank\">{body}</a></svg>\n", escaped(address))
}

/// A table in Markdown with a link below its sums.
#[must_use]
pub fn linked_markdown(locale: &Locale, markdown: &str, address: &str) -> String {
    let link = format!("[{}](<{}>)", locale.t("table-open"), address.replace(['<', '>', '\n'], ""));
    format!("{}\n\n{link}\n", markdown.trim_end())
}

/// A table in HTML with a link below it.
#[must_use]
pub fn linked_html(locale: &Locale, html: &str, address: &str) -> String {
    format!("{html}<p><a href=\"{}\">{}</a></p>\n", escaped(address), escaped(&locale.t("table-open")))
}
