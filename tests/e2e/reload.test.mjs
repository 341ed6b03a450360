// A reload, or a visit the day after, finds everything as it was left.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  build, editorText, eventually, files, messages, open, openFile, ready, retype, status, steps, tab, verdicts,
  wholeEditor,
} from "./driver.mjs";
import { start } from "./harness.mjs";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

/** Everything of the result that a person can see. */
async function seen(page) {
  return { status: await status(page), steps: await steps(page), files: await files(page) };
}

test("edits, builds and their cache survive a reload", async () => {
  const page = await open(site);
  await openFile(page, "src/store.js");
  const text = `${await editorText(page)}// kept\n`;
  await retype(page, text);
  await build(page);
  await openFile(page, "README.md");
  await retype(page, "# Something else\n");
  const before = await seen(page);
  assert.equal(before.status.kind, "preview");

  await page.reload();
  await ready(page);
  assert.deepEqual(await seen(page), before, "the page is as it was");
  assert.equal(await editorText(page), "# Something else\n", "the same file is open, with its text");
  await openFile(page, "src/store.js");
  assert.equal(await editorText(page), text, "the other edit is there too");

  // A build of the same again takes everything from the cache; so it does after another reload.
  await build(page);
  const cached = await verdicts(page);
  assert.ok(cached.filter((step) => "cached" in step).every((step) => step.cached), "everything from the cache");
  await page.reload();
  await ready(page);
  assert.deepEqual(await verdicts(page), cached);
  assert.equal((await status(page)).kind, "done");
  await site.close(page);
});

test("undo reaches back over a reload", async () => {
  const page = await open(site);
  const { undo } = await messages();
  await openFile(page, "src/store.js");
  const before = await editorText(page);
  await retype(page, `${before}// typed\n`);
  await page.reload();
  await ready(page);
  await page.getByRole("button", { name: undo }).click();
  assert.equal(await editorText(page), before);
  await site.close(page);
});

test("an error and the result before it survive a reload", async () => {
  const page = await open(site);
  const good = await verdicts(page);
  await retype(page, "FROM node:22-alpine\nCOPY\n");
  const before = await status(page);
  assert.equal(before.kind, "error");
  await page.reload();
  await ready(page);
  assert.deepEqual(await status(page), before);
  assert.deepEqual(await verdicts(page), good);
  assert.equal(await editorText(page), "FROM node:22-alpine\nCOPY\n");
  await site.close(page);
});

test("language, colours and options survive a reload", async () => {
  const page = await open(site);
  const [en, ja] = [await messages("en"), await messages("ja")];
  await page.getByLabel(en.theme).selectOption("dark");
  await page.getByLabel("--target").selectOption("build");
  await page.getByLabel("--no-cache").check();
  await page.getByLabel(en.language).selectOption("ja");
  await page.getByRole("button", { name: ja.build, exact: true }).waitFor();

  await page.reload();
  await ready(page, "ja");
  assert.equal(await page.locator("html").getAttribute("lang"), "ja");
  assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
  assert.equal(await page.getByLabel(ja.theme).inputValue(), "dark");
  assert.equal(await page.getByLabel(ja.language).inputValue(), "ja");
  assert.equal(await page.getByLabel("--target").inputValue(), "build");
  assert.equal(await page.getByLabel("--no-cache").isChecked(), true);
  await site.close(page);
});

test("two tabs with different texts each find their own again, and a third the last", async () => {
  const one = await open(site);
  await retype(one, "FROM scratch\n# the first tab\n");
  const two = await one.context().newPage();
  await two.goto(site.url);
  await wholeEditor(two);
  await retype(two, "FROM scratch\n# the second tab\n");
  for (const [tab, text] of [[one, "the first tab"], [two, "the second tab"]]) {
    await tab.reload();
    await wholeEditor(tab);
    assert.match(await editorText(tab), new RegExp(text));
  }
  const three = await one.context().newPage();
  await three.goto(site.url);
  await wholeEditor(three);
  assert.match(await editorText(three), /the second tab/);
  await site.close(one);
});

for (const plain of [false, true]) {
  test(`when the program stops, the text is in the panel, and there is a way out${plain ? ": in the text area" : ""}`, async () => {
    const page = await open(site, { plain });
    const text = "FROM scratch\nLABEL last=key\n";
    await retype(page, text);
    await page.waitForFunction(() => sessionStorage.getItem("layerlab")?.includes("last=key"));
    await page.evaluate(() => {
      localStorage.setItem("layerlab", "what another tab kept");
      window.layerlab.failed("what went wrong");
    });
    const panel = page.getByRole("alert");
    await panel.waitFor();
    assert.match(await panel.textContent(), /what went wrong/);
    await eventually(page, () => panel.getByRole("textbox").inputValue(), (value) => assert.equal(value, text));
    await panel.getByRole("button", { name: /Start with the sample/ }).click();
    await page.waitForFunction(() => !document.querySelector(".failure:not([hidden])") && document.querySelector(".page"));
    assert.doesNotMatch(await editorText(page), /last=key/);
    const aside = (name) => page.evaluate((name) => localStorage.getItem(name), name);
    assert.match(await aside("layerlab-unreadable"), /last=key/, "set aside, not deleted");
    assert.equal(await aside("layerlab-of-another-tab"), "what another tab kept");
    await site.close(page, { expected: plain ? [/editor/, /uncaught: 0/] : [] });
  });
}

test("what was kept and cannot be read is set aside, and said", async () => {
  for (const [saved, message] of [
    ["{\"format\":\"layerlab\",\"version\":1,", "message-saved-unreadable"],
    ["not even JSON", "message-saved-unreadable"],
    ["{\"format\":\"layerlab\",\"version\":999,\"start\":{}}", "message-saved-by-newer-version"],
  ]) {
    const page = await open(site, { saved });
    const en = await messages();
    const notice = page.locator(".notice");
    await notice.waitFor();
    assert.ok((await notice.textContent()).includes(en[message].split(/[({]/)[0].trim()), await notice.textContent());
    assert.equal(await page.evaluate(() => localStorage.getItem("layerlab-unreadable")), saved, "kept aside");
    assert.equal((await status(page)).kind, "done", "the sample project is open");
    await notice.getByRole("button", { name: en.dismiss }).click();
    await notice.waitFor({ state: "hidden" });
    await tab(page, en["tab-log"]);
    await site.close(page);
  }
});
