//! Builds as texts and pictures that stand by themselves.

use super::*;
use web::export::{Palette, graph_svg, layers_svg, markdown};

fn locale() -> Locale {
    Locale::new("en", EN)
}

fn palette() -> Palette {
    let colour = |name: &str| name.to_owned();
    Palette {
        ground: colour("#fff"),
        text: colour("#000"),
        mono: colour("\"DejaVu Sans Mono\", monospace"),
        ..Palette::default()
    }
}

#[test]
fn a_build_as_markdown() {
    let report = fixture::report();
    expect![[r#"
        ### shop \| a

        | Step | Layer | Time | Cache |
        | --- | ---: | ---: | --- |
        | `[build 1/6] FROM docker.io/library/node:22-alpine` | 0B | 0.0 s | Cached |
        | `[build 2/6] WORKDIR /app` | 0B | 0.0 s | Cached |
        | `[build 3/6] COPY package*.json ./` | 48.3kB | 0.0 s | Cached |
        | `[build 4/6] RUN npm ci` | 64.2MB | 0.0 s | Cached |
        | `[build 5/6] COPY src ./src` | 4.82kB | 40 ms | Runs |
        | `[build 6/6] RUN npm run build` | 18.4kB | 3.3 s | Runs |
        | `[stage-1 1/3] FROM docker.io/library/node:22-alpine` | 0B | 0.0 s | Cached |
        | `[stage-1 2/3] WORKDIR /app` | 0B | 0.0 s | Cached |
        | `[stage-1 3/3] COPY --from=build /app/dist ./dist` | 17.9kB | 30 ms | Runs |

        Image 161MB in 6 layers; 3.4 s; 4 of 7 steps from the cache.

        ````dockerfile
        FROM a
        # ```
        ````
    "#]]
    .assert_eq(&markdown(&locale(), "shop | a", "FROM a\n# ```\n", &report));
}

#[test]
fn pictures_are_whole_and_hold_every_step() {
    let report = fixture::report();
    let graph = graph_svg(&locale(), &report, &palette());
    let layers = layers_svg(&locale(), &report, &palette());
    for svg in [&graph, &layers] {
        assert!(svg.starts_with("<svg xmlns=") && svg.ends_with("</svg>\n"));
        assert!(!svg.contains("var(") && !svg.contains("url(http"), "{svg}");
        assert!(svg.contains("&quot;DejaVu Sans Mono&quot;"));
    }
    assert!(graph.matches("rx=\"6\"").count() >= report.steps.len(), "a card for each step");
    assert!(graph.contains("RUN npm ci") && layers.contains("COPY --from=build"), "{layers}");
}
