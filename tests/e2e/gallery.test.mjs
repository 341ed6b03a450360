// The gallery: projects found by their words, opened, and taken back.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { editorText, eventually, messages, open } from "./driver.mjs";
import { start } from "./harness.mjs";

let site;
let en;
before(async () => {
  site = await start();
  en = await messages();
});
after(() => site?.stop());

const cards = (page) => page.locator(".gallery-card");

test("a project is found by a word, opens, and what was there comes back with undo", async () => {
  const page = await open(site);
  const before = await editorText(page);
  await page.getByRole("link", { name: en["lessons-title"] }).click();
  await page.getByRole("link", { name: en["gallery-title"] }).click();
  await eventually(page, () => cards(page).count(), (count) => assert.ok(count >= 20, `${count} projects`));
  await page.getByRole("searchbox", { name: en["gallery-search"] }).fill("django");
  await eventually(page, () => cards(page).count(), (count) => assert.equal(count, 1));
  await cards(page).getByRole("button").press("Enter");
  await eventually(page, () => editorText(page), (text) => assert.match(text, /gunicorn/));
  await page.getByRole("button", { name: en["undo"] }).click();
  await eventually(page, () => editorText(page), (text) => assert.equal(text, before));
  await site.close(page);
});

test("mistakes are listed by themselves, in Japanese too", async () => {
  const ja = await messages("ja");
  const page = await open(site, { locale: "ja-JP", language: "ja" });
  await page.goto(`${site.url}#/gallery`);
  await eventually(page, () => cards(page).count(), (count) => assert.ok(count >= 20, `${count} projects`));
  await page.getByRole("button", { name: ja["gallery-mistakes"], exact: true }).click();
  await eventually(page, () => page.locator(".gallery-card.is-framework").count(), (count) => assert.equal(count, 0));
  assert.ok((await cards(page).count()) >= 8);
  await site.close(page);
});

test("a list that cannot be fetched is said", async () => {
  const page = await open(site);
  await page.route("**/gallery/index.json", (route) => route.abort());
  await page.goto(`${site.url}#/gallery`);
  await page.getByRole("alert").getByText(en["gallery-lost"]).waitFor();
  await site.close(page, { expected: [/net::ERR_FAILED/] });
});
