// A whole round without a mouse: every stop shows where one is.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { build, editor, editorState, messages, open, status, steps } from "./driver.mjs";
import { start } from "./harness.mjs";

let site;
let en;
before(async () => {
  site = await start();
  en = await messages();
});
after(() => site?.stop());

const MOST_STOPS = 160;

/** What has the focus: role, what it says, and whether it shows. */
const focused = (page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const { width, height } = element.getBoundingClientRect();
    const look = (of) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(of);
      return (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none";
    };
    // A text area may leave it to the frame around it.
    const frame = element.matches("textarea, .cm-content") ? element.closest(".cm-editor, .editor") : null;
    return {
      is: `${element.tagName.toLowerCase()}.${element.className}`,
      editor: element.getAttribute("aria-describedby")?.startsWith("editor-help") ?? false,
      says: (element.getAttribute("aria-label") ?? (element.labels?.[0] ?? element).textContent).trim().slice(0, 60),
      shows: look(element) || (frame !== null && look(frame)),
      seen: width > 0 && height > 0,
    };
  });

/** Presses Tab until what has the focus passes. */
async function tabTo(page, what, passes, key = "Tab") {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press(key);
    const now = await focused(page);
    if (now && passes(now)) {
      assert.ok(now.shows, `the focus on ${what} shows: ${JSON.stringify(now)}`);
      return now;
    }
  }
  assert.fail(`${what} is not reached with ${key}`);
}

test("a round by keyboard: open a file, edit it, build, look at a step, change the tab", async () => {
  const page = await open(site);
  // The tree is one stop: arrows move in it.
  await tabTo(page, "the files", (now) => /tree/.test(now.is));
  await tabTo(page, "config.js", (now) => now.says.includes("config.js"), "ArrowDown");
  await page.keyboard.press("Enter");
  assert.match((await editorState(page)).label, /src\/config\.js/);

  await tabTo(page, "the editor", (now) => now.editor, "Shift+Tab");
  await page.keyboard.press("Control+End");
  await page.keyboard.type("// by keyboard");
  assert.equal((await status(page)).kind, "preview");
  await page.keyboard.press("Tab");
  assert.equal((await focused(page)).editor, false, "Tab leaves the editor");

  await tabTo(page, "Build", (now) => now.says === en.build, "Shift+Tab");
  const now = await build(page, { press: () => page.keyboard.press("Space") });
  assert.equal(now.kind, "done");

  await tabTo(page, "the tabs of the result", (now) => now.is === "button.tab" && now.says.startsWith(en["tab-steps"]));
  const again = (await steps(page)).findIndex((step) => step.state === "run" && step.reason !== "");
  const { name } = (await steps(page))[again];
  await tabTo(page, name, (now) => now.is.includes("step__row") && now.says.includes(name.slice(0, 40)));
  await page.keyboard.press("Enter");
  const details = page.locator("li.step").nth(again).locator(".details");
  await details.waitFor();
  await tabTo(page, "the line of the step", (now) => now.says.startsWith(en["step-line"].split("{")[0].trim()));
  await page.keyboard.press("Enter");
  assert.match((await editorState(page)).label, /Dockerfile/, "the Dockerfile is open at its line");
  const { text, from, to } = await editorState(page);
  const line = text.slice(from, to);
  assert.ok(name.endsWith(line.trim()), line);
  assert.equal((await focused(page)).editor, true, "the caret is there");

  await tabTo(page, "the tabs of the result", (now) => now.is === "button.tab" && now.says.startsWith(en["tab-steps"]));
  await page.keyboard.press("ArrowRight");
  assert.ok((await focused(page)).says.startsWith(en["tab-layers"]));
  assert.ok((await focused(page)).shows);
  await page.locator("table.history").waitFor();
  await page.keyboard.press("End");
  assert.ok((await focused(page)).says.startsWith(en["tab-compare"]));
  await page.keyboard.press("ArrowRight");
  assert.ok((await focused(page)).says.startsWith(en["tab-graph"]), "behind the last comes the first");
  await site.close(page);
});

test("every stop of the Tab key shows, is on the screen and has a name", async () => {
  const page = await open(site);
  const wrong = [];
  let stops = 0;
  for (; stops < MOST_STOPS; stops += 1) {
    await page.keyboard.press("Tab");
    const now = await focused(page);
    if (!now) break;
    if (!now.shows || !now.seen || now.says === "") wrong.push(now);
  }
  assert.deepEqual(wrong, []);
  assert.ok(stops >= 20 && stops < MOST_STOPS, `${stops} stops`);
  await site.close(page);
});

test("a question for a name begins in its box, and Escape takes it back", async () => {
  const page = await open(site);
  await tabTo(page, "New file", (now) => now.says === en["file-new"]);
  await page.keyboard.press("Enter");
  assert.equal(await page.getByLabel(en["file-new-name"]).evaluate((box) => box === document.activeElement), true);
  await page.keyboard.press("Escape");
  assert.equal(await page.getByLabel(en["file-new-name"]).isVisible(), false);
  const now = await focused(page);
  assert.equal(now?.says, en["file-new"], "the focus goes back to the button");
  await site.close(page);
});

test("the list of keys opens on ?, unless one types or has switched that off", async () => {
  const page = await open(site);
  const list = page.getByRole("dialog", { name: en["keys-title"] });
  const on = list.getByRole("checkbox", { name: en["keys-list-on"] });
  await page.keyboard.press("?");
  await list.waitFor();
  assert.ok(await list.getByText(en["keys-find"]).isVisible());
  await page.keyboard.press("Escape");
  await list.waitFor({ state: "hidden" });

  await editor(page).focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("# why?");
  assert.equal(await list.isVisible(), false);
  assert.ok((await editorState(page)).text.endsWith("# why?"), "it is typed");

  await page.getByRole("button", { name: en["keys-button"] }).click();
  await on.uncheck();
  await page.keyboard.press("Escape");
  await page.reload();
  await page.getByRole("button", { name: en["keys-button"] }).focus();
  await page.keyboard.press("?");
  assert.equal(await list.isVisible(), false, "it is switched off");
  await page.keyboard.press("Enter");
  assert.equal(await on.isChecked(), false);
  await on.check();
  await page.keyboard.press("Escape");
  assert.ok((await focused(page)).says.startsWith(en["keys-button"]), "the focus goes back");
  await page.keyboard.press("?");
  await list.waitFor();
  await site.close(page);
});

test("closed menus are opened, used and left by keyboard", async () => {
  const page = await open(site);
  await tabTo(page, "--build-arg", (now) => now.is.startsWith("summary") && now.says.startsWith("--build-arg"));
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.type("NODE_ENV");
  await page.keyboard.press("Tab");
  await page.keyboard.type("test");
  await page.keyboard.press("Enter");
  await page.getByText("NODE_ENV=test").waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await page.getByText("NODE_ENV=test").isVisible(), false, "Escape closes it");
  await site.close(page);
});
