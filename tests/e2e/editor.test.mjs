// The editor is one that the browser owns: typing, composing, undo and the Tab key do what they do everywhere.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  build, editor, eventually, messages, open, openFile, problems, retype, saying, spoken, status, steps,
} from "./driver.mjs";
import { start } from "./harness.mjs";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

const caret = (page) => editor(page).evaluate((area) => area.selectionStart);
const select = (page, from, to = from) =>
  editor(page).evaluate((area, range) => {
    area.focus();
    area.setSelectionRange(...range);
  }, [from, to]);

/** The coloured copy behind the text, as far as it is drawn, says the same as the text. */
async function overlayMatches(page) {
  const text = await editor(page).inputValue();
  await eventually(
    page,
    () => page.locator(".overlay__line").allTextContents(),
    (lines) => assert.deepEqual(lines, text.split("\n").slice(0, lines.length)),
  );
}

test("typing in the middle keeps the caret, and the result follows every key", async () => {
  const page = await open(site);
  const before = await editor(page).inputValue();
  const at = before.indexOf("RUN npm ci") + "RUN npm ci".length;
  await select(page, at);
  await page.keyboard.type(" --omit=dev", { delay: 0 });
  assert.equal(await editor(page).inputValue(), `${before.slice(0, at)} --omit=dev${before.slice(at)}`);
  assert.equal(await caret(page), at + " --omit=dev".length, "the caret is behind what was typed");
  assert.ok((await steps(page)).some((step) => step.name.endsWith("RUN npm ci --omit=dev")), "the step has the new command");
  await overlayMatches(page);
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  assert.equal(await caret(page), before.lastIndexOf("\n", at - 1) + 2);
  await overlayMatches(page);
  await site.close(page);
});

test("Japanese can be composed", async () => {
  const page = await open(site, { locale: "ja-JP", language: "ja" });
  const before = await editor(page).inputValue();
  await select(page, 2);
  const client = await page.context().newCDPSession(page);
  // Each key replaces what is being composed; the last choice is committed.
  for (const text of ["b", "び", "びる", "びるど", "ビルド"]) {
    await client.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    assert.equal(await editor(page).inputValue(), before.slice(0, 2) + text + before.slice(2), "while composing");
  }
  await client.send("Input.insertText", { text: "ビルド" });
  const after = `${before.slice(0, 2)}ビルド${before.slice(2)}`;
  assert.equal(await editor(page).inputValue(), after);
  assert.equal(await caret(page), 5);
  await overlayMatches(page);
  // Typing goes on as usual behind it.
  await page.keyboard.type("x");
  assert.equal(await editor(page).inputValue(), `${before.slice(0, 2)}ビルドx${before.slice(2)}`);
  await overlayMatches(page);
  assert.notEqual((await status(page)).kind, "error", "a comment changed");
  await site.close(page);
});

test("Tab leaves the editor, Shift+Tab comes back", async () => {
  const page = await open(site);
  const before = await editor(page).inputValue();
  await select(page, 0);
  await page.keyboard.press("Tab");
  assert.equal(await editor(page).evaluate((area) => area === document.activeElement), false);
  await page.keyboard.press("Shift+Tab");
  assert.equal(await editor(page).evaluate((area) => area === document.activeElement), true);
  assert.equal(await editor(page).inputValue(), before);
  await site.close(page);
});

test("Ctrl+Enter builds what was typed, and types nothing", async () => {
  const page = await open(site);
  const text = `${await editor(page).inputValue()}LABEL a=b\n`;
  await retype(page, text);
  const now = await build(page, { press: () => page.keyboard.press("Control+Enter") });
  assert.equal(now.kind, "done");
  assert.match(now.title, saying((await messages())["status-built"], { build: 2 }));
  assert.equal(await editor(page).inputValue(), text);
  assert.equal(await editor(page).evaluate((area) => area === document.activeElement), true);
  assert.notEqual(await spoken(page), "");
  await site.close(page);
});

test("each build is said, though it comes to the same as the one before", async () => {
  const page = await open(site);
  await page.evaluate(() => {
    const region = document.querySelector("p[role=status].visually-hidden");
    window.said = 0;
    new MutationObserver(() => (window.said += 1)).observe(region, { childList: true, characterData: true, subtree: true });
  });
  for (const times of [1, 2, 3]) {
    await build(page);
    await eventually(page, () => page.evaluate(() => window.said), (said) => assert.ok(said >= times, `${said} of ${times}`));
  }
  await site.close(page);
});

test("what was typed can be undone and redone, by key and by button", async () => {
  const page = await open(site);
  const { undo, redo } = await messages();
  const before = await editor(page).inputValue();
  await select(page, before.length);
  await page.keyboard.type("LABEL a=b\n");
  const typed = await editor(page).inputValue();

  await page.getByRole("button", { name: undo }).click();
  assert.equal(await editor(page).inputValue(), before);
  await overlayMatches(page);
  await page.getByRole("button", { name: redo }).click();
  assert.equal(await editor(page).inputValue(), typed);
  assert.equal(await page.getByRole("button", { name: redo }).isDisabled(), true);

  await openFile(page, "src/config.js");
  const config = await editor(page).inputValue();
  await retype(page, `${config}// more\n`);
  await page.keyboard.press("Control+z");
  await eventually(page, () => editor(page).inputValue(), (text) => assert.equal(text, config));
  await openFile(page, "Dockerfile");
  assert.equal(await editor(page).inputValue(), typed, "the other file's text stays");
  await site.close(page);
});

test("a problem leads to its line", async () => {
  const page = await open(site);
  const en = await messages();
  const text = `${"# far away\n".repeat(200)}FROM node:22-alpine\nMAINTAINER me\nRUN true\n`;
  await retype(page, text);
  const isMeant = (problem) => /MaintainerDeprecated/.test(problem.link);
  const found = await eventually(
    page,
    () => problems(page),
    (found) => assert.ok(found.some(isMeant), JSON.stringify(found)),
  );
  const row = found.findIndex(isMeant);
  assert.match(found[row].line, saying(en["problem-line"], { line: 202 }));
  await page.locator(".problem").nth(row).getByRole("button").click();
  const [line, visible] = await editor(page).evaluate((area) => [
    area.value.slice(area.selectionStart, area.selectionEnd),
    area.scrollTop > 0,
  ]);
  assert.equal(line.trim(), "MAINTAINER me");
  assert.ok(visible, "the editor shows it");
  await site.close(page);
});

test("an error goes away as it is corrected, key by key", async () => {
  const page = await open(site);
  const good = await steps(page);
  const before = await editor(page).inputValue();
  const at = before.indexOf("COPY . .");
  await select(page, at, at + "COPY . .".length);
  const kinds = [];
  for (const key of "COPY . .") {
    await page.keyboard.type(key);
    kinds.push((await status(page)).kind);
  }
  assert.ok(kinds.includes("error"), "COP is no instruction");
  assert.notEqual(kinds.at(-1), "error");
  assert.equal(await editor(page).inputValue(), before);
  assert.deepEqual((await steps(page)).map((step) => step.name), good.map((step) => step.name));
  await site.close(page);
});
