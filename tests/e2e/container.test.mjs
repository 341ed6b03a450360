// The headers that the container sends (Dockerfile) let the page do all that it does.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { build, messages, open, retype, search, status } from "./driver.mjs";
import { DIST, start } from "./harness.mjs";

let site;
let headers;
before(async () => {
  const dockerfile = await readFile(new URL("../../Dockerfile", import.meta.url), "utf8");
  const sent = dockerfile.matchAll(/^ +add_header (\S+) ("[^"]*"|[^$\s;]+);$/gm);
  headers = Object.fromEntries([...sent].map(([, name, value]) => [name, value.replaceAll('"', "")]));
  site = await start(DIST, headers);
});
after(() => site?.stop());

test("under the container's Content-Security-Policy the page works and is kept", async () => {
  assert.match(headers["Content-Security-Policy"], /script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval';/);
  assert.equal(headers["X-Content-Type-Options"], "nosniff");
  const words = await messages();
  const page = await open(site, { offline: true });
  await search(page, "WORKDIR");
  await page.keyboard.press("Escape");
  await retype(page, "FROM busybox\nRUN echo under a policy\n");
  await build(page);
  assert.equal((await status(page)).kind, "done");
  await page.locator("html[data-kept=ready]").waitFor();
  await page.goto(`${site.url}#/lessons`);
  await page.locator("a[href^='#/lesson/']:visible").first().waitFor();
  await page.locator("details.popover > summary").getByText(words.share, { exact: true }).click();
  assert.match(await page.getByLabel(words["share-link"]).inputValue(), /#s=/);
  await site.close(page);
});
