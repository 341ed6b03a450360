// Makes one file of each project in lessons/presets and lessons/gallery, which the page fetches when it is chosen, and the
// list of the gallery. Trunk runs it as a hook (Trunk.toml); any other folder can be given: node pack.mjs FOLDER
//   presets/NAME.json   {"files": {PATH: TEXT}}
//   gallery/NAME.json   {"files": {PATH: TEXT}, "sized": [{"path": PATH, "bytes": NUMBER}]}
//   gallery/index.json  {"projects": [{"id", "kind", "tags", "texts": {LANGUAGE: {"title", "text"}}}]}
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const LANGUAGES = ["en", "ja"];
const lessons = path.join(path.dirname(fileURLToPath(import.meta.url)), "..", "..", "lessons");
const folder = process.argv[2] ?? process.env.TRUNK_STAGING_DIR;
if (!folder) {
  console.error("error: name the folder that presets/ and gallery/ are to be put into");
  process.exit(1);
}

/** The texts of all files below a folder, by path. */
async function texts(root) {
  const files = [];
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((entry) => entry.isFile())) {
    const file = path.join(entry.parentPath, entry.name);
    files.push([path.relative(root, file).split(path.sep).join("/"), await readFile(file, "utf8")]);
  }
  return Object.fromEntries(files.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Writes an object as a file below the folder. */
async function write(name, value) {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(value));
}

for (const project of await readdir(path.join(lessons, "presets"))) {
  await write(`presets/${project}.json`, { files: await texts(path.join(lessons, "presets", project)) });
}

const projects = [];
for (const id of await readdir(path.join(lessons, "gallery"))) {
  const root = path.join(lessons, "gallery", id);
  const about = JSON.parse(await readFile(path.join(root, "about.json"), "utf8"));
  await write(`gallery/${id}.json`, { files: await texts(path.join(root, "start")), sized: about.sized ?? [] });
  const said = Object.fromEntries(LANGUAGES.map((language) => [language, about[language]]));
  projects.push({ order: about.order, line: { id, kind: about.kind, tags: about.tags, texts: said } });
}
projects.sort((a, b) => a.order - b.order || (a.line.id < b.line.id ? -1 : 1));
await write("gallery/index.json", { projects: projects.map(({ line }) => line) });
