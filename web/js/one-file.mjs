// Makes one file of the site, which opens from a disk: everything is in it, packed.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const UTF8 = new TextDecoder("utf-8", { fatal: true });
const here = path.dirname(fileURLToPath(import.meta.url));
/** What of the site the one file has no use for: it is a page itself, is not installed, and is in no other page. */
const LEFT_OUT = /^(index\.html|manifest\.json|icons\/.*|embed\/.*|embed\.js)$|\.css$/;

/**
 * The lines of all texts, each once, and each text as runs of them: first line, number of lines. Facts of base images have
 * most of their lines in common, farther apart than gzip sees.
 */
function packed(texts) {
  const lines = [];
  const known = new Map();
  const files = {};
  for (const [name, text] of texts) {
    const runs = [];
    for (const line of text.split("\n")) {
      let number = known.get(line);
      if (number === undefined) {
        number = lines.push(line) - 1;
        known.set(line, number);
      }
      const last = runs.length - 2;
      if (last >= 0 && runs[last] + runs[last + 1] === number) runs[last + 1] += 1;
      else runs.push(number, 1);
    }
    files[name] = runs;
  }
  return JSON.stringify({ lines, files });
}

const base64 = (bytes) => gzipSync(bytes, { level: 9 }).toString("base64");

/** The page with another text in the place of what a pattern finds; that it finds something is part of the build. */
function replaced(page, pattern, text) {
  if (page.search(pattern) < 0) throw new Error(`index.html has nothing like ${pattern}`);
  return page.replace(pattern, text);
}

/** The text of the one file, made of the site in a folder with these files. */
export async function oneFile(folder, names) {
  const read = async (name) => {
    try {
      return UTF8.decode(await readFile(path.join(folder, name)));
    } catch (error) {
      throw new Error(`${name}: only the program and texts can be in the one file (${error.message})`);
    }
  };
  const own = names.filter((name) => !LEFT_OUT.test(name));
  const [wasm, ...more] = own.filter((name) => name.endsWith(".wasm"));
  if (!wasm || more.length > 0) throw new Error(`one .wasm was expected, not ${own.filter((name) => name.endsWith(".wasm"))}`);
  const modules = own.filter((name) => name.endsWith(".js"));
  const texts = [];
  for (const name of own.filter((name) => name !== wasm)) {
    const text = await read(name);
    // From a blob no module can name another one beside it.
    const each = (found, quote, other) => (modules.includes(other) ? `${quote}layerlab/${other}${quote}` : found);
    texts.push([name, name.endsWith(".js") ? text.replace(/(["'])\.\/([\w-]+\.js)\1/g, each) : text]);
  }

  let page = await read("index.html");
  for (const [link, name] of page.matchAll(/<link rel="stylesheet" href="\.\/([^"]+)"\s*\/?>/g)) {
    const style = await read(name);
    page = page.replace(link, () => `<style>\n${style}</style>`);
  }
  // Without it, addresses within the page are those of the file.
  page = replaced(page, /<base [^>]*>/, "");
  page = replaced(page, /<link rel="manifest"[^>]*>/, "");
  page = replaced(page, /<link rel="(modulepreload|preload)"[^>]*>/g, "");
  page = replaced(page, /<script type="module">/, '<script type="text/plain" id="program">');
  page = replaced(page, /window\.layerlab = \{/, "$&\n        inOneFile: true,");
  const start = await readFile(path.join(here, "one-file.js"), "utf8");
  const parts = [
    `<script type="text/plain" id="packed-texts">${base64(packed(texts))}</script>`,
    `<script type="text/plain" id="packed-wasm">${base64(await readFile(path.join(folder, wasm)))}</script>`,
    `<script>\nconst FILE = ${JSON.stringify({ wasm, modules })};\n${start}</script>`,
  ];
  return replaced(page, /<\/body>/, () => `${parts.join("\n")}\n</body>`);
}
