// What a person does with the page and sees in it, as functions of a Playwright page.
//
// Everything is found by its role and name, as a screen reader finds it; names are those of web/locales, so that a
// sentence can be worded better without touching a test. Only what is drawn in rows (steps, files, layers) is read by
// its class.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { base } from "./recorded.mjs";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const LOCALES = path.join(HERE, "..", "..", "web", "locales");
const PATIENCE_MS = 15_000;

/** The simple messages of a language by name, for looking things up in the page: those with a selector are left out. */
export async function messages(language = "en") {
  const text = await readFile(path.join(LOCALES, `${language}.ftl`), "utf8");
  const found = [...text.matchAll(/^([a-zA-Z][\w-]*) = (.*)$/gm)];
  return Object.fromEntries(found.filter(([, , value]) => !value.endsWith("->")).map(([, name, value]) => [name, value]));
}

/** A message with its arguments, as a regular expression; arguments that are not given can be anything. */
export function saying(message, args = {}) {
  const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const parts = message.split(/\{ ?\$(\w+) ?\}/);
  return new RegExp(
    parts.map((part, at) => (at % 2 === 0 ? escape(part) : part in args ? escape(String(args[part])) : "(.*)")).join(""),
  );
}

/** Waits, frame by frame, until what `read` gives passes `check`; then gives it. Fails with what `check` said last. */
export async function eventually(page, read, check) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const value = await read();
    try {
      check(value);
      return value;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => resolve())));
  }
}

/**
 * Opens the page in a new browser profile, and waits until its base images are known.
 * @param {object} options of the browser; `recordedBase`: names of recorded base images to serve in place of the catalog's;
 *   `saved`: what an earlier visit kept; `language`: that the page is expected to open in; `plain`: the editor cannot
 *   be loaded, so that the text area stays
 */
export async function open(site, { recordedBase = [], saved, language = "en", plain = false, ...options } = {}) {
  const page = await site.newPage(options);
  if (plain) await page.route("**/editor.js", (route) => route.fulfill({ contentType: "text/javascript", body: "throw 0" }));
  const images = [];
  for (const name of recordedBase) {
    images.push({ reference: JSON.parse(await readFile(base(name), "utf8")).reference });
    await page.route(`**/catalog/images/${name}.json`, (route) => route.fulfill({ path: base(name) }));
  }
  if (images.length > 0) {
    await page.route("**/catalog/index.json", async (route) => {
      const index = await (await route.fetch()).json();
      await route.fulfill({ json: { images: [...index.images, ...images] } });
    });
  }
  if (saved !== undefined) {
    // Only into an empty profile: what the page keeps itself stays through a reload.
    await page.addInitScript((text) => {
      if (localStorage.getItem("layerlab") === null) localStorage.setItem("layerlab", text);
    }, saved);
  }
  await page.goto(site.url);
  await ready(page, language);
  if (!plain) await wholeEditor(page);
  return page;
}

/** Brings one of the panes that a small screen shows one at a time into sight: `source`, `context`, `result`. */
export async function pane(page, name) {
  const button = page.locator(`.pane-bar__button.is-${name}`);
  if (await button.isVisible()) await button.click();
}

/** Waits until the page is drawn and the facts that it asked for are there. */
export async function ready(page, language = "en") {
  await page.locator(".page[aria-busy=false]").waitFor();
  const words = await messages(language);
  const unknown = words["base-unknown"];
  await tab(page, words["tab-steps"]);
  await eventually(
    page,
    () => page.locator(".stage__base").allTextContents(),
    (bases) => assert.ok(!bases.some((text) => text.includes(unknown)), `base images that are not known: ${bases}`),
  );
}

const EDITOR = '[aria-describedby^="editor-help"]';

/** What one types into: the text area, or the editor that takes its place once it is there. */
export const editor = (page) => page.locator(`${EDITOR}:visible`);

/** What stands in the editor, what of it is selected, what it is called, whether it has the focus, how far it is down. */
export async function editorState(page) {
  await editor(page).waitFor();
  return page.evaluate(async (selector) => {
    const element = [...document.querySelectorAll(selector)].find((element) => element.checkVisibility());
    const shared = { label: element.getAttribute("aria-label"), focused: document.activeElement === element };
    if (element.matches("textarea")) {
      const { value: text, selectionStart: from, selectionEnd: to, scrollTop: top } = element;
      return { ...shared, plain: true, text, from, to, top };
    }
    // Of a long text the page holds what is in sight; the editor knows all of it.
    const { editorOf } = await import(new URL("editor.js", document.baseURI).href);
    const { state, scrollDOM } = editorOf(element);
    const { from, to } = state.selection.main;
    return { ...shared, plain: false, text: state.doc.toString(), from, to, top: scrollDOM.scrollTop };
  }, EDITOR);
}

