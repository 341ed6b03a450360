// Instructions are moved by key in the editor, as whole: in the text area as in the editor that takes its place.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { editorState, editorText, eventually, messages, open, openFile, saying, select, spoken, retype } from "./driver.mjs";
import { start } from "./harness.mjs";

let site;
let en;
before(async () => {
  site = await start();
  en = await messages();
});
after(() => site?.stop());

const BEFORE =
  'FROM node:22\nWORKDIR /app\nCOPY . .\n# both manifests\nRUN npm ci \\\n  --no-audit\nRUN <<EOF\necho one\nEOF\nCMD ["node"]\n';
const AFTER =
  'FROM node:22\nWORKDIR /app\n# both manifests\nRUN npm ci \\\n  --no-audit\nCOPY . .\nRUN <<EOF\necho one\nEOF\nCMD ["node"]\n';

const has = (page, text) => eventually(page, () => editorText(page), (now) => assert.equal(now, text));
const says = (page, sentence) => eventually(page, () => spoken(page), (text) => assert.match(text, sentence));

for (const [form, options] of [["the text area", { plain: true }], ["the editor", { plain: false }]]) {
  test(`an instruction goes up and down as a whole, and the caret with it (${form})`, async () => {
    const page = await open(site, options);
    await retype(page, BEFORE);
    await select(page, BEFORE.indexOf("--no-audit"));
    await page.keyboard.press("Alt+ArrowUp");
    await has(page, AFTER);
    await eventually(page, async () => (await editorState(page)).from, (from) => {
      assert.equal(from, AFTER.indexOf("--no-audit"), "the caret is where it was in it");
    });
    // What is in the way is said: npm ci has no lock file there.
    await says(page, saying(en["suggest-obstacle-fails"]));
    await says(page, saying(en["order-moved-up"], { name: "RUN npm ci \\" }));
    assert.match(await page.locator(".editor__moved").textContent(), saying(en["order-impossible"]));
    await page.getByRole("button", { name: en["undo"], exact: true }).click();
    await has(page, BEFORE);
    await select(page, BEFORE.indexOf("echo one"));
    await page.keyboard.press("Alt+ArrowUp");
    await eventually(page, () => editorText(page), (text) => assert.match(text, /COPY \. \.\nRUN <<EOF\necho one\nEOF\n# both/));
    await says(page, saying(en["order-moved-up"], { name: "RUN <<EOF" }));
    await select(page, 0);
    await page.keyboard.press("Alt+ArrowUp");
    await says(page, saying(en["order-first"], { name: "FROM node:22" }));
    await page.keyboard.press("Tab");
    assert.equal((await editorState(page)).focused, false, "Tab leaves");
    await site.close(page);
  });
}

test("in another file the line is moved", async () => {
  const page = await open(site);
  await openFile(page, "src/config.js");
  const [first, second, ...rest] = (await editorText(page)).split("\n");
  await select(page, 0);
  await page.keyboard.press("Alt+ArrowDown");
  await has(page, [second, first, ...rest].join("\n"));
  await site.close(page);
});
