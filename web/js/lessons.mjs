// The lessons of the page: each folder of lessons/ becomes one file, and index.json lists them. Trunk runs this. The
// program that packs them is built for it; LAYERLAB=PATH names one that is there already.
import { spawnSync } from "node:child_process";
import path from "node:path";

const staging = process.env.TRUNK_STAGING_DIR;
if (!staging) {
  console.error("error: Trunk runs this, and says where the site is put together");
  process.exit(1);
}
const [program, ...before] = process.env.LAYERLAB
  ? [process.env.LAYERLAB]
  : ["cargo", "run", "--quiet", "--package", "cli", "--"];
const target = path.join(staging, "lessons");
const { status, error } = spawnSync(program, [...before, "lesson", "pack", "--all", "lessons", target], {
  stdio: ["ignore", "ignore", "inherit"],
});
if (error) console.error(`error: ${program}: ${error.message}`);
process.exit(status ?? 1);
