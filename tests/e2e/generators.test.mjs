// What EMBEDDING.md says of each site generator: its recipe is built as it stands there, and opened from another origin.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";
import { GENERATORS, built, recipe } from "../embedding/generators.mjs";
import { eventually } from "./driver.mjs";
import { start } from "./harness.mjs";
import { serve } from "./server.mjs";

const HERE = path.dirname(fileURLToPath(import.meta.url));
/** Where the page with the code is, if not at the site's root. */
const PAGES = { mdbook: "chapter.html" };

let site;
let guide;
let folder;
before(async () => {
  site = await start();
  guide = await readFile(path.join(HERE, "..", "..", "EMBEDDING.md"), "utf8");
  folder = await mkdtemp(path.join(tmpdir(), "layerlab-generators-"));
});
after(async () => {
  await rm(folder, { recursive: true, force: true });
  await site?.stop();
});

for (const [name, { needs }] of Object.entries(GENERATORS)) {
  // A laptop may do without; CI must not.
  const missing = needs && !process.env.CI && spawnSync(needs[0], needs.slice(1)).status !== 0;
  const skip = missing ? `${needs.join(" ")} fails: python3 and python3-venv are not installed` : false;
  test(`the recipe for ${name} shows a build that is as high as it has to be`, { skip }, async () => {
    const files = Object.entries(recipe(guide, name));
    assert.ok(files.length > 0, `EMBEDDING.md has a recipe for ${name}`);
    const here = files.map(([file, text]) => [file, text.replaceAll("https://layerlab.example/", site.url)]);
    assert.ok(here.some(([, text]) => text.includes(`${site.url}embed.js`)), "with the script");
    const { root, site: output } = await built(name, Object.fromEntries(here), folder);
    const host = await serve(output, "/");
    try {
      // What the generators' own themes ask the network for is not what is tested.
      const page = await site.newPage();
      await page.goto(host.url + (PAGES[name] ?? ""));
      const lab = page.locator("layer-lab");
      const frame = page.frameLocator("layer-lab iframe");
      await frame.locator(".card", { hasText: "RUN echo hello" }).first().waitFor({ timeout: 30_000 });
      assert.equal(await lab.count(), 1, "one embed");
      assert.equal(await page.locator("pre:visible").count(), 0, "the code makes room for it");
      await eventually(page, () => lab.evaluate(({ height }) => height), (height) => assert.ok(height > 100, `${height}`));
      const [told, drawn] = await lab.evaluate(({ height, frame }) => [height, frame.offsetHeight]);
      assert.equal(drawn, told);
      await page.context().close();
    } finally {
      await host.close();
      await rm(root, { recursive: true, force: true });
    }
  });
}
