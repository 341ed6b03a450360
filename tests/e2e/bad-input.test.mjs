// Whatever is typed, pasted or kept: a message or a result, a page that answers, and nothing lost.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  answersAClick, build, editor, editorText, eventually, files, messages, open, openFile, problems, ready, saying,
  status, steps, tab,
} from "./driver.mjs";
import { start } from "./harness.mjs";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

/**
 * Deletes all that is in the editor and pastes. Chromium itself takes minutes to type many lines at once, or to paste them
 * over a selection.
 */
async function paste(page, text) {
  await editor(page).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  if (text === "") return;
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate((text) => navigator.clipboard.writeText(text), text);
  await page.keyboard.press("Control+v");
}

/** What the page says of the text that is in the editor now: large ones are analysed when typing rests. */
async function settled(page) {
  await eventually(page, () => page.locator(".editor").getAttribute("data-stale"), (stale) => assert.equal(stale, null));
  return status(page);
}

/** As a text area has it: every line end is a line feed, as the HTML standard says. */
const asTyped = (text) => text.replace(/\r\n?/g, "\n");

/** Pastes, waits, clicks, builds, and looks whether all is still there. Prints how long each took. */
async function survives(t, text, check) {
  const page = await open(site);
  const good = await steps(page);
  const clock = performance.now();
  const took = [];
  const lap = (what) => took.push(`${what} ${Math.round(performance.now() - clock)} ms`);
  await paste(page, text);
  lap("pasted");
  const now = await settled(page);
  lap("settled");
  await answersAClick(page);
  lap("clicked");
  assert.ok((await editorText(page)) === asTyped(text), "the text is as it was typed");
  await check(now, page, good);
  await build(page);
  lap("built");
  for (const name of ["tab-layers", "tab-log", "tab-steps"]) await tab(page, (await messages())[name]);
  lap("tabs");
  await editor(page).press("Control+End");
  await page.keyboard.type("\n# x");
  lap("typed on");
  await settled(page);
  await openFile(page, "package.json");
  await openFile(page, "Dockerfile");
  lap("other file and back");
  assert.ok((await editorText(page)) === `${asTyped(text)}\n# x`, "nothing is lost on the way");
  t.diagnostic(took.join(", "));
  await site.close(page);
}

/** There is a message of Docker's, and the result before stays. */
const refused = (message) => async (now, page, good) => {
  assert.equal(now.kind, "error");
  assert.match(now.message, message);
  assert.equal(now.older, true);
  assert.deepEqual(await steps(page), good);
};

const accepted = (count) => async (now, page) => {
  assert.notEqual(now.kind, "error", now.message);
  // One more: FROM.
  const tabs = page.getByRole("tab", { name: /^Steps/ });
  assert.match(await tabs.textContent(), new RegExp(`${count}$`));
};

test("an empty Dockerfile", (t) => survives(t, "", refused(/the Dockerfile cannot be empty/i)));
test("only white space", (t) => survives(t, " \n\t\n\n", refused(/file with no instructions|cannot be empty/i)));
test("only comments", (t) => survives(t, "# nothing\n# at all\n", refused(/file with no instructions|cannot be empty/i)));

test("binary junk", (t) => {
  // A fixed sequence (xorshift) of all characters but those that no text area has.
  let state = 0x2545f491;
  const junk = Array.from({ length: 20_000 }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const code = (state >>> 0) % 0x300;
    return code === 0 ? "\ufffd" : String.fromCharCode(code);
  });
  return survives(t, junk.join(""), refused(/./));
});

test("control characters, emoji, right-to-left and lone marks", (t) =>
  survives(t, "FROM scratch\nLABEL a=\"\u0001\u202e עברית 👩‍👩‍👧 e\u0301 \u200b\"\nLABEL b=\"\u3042\u3000\"\n", accepted(0)));

test("1 MB in one line", (t) => survives(t, `FROM scratch\n# ${"x".repeat(1_000_000)}`, async () => {}));
test("1 MB of comments", (t) => survives(t, `FROM scratch\n${"# twenty characters..\n".repeat(48_000)}`, async () => {}));
test("1 MB of nonsense", (t) => survives(t, "lorem ipsum dolor sit amet\n".repeat(38_000), refused(/unknown instruction: lorem/i)));
test("10,000 lines of LABEL", (t) =>
  survives(t, `FROM scratch\n${Array.from({ length: 10_000 }, (_, n) => `LABEL l${n}=v`).join("\n")}\n`, async () => {}));
test("10,000 steps", (t) =>
  survives(t, `FROM node:22-alpine\n${Array.from({ length: 10_000 }, (_, n) => `RUN echo ${n}`).join("\n")}\n`, async () => {}));
test("a thousand stages", (t) =>
  survives(t, Array.from({ length: 1_000 }, (_, n) => `FROM ${n === 0 ? "scratch" : `s${n - 1}`} AS s${n}\nWORKDIR /w${n}\n`).join(""), async () => {}));
