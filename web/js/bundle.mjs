// Makes editor.js, which the page loads once it is at rest, from the sources beside this file. Trunk runs it as a hook
// (Trunk.toml) and takes the file from its staging folder; any other folder can be given: node bundle.mjs FOLDER
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const none = path.join(here, "no-language.js");
const folder = process.argv[2] ?? process.env.TRUNK_STAGING_DIR;
if (!folder) {
  console.error("error: name the folder that editor.js is to be put into");
  process.exit(1);
}
await build({
  entryPoints: [path.join(here, "editor.js")],
  outfile: path.join(folder, "editor.js"),
  bundle: true,
  alias: { "@codemirror/language": none, "@lezer/common": none },
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "eof",
  charset: "utf8",
  logLevel: "warning",
});