/** The text in the editor. */
export const editorText = async (page) => (await editorState(page)).text;

/** Puts the caret into the editor, or selects a part of its text. */
export async function select(page, from, to = from) {
  await pane(page, "source");
  await editor(page).evaluate(
    async (element, [from, to]) => {
      element.focus();
      if (element.matches("textarea")) return element.setSelectionRange(from, to);
      const { editorOf } = await import(new URL("editor.js", document.baseURI).href);
      return editorOf(element).dispatch({ selection: { anchor: from, head: to } });
    },
    [from, to],
  );
}

/** Waits until the editor has taken the place of the text area. */
export const wholeEditor = (page) => page.locator(".cm-content").waitFor({ state: "attached" });

/** Opens the editor's search, as soon as it is there, and looks for a text. */
export async function search(page, text) {
  await pane(page, "source");
  await editor(page).focus();
  const box = page.locator(".cm-search [main-field]");
  await eventually(
    page,
    async () => {
      await page.keyboard.press("Control+f");
      return box.count();
    },
    (count) => assert.equal(count, 1, "the search opens"),
  );
  await box.pressSequentially(text);
}

/** The rows of the file tree: path, size, whether it is a folder, what it says besides, its icon's path. */
export const files = (page) =>
  page.locator(".tree__file").evaluateAll((rows) => {
    const folders = [];
    return rows.map((row) => {
      const depth = Number(row.style.getPropertyValue("--depth"));
      const name = row.querySelector(".tree__name").textContent;
      const shown = (selector) => {
        const element = row.querySelector(selector);
        return element && !element.hidden ? element.textContent : null;
      };
      folders.length = depth;
      const path = [...folders, name].join("/");
      folders.push(name);
      return {
        path,
        folder: row.hasAttribute("aria-expanded"),
        size: shown(".tree__size"),
        edited: shown(".tree__changed") !== null,
        ignored: shown(".tree__ignored"),
        icon: row.querySelector(":scope > .icon path").getAttribute("d"),
        open: row.getAttribute("aria-current") === "true",
      };
    });
  });

/** Opens a file in the editor by pressing its row. */
export async function openFile(page, name) {
  const at = (await files(page)).findIndex((file) => file.path === name);
  assert.ok(at >= 0, `${name} is in the list of files`);
  await pane(page, "context");
  await page.locator(".tree__file").nth(at).click();
  await eventually(
    page,
    async () => (await editorState(page)).label,
    (label) => assert.ok(label.includes(name), `the editor has ${name}, not ${label}`),
  );
}

/** Changes the text in the editor as a person does: selects what is to go, and types or deletes. */
export async function retype(page, text) {
  const before = await editorText(page);
  let start = 0;
  while (start < Math.min(before.length, text.length) && before[start] === text[start]) start += 1;
  let same = 0;
  while (
    same < Math.min(before.length, text.length) - start &&
    before[before.length - 1 - same] === text[text.length - 1 - same]
  ) {
    same += 1;
  }
  const typed = text.slice(start, text.length - same);
  await select(page, start, before.length - same);
  if (typed === "") await page.keyboard.press("Delete");
  else await page.keyboard.insertText(typed);
  assert.equal(await editorText(page), text, "the editor has what was typed");
}

/** What the page says of the result on the screen. */
export async function status(page) {
  const line = page.locator(".status__line");
  const of = (selector) => page.locator(selector).textContent();
  const hidden = (selector) => page.locator(selector).evaluate((element) => element.hidden);
  const classes = await page.locator(".status").getAttribute("class");
  return {
    kind: classes.match(/is-(\w+)/)?.[1],
    title: await line.locator(".status__title").textContent(),
    edited: await of(".status__edited"),
    message: (await hidden(".status__message")) ? null : await of(".status__message code"),
    line: (await hidden(".status__message .link")) ? null : await of(".status__message .link"),
    older: !(await hidden(".status__older")),
  };
}

/** What a screen reader was told last. */
export const spoken = (page) => page.locator("p[role=status].visually-hidden").textContent();

/** Presses Build (or calls `press`) and waits until the page says what came of it. */
export async function build(page, { language = "en", press } = {}) {
  const { build: name } = await messages(language);
  const before = await status(page);
  await (press ? press() : page.getByRole("button", { name, exact: true }).click());
  return eventually(
    page,
    () => status(page),
    (now) => {
      assert.notEqual(now.kind, "preview", "the build is shown");
      if (now.kind === "done") assert.notEqual(now.title, before.title, "another build than before");
    },
  );
}

