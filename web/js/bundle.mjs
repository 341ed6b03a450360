// Makes editor.js, which the page loads once it is at rest, and search.js, which that loads once it is used, from the
// sources beside this file. Trunk runs it as a hook (Trunk.toml) and takes the files from its staging folder; any other
// folder can be given: node bundle.mjs FOLDER
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
/** editor.js fetches search.js when it is used. */
const apart = {
  name: "apart",
  setup: ({ onResolve }) => onResolve({ filter: /^\.\/search\.js$/ }, ({ path }) => ({ path, external: true })),
};
/** What search.js takes from editor.js, each by itself: a statement that names more than editor.js has would fail. */
const shared = {
  name: "shared",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@codemirror\/(state|view)$/ }, ({ path }) => ({ path, namespace: "shared", sideEffects: false }));
    onResolve({ filter: /^\.\/editor\.js$/, namespace: "shared" }, ({ path }) => ({ path, external: true, sideEffects: false }));
    onLoad({ filter: /./, namespace: "shared" }, async ({ path }) => {
      const names = Object.keys(await import(path));
      return { contents: names.map((name) => `export { ${name} } from "./editor.js";`).join("\n") };
    });
  },
};
const make = (name, plugin) =>
  build({
    entryPoints: [path.join(here, name)],
    outfile: path.join(folder, name),
    bundle: true,
    alias: { "@codemirror/language": none, "@lezer/common": none },
    plugins: [plugin],
    format: "esm",
    target: "es2022",
    minify: true,
    legalComments: "eof",
    charset: "utf8",
    logLevel: "warning",
  });
await make("editor.js", apart);
await make("search.js", shared);
