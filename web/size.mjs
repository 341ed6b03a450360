// node size.mjs DIST [--check]
// Prints the bytes of the site's code, raw and as hosts send it, and with --check holds them against size-budget.json.
import { readFile, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const MEASURED = /\.(wasm|js|mjs|css|html)$/;
/** The site in one file, which nobody loads who visits the site. */
const ONE_FILE = "layerlab-offline.html";

const [dist, mode] = process.argv.slice(2);

/** The names of all files below a folder, relative to it, sorted. */
async function filesBelow(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}

async function measure(name) {
  const bytes = await readFile(path.join(dist, name));
  const brotli = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  return {
    name,
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotli.length,
  };
}

function row(name, ...numbers) {
  console.log(name.padEnd(40) + numbers.map((number) => String(number).padStart(12)).join(""));
}

/** Whether a file name matches a pattern in which `*` stands for any text without a slash. */
function matches(pattern, name) {
  const source = pattern
    .split("*")
    .map((text) => text.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
    .join("[^/]*");
  return new RegExp(`^${source}$`).test(name);
}

let names;
try {
  names = await filesBelow(dist);
} catch {
  console.error(`error: there is no site in ${dist}. Run: cargo xtask build`);
  process.exit(1);
}
const sizes = await Promise.all(names.filter((name) => MEASURED.test(name) && name !== ONE_FILE).map(measure));
row("file", "raw", "gzip", "brotli");
for (const { name, raw, gzip, brotli } of sizes) row(name, raw, gzip, brotli);
if (names.includes(ONE_FILE)) row(ONE_FILE, (await stat(path.join(dist, ONE_FILE))).size);

if (mode === "--check") {
  const budgets = JSON.parse(await readFile(new URL("size-budget.json", import.meta.url), "utf8"));
  for (const { what, files, brotli: allowed } of budgets) {
    const counted = sizes.filter(({ name }) => files.some((pattern) => matches(pattern, name)));
    const used = counted.reduce((sum, { brotli }) => sum + brotli, 0);
    const missing = files.filter((pattern) => !counted.some(({ name }) => matches(pattern, name)));
    console.log(`${what}: ${used} of ${allowed} bytes (brotli)`);
    if (missing.length > 0) {
      console.error(`error: no file is ${missing.join(" or ")}: the budget in web/size-budget.json measures nothing`);
      process.exitCode = 1;
    } else if (used > allowed) {
      console.error(`error: ${what}: over the budget of web/size-budget.json by ${used - allowed} bytes`);
      process.exitCode = 1;
    }
  }
}