/** The steps of the result: name, state (`hit`, `run`, `error`, `idle`), reason, size, time. */
export const steps = (page) =>
  page.locator("li.step").evaluateAll((rows) =>
    rows.map((row) => ({
      name: row.querySelector(".step__name").textContent,
      state: [...row.classList].find((name) => /^is-(hit|run|error|idle)$/.test(name))?.slice(3),
      reason: row.querySelector(".step__why").textContent,
      size: row.querySelector(".step__size").textContent,
      basis: row.querySelector(".step__bytes .basis:not([hidden])")?.title ?? null,
      time: row.querySelector(".step__time").textContent,
    })),
  );

/**
 * The steps as a recording has them. A step that several stages share stands in each of them, and counts once. Whether
 * the engine marks a FROM depends on more than builds (see the conformance cases), so none is compared.
 */
export async function verdicts(page) {
  const shown = new Map();
  for (const { name, state } of await steps(page)) {
    assert.equal(shown.get(name) ?? state, state, `${name} says the same wherever it stands`);
    shown.set(name, state);
  }
  return [...shown].map(([name, state]) => compared({ name, cached: state === "hit" }));
}

/** A recorded step with what of it is compared. */
export const compared = ({ name, cached }) => (/^\[[^\]]*\] FROM /.test(name) ? { name } : { name, cached });

/** The list of problems: severity, line, Docker's words, the words of its link to the rule. */
export async function problems(page) {
  const before = page.locator('[role=tab][aria-selected=true][id^="tab-result-"]');
  const id = await before.getAttribute("id");
  await page.locator("#tab-result-problems").click();
  const found = await page.locator(".problem").evaluateAll((rows) =>
    rows.map((row) => ({
      severity: row.querySelector(".verdict").textContent,
      line: row.querySelector("button").textContent,
      docker: row.querySelector(".problem__docker").textContent,
      link: row.querySelector("a:not([hidden])")?.textContent ?? null,
    })),
  );
  await page.locator(`#${id}`).click();
  return found;
}

/** Opens a tab of the result. */
export async function tab(page, name) {
  await pane(page, "result");
  const button = page.getByRole("tab", { name: new RegExp(`^${name}`) });
  await button.click();
  assert.equal(await button.getAttribute("aria-selected"), "true");
}

/** The rows of docker history: command and size, newest first; and their sum. */
export async function history(page, { language = "en" } = {}) {
  const words = await messages(language);
  await tab(page, words["tab-layers"]);
  const rows = await page.locator("table.history tbody tr").evaluateAll((rows) =>
    rows.map((row) => ({ created_by: row.cells[0].textContent, size: row.cells[1].textContent })),
  );
  const sum = await page.locator("table.history tfoot td").textContent();
  const stack = await page.locator(".stack .layer").evaluateAll((layers) =>
    layers.map((layer) => ({
      base: layer.classList.contains("is-base"),
      created_by: layer.querySelector(".layer__what").textContent,
      size: layer.querySelector(".layer__size").firstChild.textContent,
    })),
  );
  await tab(page, words["tab-steps"]);
  return { rows, sum, stack };
}

/** Unfolds a step and reads the entries of its layer. */
export async function entries(page, name) {
  const row = page.locator("li.step").filter({ has: page.getByText(name, { exact: true }) });
  const button = row.locator("button.step__row");
  if ((await button.getAttribute("aria-expanded")) !== "true") await button.click();
  await row.locator(".details").waitFor();
  const found = await row.locator(".layer-file").evaluateAll((files) =>
    files.map((file) => ({
      path: file.querySelector(".layer-file__path").textContent,
      mode: file.querySelector(".layer-file__mode").textContent,
      size: file.querySelector(".layer-file__size").textContent,
    })),
  );
  await button.click();
  return found;
}

/** The log as `docker build` prints it: line by line, or (`log-terminal`) as a terminal shows it. */
export async function log(page, { language = "en", form = "log-plain" } = {}) {
  const words = await messages(language);
  await tab(page, words["tab-log"]);
  await page.getByRole("button", { name: words[form], exact: true }).click();
  const text = await page.locator(".log pre").textContent();
  await tab(page, words["tab-steps"]);
  return text;
}

/** A click is answered: the page opens and closes a menu. */
export async function answersAClick(page, language = "en") {
  const { more } = await messages(language);
  const menu = page.locator("details.popover").filter({ has: page.getByText(more, { exact: true }) });
  await menu.locator("summary").click();
  assert.equal(await menu.evaluate((element) => element.open), true);
  await menu.locator("summary").click();
  assert.equal(await menu.evaluate((element) => element.open), false);
}