test("a reference that never ends, and a message as long as it", (t) =>
  survives(t, `FROM scratch\nENV ${"A=${B:-".repeat(5_000)}\n`, async (now, page) => {
    assert.equal(now.kind, "error");
    const { height } = await page.locator(".status").boundingBox();
    assert.ok(height < page.viewportSize().height / 2, `the message leaves room for the result: ${height} px`);
  }));

test("1 MB in a file of the context", async (t) => {
  const page = await open(site);
  await openFile(page, "src/config.js");
  const text = "const x = 'あ'; // 32 characters..\n".repeat(28_000);
  const clock = performance.now();
  await paste(page, text);
  await settled(page);
  await answersAClick(page);
  assert.ok((await editorText(page)) === text);
  const { size } = (await files(page)).find((file) => file.path === "src/config.js");
  t.diagnostic(`${size}: ${Math.round(performance.now() - clock)} ms`);
  assert.match(size, /MB$/);
  await build(page);
  await site.close(page);
});

/** A session as an earlier visit kept it, in the page's format. */
const session = (contents, events = []) =>
  JSON.stringify({
    format: "layerlab",
    version: 1,
    open: "Dockerfile",
    start: { files: Object.fromEntries(Object.entries(contents).map(([path, text]) => [path, { text }])) },
    events,
  });

test("a context of 20,000 files", async (t) => {
  const contents = { Dockerfile: "FROM node:22-alpine\nWORKDIR /app\nCOPY . .\nRUN find src -type f | wc -l > count\n", ".dockerignore": "*.log\n" };
  for (let n = 0; n < 20_000; n += 1) {
    contents[`src/part-${String(n % 40).padStart(2, "0")}/file-${String(n).padStart(5, "0")}.js`] = `export default ${n};\n`;
  }
  const clock = performance.now();
  const took = [];
  const lap = (what) => took.push(`${what} ${Math.round(performance.now() - clock)} ms`);
  const page = await open(site, { saved: session(contents) });
  const en = await messages();
  lap("opened");
  assert.match(await page.locator(".files__sum").textContent(), /20,?002/);
  assert.equal((await status(page)).kind, "done");
  await answersAClick(page);
  lap("clicked");

  await page.getByLabel(en["files-filter"]).fill("file-19999");
  const found = await eventually(page, () => files(page), (rows) => assert.equal(rows.length, 1));
  lap("filtered");
  await page.locator(".tree__file").click();
  await eventually(page, () => editorText(page), (text) => assert.equal(text, "export default 19999;\n"));
  await editor(page).press("Control+End");
  await page.keyboard.type("// ab");
  lap("typed 5 keys");
  // beside so many files typing rests before it is analysed
  await eventually(page, () => steps(page), (all) => {
    const again = all.find((step) => step.state === "run" && step.reason !== "");
    assert.match(again?.reason ?? "", saying(en["reason-file-content"], { path: found[0].path }));
  });
  await build(page);
  lap("built");
  for (const name of ["tab-layers", "tab-log", "tab-steps"]) await tab(page, en[name]);
  lap("tabs");
  const copy = page.locator(".step__name").getByText("COPY . .");
  await page.locator("button.step__row", { has: copy }).click();
  await page.locator(".layer-file").first().waitFor();
  lap("details");
  assert.equal(await editorText(page), "export default 19999;\n// ab");

  // Kept, or said that it is not.
  await page.reload();
  await ready(page);
  lap("opened again");
  const kept = await page.evaluate(() => localStorage.getItem("layerlab"));
  t.diagnostic(`kept: ${(kept.length / 1e6).toFixed(1)} M characters`);
  if (kept.includes("// ab")) assert.equal(await editorText(page), "export default 19999;\n// ab");
  t.diagnostic(took.join(", "));
  await site.close(page);
});

test("a project too large to keep is said to be", async () => {
  const page = await open(site);
  const en = await messages();
  for (const path of ["src/a.txt", "src/b.txt", "src/c.txt", "src/d.txt", "src/e.txt"]) {
    await page.getByRole("button", { name: en["file-new"], exact: true }).click();
    await page.getByLabel(en["file-new-name"], { exact: true }).fill(path);
    await page.keyboard.press("Enter");
    await paste(page, `${path} `.repeat(100_000));
    await settled(page);
  }
  const notice = page.locator(".notice");
  await notice.waitFor();
  assert.match(await notice.textContent(), saying(en["message-not-saved"]));
  await answersAClick(page);
  assert.equal((await editorText(page)).length, 1_000_000);
  await site.close(page);
});

test("many problems are counted, and the first ones listed", async () => {
  const page = await open(site);
  await paste(page, `FROM scratch\n${"ENV a b\n".repeat(1_500)}`);
  await settled(page);
  const listed = await problems(page);
  assert.ok(listed.length >= 100, `${listed.length}`);
  await tab(page, (await messages())["tab-problems"]);
  assert.match(await page.locator("#problems-checks").textContent(), /1,?500/);
  await answersAClick(page);
  await site.close(page);
});
