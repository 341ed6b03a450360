// node finish.mjs DIST: what is made of the whole site once Trunk has built it.
//   layerlab-offline.html  the site in one file, to be downloaded
//   sw.js                  the service worker, with the list of the files that it keeps
import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { oneFile } from "./one-file.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const MADE = ["layerlab-offline.html", "sw.js"];

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error("error: name the folder of the site");
  process.exit(1);
}

/** The paths of all files of the site, sorted. Hidden ones are no part of it: hosts do not send them. */
async function siteFiles() {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)).split(path.sep).join("/"))
    .filter((name) => !MADE.includes(name) && !/(^|\/)\./.test(name))
    .sort();
}

async function revision(name) {
  return createHash("sha256").update(await readFile(path.join(folder, name))).digest("hex").slice(0, 16);
}

const names = await siteFiles();
await writeFile(path.join(folder, "layerlab-offline.html"), await oneFile(folder, names));

const files = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await revision(name)])));
const worker = await readFile(path.join(here, "worker.js"), "utf8");
await writeFile(path.join(folder, "sw.js"), `const FILES = ${JSON.stringify(files, null, 1)};\n${worker}`);
