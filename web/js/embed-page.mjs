// Makes embed/index.html, the page for frames of other sites, of the index.html that Trunk has built: the same style sheets
// and the same program, which it starts itself (embed-start.js). No script stands in it, so that a strict policy holds.
// Beside it embed/start.js, and embed.js for the pages that have such frames. Trunk runs this once the site is whole; any
// folder with a built site can be given: node embed-page.mjs FOLDER
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const folder = process.argv[2] ?? process.env.TRUNK_STAGING_DIR;
if (!folder) {
  console.error("error: name the folder with the built site");
  process.exit(1);
}

/** The words of what stands in a frame before the program does: by language, those of web/locales that begin so. */
async function words() {
  const languages = ["en", "ja"].map(async (language) => {
    const text = await readFile(path.join(here, "..", "locales", `${language}.ftl`), "utf8");
    const found = [...text.matchAll(/^poster-(\w+) = (.*)$/gm)].map(([, name, value]) => [name, value]);
    return [language, Object.fromEntries(found)];
  });
  return Object.fromEntries(await Promise.all(languages));
}

const index = await readFile(path.join(folder, "index.html"), "utf8");
/** The one thing that a pattern finds in the built page. */
const found = (pattern) => {
  const match = index.match(pattern);
  if (!match) throw new Error(`index.html has nothing like ${pattern}`);
  return match[1];
};
const glue = found(/import init\b[^'"]*from ['"]([^'"]+)['"]/);
const wasm = found(/module_or_path: ['"]([^'"]+)['"]/);
const base = found(/<base href="([^"]*)"/);
const styles = [...index.matchAll(/<link\b[^>]*rel="stylesheet"[^>]*>/g)].map(([link]) => link);
const icon = found(/(<link rel="icon"[^>]*>)/);
if (styles.length === 0) throw new Error("index.html has no style sheets");

const page = `<!doctype html>
<html lang="en" data-embed data-glue="${glue}" data-wasm="${wasm}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="robots" content="noindex" />
    <meta name="color-scheme" content="light dark" />
    <title>Layerlab</title>
    <base href="${base.startsWith("/") ? base : "../"}" />
    ${icon}
    ${styles.join("\n    ")}
    <script src="embed/start.js" defer></script>
  </head>
  <body>
    <div id="app"></div>
    <div id="failure" class="failure" role="alert" hidden>
      <h2 id="failure-title"></h2>
      <p id="failure-why" hidden></p>
      <p><a id="failure-way" href="./" target="_blank" rel="noopener"></a></p>
      <pre id="failure-message"></pre>
    </div>
    <noscript>
      <p class="failure">Layerlab computes in your browser and needs JavaScript and WebAssembly. · Layerlab の利用には JavaScript と WebAssembly が必要です。</p>
    </noscript>
  </body>
</html>
`;
await mkdir(path.join(folder, "embed"), { recursive: true });
await writeFile(path.join(folder, "embed", "index.html"), page);

const make = (name, outfile, define = {}) =>
  build({
    entryPoints: [path.join(here, name)],
    outfile: path.join(folder, outfile),
    define,
    format: "iife",
    target: "es2020",
    minify: true,
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
  });
await make("embed-start.js", "embed/start.js", { WORDS: JSON.stringify(await words()) });
await make("embed.js", "embed.js");
