//! `layerlab render`: a build as a picture or a table, for documentation that runs no scripts.

mod bitmap;
mod palette;
mod scene;

use std::io::Write as _;
use std::path::Path;

use picture::export::{graph_svg, html, layers_svg, linked_html, linked_markdown, linked_svg, markdown};
use picture::text::Locale;
use report::Outcome;

use self::scene::Scene;
use crate::Answer;
use crate::arguments::{Argument, Arguments, BuildFlags};

pub const HELP: &str = "\
Writes the build of a folder as a picture or a table, for documentation that runs no scripts.

Usage: layerlab render [OPTIONS] WHAT DIR

What, one of:
  --svg graph|layers        the stages and steps, or the image's layers, as a picture
  --png graph|layers        the same in dots, twice as many in each direction, with fonts of this machine
  --markdown                a table of the steps, their sums, and the Dockerfile
  --html                    a table of the steps with why each runs, and their sums

Options:
  -o, --output FILE         the file (default: what is written is printed)
  --lang en|ja              the language of the words (default: en)
  --theme light|dark        the colours of a picture (default: light)
  --name NAME               what a table is called (default: the name of DIR)
  --link URL                the address of a Layerlab: adds a link that opens this state in it (not to a PNG). Files that
                            .dockerignore leaves out and values of secrets are not in it
  --after EDIT              as of `layerlab build`: what a build would do after a first one and this edit; several times
  --catalog DIR             as of `layerlab build`, as are
  -f, --file  --target  --build-arg  --secret  --store  --no-cache  --no-cache-filter  --platform  --network
  --profile  --profile-set
";

/// The texts of the languages.
const LANGUAGES: [(&str, &str); 2] =
    [("en", include_str!("../../../web/locales/en.ftl")), ("ja", include_str!("../../../web/locales/ja.ftl"))];

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Drawing {
    Graph,
    Layers,
}

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Svg(Drawing),
    Png(Drawing),
    Markdown,
    Html,
}

#[derive(Default)]
struct Order<'a> {
    flags: BuildFlags,
    folder: Option<&'a str>,
    catalog: Option<&'a str>,
    after: Vec<&'a str>,
    what: Vec<What>,
    output: Option<&'a str>,
    language: Option<&'a str>,
    theme: Option<&'a str>,
    name: Option<&'a str>,
    link: Option<&'a str>,
}

pub fn run(arguments: &[String]) -> Result<Answer, String> {
    let order = read(arguments)?;
    let [what] = order.what.as_slice() else {
        return Err(format!("say what is written: one of --svg, --png, --markdown and --html\n\n{HELP}"));
    };
    let folder = Path::new(order.folder.ok_or_else(|| format!("no folder given\n\n{HELP}"))?);
    if matches!(what, What::Png(_)) && order.link.is_some() {
        return Err("--link: a PNG holds no link. Put one around it, or take --svg, --markdown or --html".to_owned());
    }
    let locale = locale(order.language.unwrap_or("en"))?;
    let palette = palette::palette(order.theme.unwrap_or("light"), locale.tag())?;
    let own_name =
        || folder.canonicalize().ok().and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned()));
    let name = order.name.map(str::to_owned).or_else(own_name).unwrap_or_default();
    let scene = Scene::new(&order.flags, folder, order.catalog, &order.after, &name)?;
    let report = scene.report();
    if let Outcome::Invalid { message } = &report.outcome {
        return Err(format!("{}: there is nothing to draw: {message}", folder.display()));
    }
    let address = order.link.map(|base| scene.link(base, part(*what))).transpose()?;
    let draw = |drawing| match drawing {
        Drawing::Graph => graph_svg(&locale, report, &palette),
        Drawing::Layers => layers_svg(&locale, report, &palette),
    };
    let bytes = match what {
        What::Svg(drawing) => {
            let svg = draw(*drawing);
            address.map_or_else(|| svg.clone(), |address| linked_svg(&svg, &address)).into_bytes()
        }
        What::Png(drawing) => bitmap::png(&draw(*drawing))?,
        What::Markdown => {
            let table = markdown(&locale, &name, &scene.dockerfile(), report);
            address.map_or_else(|| table.clone(), |address| linked_markdown(&locale, &table, &address)).into_bytes()
        }
        What::Html => {
            let table = html(&locale, &name, report);
            address.map_or_else(|| table.clone(), |address| linked_html(&locale, &table, &address)).into_bytes()
        }
    };
    let ok = report.outcome == Outcome::Built;
    match order.output {
        None => {
            // dots are no text, and a reader that stops reading, as `head` does, is no error
            let _ = std::io::stdout().write_all(&bytes);
            Ok(Answer { text: String::new(), ok })
        }
        Some(file) => {
            std::fs::write(file, &bytes).map_err(|error| format!("-o {file}: {error}"))?;
            let failed = if ok { "" } else { ", of a build that fails" };
            Ok(Answer { text: format!("{file}: {} bytes{failed}\n", bytes.len()), ok })
        }
    }
}

/// The part of the page that shows the same.
fn part(what: What) -> &'static str {
    match what {
        What::Svg(Drawing::Layers) | What::Png(Drawing::Layers) => "layers",
        What::Svg(Drawing::Graph) | What::Png(Drawing::Graph) => "graph",
        What::Markdown | What::Html => "steps",
    }
}

fn locale(tag: &str) -> Result<Locale, String> {
    let language = LANGUAGES.iter().find(|(known, _)| *known == tag);
    let (tag, text) =
        language.ok_or_else(|| format!("--lang {tag}: there are {}", LANGUAGES.map(|(tag, _)| tag).join(", ")))?;
    Ok(Locale::new(tag, text))
}

fn drawing(flag: &str, name: &str) -> Result<Drawing, String> {
    match name {
        "graph" => Ok(Drawing::Graph),
        "layers" => Ok(Drawing::Layers),
        other => Err(format!("{flag} {other}: there are graph and layers")),
    }
}

fn read(arguments: &[String]) -> Result<Order<'_>, String> {
    let mut arguments = Arguments::new(arguments);
    let mut order = Order::default();
    while let Some(argument) = arguments.next() {
        let (flag, given) = match argument {
            Argument::Flag(flag, given) => (flag, given),
            Argument::Value(value) if order.folder.is_none() => {
                order.folder = Some(value);
                continue;
            }
            Argument::Value(value) => return Err(format!("one folder at a time: what is `{value}`?")),
        };
        match flag {
            "--svg" => order.what.push(What::Svg(drawing(flag, arguments.value(flag, given)?)?)),
            "--png" => order.what.push(What::Png(drawing(flag, arguments.value(flag, given)?)?)),
            "--markdown" => order.what.push(What::Markdown),
            "--html" => order.what.push(What::Html),
            "-o" | "--output" => order.output = Some(arguments.value(flag, given)?),
            "--lang" => order.language = Some(arguments.value(flag, given)?),
            "--theme" => order.theme = Some(arguments.value(flag, given)?),
            "--name" => order.name = Some(arguments.value(flag, given)?),
            "--link" => order.link = Some(arguments.value(flag, given)?),
            "--after" => order.after.push(arguments.value(flag, given)?),
            "--catalog" => order.catalog = Some(arguments.value(flag, given)?),
            flag => {
                if !order.flags.take(flag, given, &mut arguments)? {
                    return Err(format!("unknown option {flag}\n\n{HELP}"));
                }
            }
        }
    }
    Ok(order)
}
