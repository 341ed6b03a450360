// The page opens, from a sub-path of a plain static host, in a browser that has never seen it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { start } from "./harness.mjs";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

test("the page opens under a sub-path without an error", async () => {
  const page = await site.newPage();
  await page.goto(site.url);
  await page.waitForLoadState("networkidle");
  assert.match(await page.title(), /Layerlab/);
  await site.screenshot(page, "opened");
  await site.close(page);
});
