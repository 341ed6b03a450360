// The editor is one that the browser owns: typing, composing, undo and the Tab key do what they do everywhere, in the
// text area as in the editor that takes its place.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  build,
  editor,
  editorState,
  editorText,
  eventually,
  messages,
  open,
  pane,
  openFile,
  problems,
  retype,
  saying,
  search,
  select,
  spoken,
  status,
  steps,
  tab,
  wholeEditor,
} from "./driver.mjs";
import { start } from "./harness.mjs";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

const caret = async (page) => (await editorState(page)).from;

const FORMS = [
  ["the text area", { plain: true }],
  ["the editor", { plain: false }],
];
/** A story that goes the same way in either form of the editor. */
function inBoth(story, told) {
  for (const [form, options] of FORMS) test(`${story} (${form})`, () => told(options));
}

/** What is drawn in colours, as far as it is drawn, says the same as the text. */
async function overlayMatches(page) {
  const { text, plain } = await editorState(page);
  await eventually(
    page,
    () => page.locator(plain ? ".overlay__line" : ".cm-line").allTextContents(),
    (lines) => assert.deepEqual(lines, text.split("\n").slice(0, lines.length)),
  );
}

inBoth("typing in the middle keeps the caret, and the result follows every key", async (form) => {
  const page = await open(site, form);
  const before = await editorText(page);
  const at = before.indexOf("RUN npm ci") + "RUN npm ci".length;
  await select(page, at);
  await page.keyboard.type(" --omit=dev", { delay: 0 });
  assert.equal(await editorText(page), `${before.slice(0, at)} --omit=dev${before.slice(at)}`);
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

inBoth("Japanese can be composed", async (form) => {
  const page = await open(site, { ...form, locale: "ja-JP", language: "ja" });
  const before = await editorText(page);
  await select(page, 2);
  const client = await page.context().newCDPSession(page);
  // Each key replaces what is being composed; the last choice is committed.
  for (const text of ["b", "び", "びる", "びるど", "ビルド"]) {
    await client.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    assert.equal(await editorText(page), before.slice(0, 2) + text + before.slice(2), "while composing");
  }
  await client.send("Input.insertText", { text: "ビルド" });
  const after = `${before.slice(0, 2)}ビルド${before.slice(2)}`;
  assert.equal(await editorText(page), after);
  assert.equal(await caret(page), 5);
  await overlayMatches(page);
  // Typing goes on as usual behind it.
  await page.keyboard.type("x");
  assert.equal(await editorText(page), `${before.slice(0, 2)}ビルドx${before.slice(2)}`);
  await overlayMatches(page);
  assert.notEqual((await status(page)).kind, "error", "a comment changed");
  await site.close(page);
});

inBoth("Tab leaves the editor, Shift+Tab comes back", async (form) => {
  const page = await open(site, form);
  const before = await editorText(page);
  await select(page, 0);
  await page.keyboard.press("Tab");
  assert.equal((await editorState(page)).focused, false);
  await page.keyboard.press("Shift+Tab");
  assert.equal((await editorState(page)).focused, true);
  assert.equal(await editorText(page), before);
  await site.close(page);
});

inBoth("Ctrl+Enter builds what was typed, and types nothing", async (form) => {
  const page = await open(site, form);
  const text = `${await editorText(page)}LABEL a=b\n`;
  await retype(page, text);
  const now = await build(page, { press: () => page.keyboard.press("Control+Enter") });
  assert.equal(now.kind, "done");
  assert.match(now.title, saying((await messages())["status-built"], { build: 2 }));
  assert.equal(await editorText(page), text);
  assert.equal((await editorState(page)).focused, true);
  assert.notEqual(await spoken(page), "");
  await site.close(page);
});

test("another text is coloured from its beginning, and what is typed at once", async () => {
  const page = await open(site);
  await retype(page, "FROM alpine:3.22\nRUN echo $HOME\n");
  const colours = () =>
    page.locator(".cm-line span").evaluateAll((spans) => spans.map(({ className, textContent }) => `${className} ${textContent}`));
  const wanted = ["tok-keyword FROM", "tok-name alpine:3.22", "tok-keyword RUN", "tok-variable $HOME"];
  await eventually(page, colours, (found) => assert.deepEqual(found.slice(0, wanted.length), wanted));
  await select(page, 0);
  await page.keyboard.type("ARG A\n");
  await eventually(page, colours, (found) => assert.equal(found[0], "tok-keyword ARG"));
});

test("the editor comes while one types: text, caret and focus stay, and a composition is waited for", async () => {
  const page = await site.newPage();
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route("**/editor.js", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(site.url);
  await page.locator("textarea.editor__text").waitFor();
  const before = await editorText(page);
  await select(page, 2);
  await page.keyboard.type("a");
  const client = await page.context().newCDPSession(page);
  await client.send("Input.imeSetComposition", { text: "び", selectionStart: 1, selectionEnd: 1 });
  const loaded = page.waitForResponse("**/editor.js");
  release();
  await (await loaded).finished();
  await page.evaluate(async () => void (await import(new URL("editor.js", document.baseURI).href)));
  await client.send("Input.imeSetComposition", { text: "びる", selectionStart: 2, selectionEnd: 2 });
  assert.equal((await editorState(page)).plain, true, "not while something is composed");
  await client.send("Input.insertText", { text: "ビル" });
  await wholeEditor(page);
  const text = `${before.slice(0, 2)}aビル${before.slice(2)}`;
  const { focused, from, text: now } = await editorState(page);
  assert.deepEqual({ focused, from, now }, { focused: true, from: 5, now: text });
  await page.keyboard.type("x");
  assert.equal(await editorText(page), `${before.slice(0, 2)}aビルx${before.slice(2)}`);
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

inBoth("what was typed can be undone and redone, by key and by button", async (form) => {
  const page = await open(site, form);
  const { undo, redo } = await messages();
  const before = await editorText(page);
  await select(page, before.length);
  await page.keyboard.type("LABEL a=b\n");
  const typed = await editorText(page);

  await page.getByRole("button", { name: undo }).click();
  assert.equal(await editorText(page), before);
  await overlayMatches(page);
  await page.getByRole("button", { name: redo }).click();
  assert.equal(await editorText(page), typed);
  assert.equal(await page.getByRole("button", { name: redo }).isDisabled(), true);

  await openFile(page, "src/config.js");
  const config = await editorText(page);
  await retype(page, `${config}// more\n`);
  await page.keyboard.press("Control+z");
  await eventually(page, () => editorText(page), (text) => assert.equal(text, config));
  await openFile(page, "Dockerfile");
  assert.equal(await editorText(page), typed, "the other file's text stays");
  await site.close(page);
});

inBoth("a problem leads to its line", async (form) => {
  const page = await open(site, form);
  const en = await messages();
  const text = `${"# far away\n".repeat(200)}FROM node:22-alpine\nMAINTAINER me\nRUN true\n`;
  await retype(page, text);
  await tab(page, en["tab-problems"]);
  const isMeant = (problem) => /MaintainerDeprecated/.test(problem.link);
  const found = await eventually(
    page,
    () => problems(page),
    (found) => assert.ok(found.some(isMeant), JSON.stringify(found)),
  );
  const row = found.findIndex(isMeant);
  assert.match(found[row].line, saying(en["problem-line"], { line: 202 }));
  await page.locator(".problem").nth(row).getByRole("button").click();
  const now = await eventually(page, () => editorState(page), ({ top }) => assert.ok(top > 0, "the editor shows it"));
  assert.equal(now.text.slice(now.from, now.to).trim(), "MAINTAINER me");
  await site.close(page);
});

inBoth("an error goes away as it is corrected, key by key", async (form) => {
  const page = await open(site, form);
  const good = await steps(page);
  const before = await editorText(page);
  const at = before.indexOf("COPY . .");
  await select(page, at, at + "COPY . .".length);
  const kinds = [];
  for (const key of "COPY . .") {
    await page.keyboard.type(key);
    kinds.push((await status(page)).kind);
  }
  assert.ok(kinds.includes("error"), "COP is no instruction");
  assert.notEqual(kinds.at(-1), "error");
  assert.equal(await editorText(page), before);
  assert.deepEqual((await steps(page)).map((step) => step.name), good.map((step) => step.name));
  await site.close(page);
});

/** What is offered, as labels. */
const offers = (page) => page.locator(".cm-tooltip-autocomplete .cm-completionLabel").allTextContents();
const waitForOffers = (page, check) => eventually(page, () => offers(page), check);

/** Takes what is chosen, as soon as a key may: not the one that was pressed as it came up. */
async function take(page) {
  await page.locator(".cm-tooltip-autocomplete li[aria-selected]").waitFor();
  await page.evaluate(async () => {
    for (let frame = 0; frame < 10; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
  });
  await page.keyboard.press("Enter");
}

test("what could stand at the caret is offered as one types, and taken with Enter", async () => {
  const page = await open(site);
  const before = await editorText(page);
  await select(page, before.length);
  await page.keyboard.type("cop");
  await waitForOffers(page, (found) => assert.deepEqual(found.slice(0, 1), ["COPY"]));
  await take(page);
  await page.keyboard.type("--fr");
  await waitForOffers(page, (found) => assert.deepEqual(found, ["--from"]));
  await take(page);
  // What can follow is offered at once: the stages before this one, and images.
  await waitForOffers(page, (found) => assert.equal(found[0], "build"));
  await take(page);
  await page.keyboard.type(" /app /x");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Enter");
  await page.keyboard.type("LABEL port=$PO");
  await waitForOffers(page, (found) => assert.deepEqual(found, ["$PORT"]));
  assert.match(await page.locator(".cm-completionDetail").first().textContent(), /8080/);
  await take(page);
  await page.keyboard.press("Enter");
  assert.equal(await editorText(page), `${before}COPY --from=build /app /x\nLABEL port=$PORT\n`);
  assert.notEqual((await status(page)).kind, "error");
  await site.close(page);
});

test("a word that is whole needs no second Enter, and Escape takes offers away", async () => {
  const page = await open(site);
  const before = await editorText(page);
  await select(page, before.length);
  await page.keyboard.type("COPY . .");
  await page.keyboard.press("Enter");
  await page.keyboard.type("RUN");
  await waitForOffers(page, (found) => assert.ok(found.includes("RUN")));
  await page.keyboard.press("Enter");
  assert.equal(await editorText(page), `${before}COPY . .\nRUN\n`);
  await page.keyboard.type("EX");
  await waitForOffers(page, (found) => assert.ok(found.includes("EXPOSE")));
  await page.keyboard.press("Escape");
  await waitForOffers(page, (found) => assert.deepEqual(found, []));
  await page.keyboard.press("Tab");
  assert.equal((await editorState(page)).focused, false, "Tab leaves the editor");
  await site.close(page);
});

for (const language of ["en", "ja"]) {
  test(`a text is found and replaced, in ${language}`, async () => {
    const page = await open(site, { locale: language, language });
    const words = await messages(language);
    const before = await editorText(page);
    await search(page, "npm");
    const panel = page.locator(".cm-search");
    assert.equal(await panel.getByRole("textbox").first().getAttribute("aria-label"), words["search-find"]);
    await page.keyboard.press("Enter");
    const { text, from, to } = await editorState(page);
    assert.equal(text.slice(from, to), "npm");
    assert.ok((await page.locator(".cm-searchMatch").count()) >= 2);
    await panel.getByRole("textbox", { name: words["search-replace"] }).fill("yarn");
    await panel.getByRole("button", { name: words["search-replace-all"], exact: true }).click();
    assert.equal(await editorText(page), before.replaceAll("npm", "yarn"));
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "detached" });
    assert.equal((await editorState(page)).focused, true, "back in the text");
    await page.keyboard.press("Control+z");
    assert.equal(await editorText(page), before);
    await site.close(page);
  });
}

test("a place is explained to the mouse and to the keyboard", async () => {
  const page = await open(site);
  const en = await messages();
  const text = await editorText(page);
  await page.locator(".cm-line", { hasText: /^RUN npm ci/ }).locator(".tok-keyword").hover();
  const note = page.locator(".note");
  await note.waitFor();
  assert.match(await note.textContent(), saying(en["about-RUN"]));
  assert.ok((await note.textContent()).includes("15.7MB"), "what its layer weighs");
  await page.mouse.move(0, 0);
  await note.waitFor({ state: "detached" });
  await select(page, text.indexOf("--from=build") + 3);
  await page.keyboard.press("Control+i");
  await note.waitFor();
  assert.equal(await note.evaluate((element) => element === document.activeElement), true);
  assert.match(await note.getAttribute("aria-label"), saying(en["about-flag-from"]));
  await page.keyboard.press("Escape");
  await note.waitFor({ state: "detached" });
  assert.equal((await editorState(page)).focused, true, "back in the text");
  await site.close(page);
});

test("Ctrl+Z takes back what was typed piece by piece, then what the session did before", async () => {
  const page = await open(site);
  const before = await editorText(page);
  await page.getByRole("button", { name: "touch", exact: true }).click();
  await select(page, before.length);
  await page.keyboard.type("LABEL a=b");
  await page.keyboard.press("Enter");
  await page.keyboard.insertText("LABEL c=d");
  await page.keyboard.press("Control+z");
  assert.equal(await editorText(page), `${before}LABEL a=b`);
  await page.keyboard.press("Control+y");
  assert.equal(await editorText(page), `${before}LABEL a=b\nLABEL c=d`);
  const { undo } = await messages();
  await page.getByRole("button", { name: undo }).click();
  await eventually(page, () => editorText(page), (text) => assert.equal(text, before));
  await select(page, 0);
  await page.keyboard.press("Control+z");
  assert.equal(await page.getByRole("button", { name: undo }).isDisabled(), true, "touch is taken back too");
  assert.equal(await editorText(page), before);
  await site.close(page);
});

inBoth("each instruction's sign says what happens to it, and what its layer weighs", async (form) => {
  const page = await open(site, form);
  const rows = page.locator(form.plain ? ".gutter .gutter__row" : ".cm-rows .gutter__row");
  const en = await messages();
  const row = rows.filter({ has: page.locator(".gutter__number", { hasText: /^8$/ }) });
  assert.equal(await row.getAttribute("title"), `${en["state-ran"]} · 15.7MB`);
  const width = (row) => row.locator(".gutter__bar").evaluate((bar) => bar.getBoundingClientRect().width);
  const other = rows.filter({ has: page.locator(".gutter__number", { hasText: /^7$/ }) });
  assert.ok((await width(row)) > 10 * (await width(other)), "the bar of the heaviest layer is the longest");
  await build(page);
  await eventually(page, () => row.getAttribute("title"), (title) => assert.ok(title.startsWith(en["state-cached"])));
  await site.close(page);
});

test("on a phone what is offered does not lie over the bar below", async () => {
  const page = await open(site, { viewport: { width: 360, height: 740 } });
  await pane(page, "source");
  await retype(page, `FROM alpine:3.22\n${"RUN true\n".repeat(23)}`);
  await page.keyboard.press("Control+End");
  await page.keyboard.type("C");
  const offered = page.locator(".cm-tooltip-autocomplete");
  await offered.waitFor();
  const [list, bar] = [await offered.boundingBox(), await page.locator(".pane-bar").boundingBox()];
  assert.ok(list.y + list.height <= bar.y + 1, `${list.y + list.height} and ${bar.y}`);
  await build(page);
  await site.close(page);
});
