// What a real engine was recorded to do, and the edits between its builds: recorded/cases/NAME.{toml,json}.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const CASES = path.join(HERE, "recorded", "cases");
const BASES = path.join(HERE, "recorded", "bases");

/** The recorded base image under its file name in the page's catalog. */
export const base = (name) => path.join(BASES, `${name}.json`);

/**
 * Reads a case. stand-in/record.py writes one file a line, key and text as JSON strings.
 * @param {string} name
 * @returns {Promise<{files: Map<string, string>, builds: {edits: Map<string, string>, expected: object}[]}>}
 *   `files` before the first build; `edits` by path before each build
 */
export async function readCase(name) {
  const lines = (await readFile(path.join(CASES, `${name}.toml`), "utf8")).split("\n");
  const recording = JSON.parse(await readFile(path.join(CASES, `${name}.json`), "utf8"));
  const files = new Map();
  const builds = [];
  for (const line of lines) {
    if (line.startsWith("[[build]]")) builds.push({ edits: new Map(), expected: recording.builds[builds.length] });
    const [, key, text] =
      line.match(/^(?:edit\.write\.|edit\.)?("(?:[^"\\]|\\.)*"|dockerfile) = (".*")$/) ?? [];
    if (!key) continue;
    const into = builds.length > 0 ? builds[builds.length - 1].edits : files;
    into.set(key === "dockerfile" ? "Dockerfile" : JSON.parse(key), JSON.parse(text));
  }
  return { files, builds };
}

/** The bytes of each recorded layer, oldest first; a base image's layer has none: its bytes are in the history. */
export const layerBytes = (layers) =>
  layers.map((layer) => layer.entries?.reduce((sum, entry) => sum + (entry.size ?? 0), 0));

/** Bytes as Docker prints them: decimal units, three significant digits (go-units, HumanSizeWithPrecision). */
export function humanSize(bytes) {
  const units = ["B", "kB", "MB", "GB", "TB", "PB"];
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${Number(size.toPrecision(3))}${units[unit]}`;
}
