// The page in frames of another site: plain, sandboxed, under the documented policies, and what it tells that site.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";
import { eventually, messages } from "./driver.mjs";
import { start } from "./harness.mjs";
import { serve } from "./server.mjs";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const DIST = process.env.LAYERLAB_SITE ?? path.join(HERE, "..", "..", "dist");
/** The limit of issue and documentation for embed.js, in bytes as it is sent uncompressed. */
const SCRIPT_LIMIT = 5_000;

let site;
let en;
let guide;
const hosts = [];
before(async () => {
  site = await start();
  en = await messages();
  guide = await readFile(path.join(HERE, "..", "..", "EMBEDDING.md"), "utf8");
});
after(async () => {
  for (const host of hosts) {
    await host.server.close();
    await rm(host.folder, { recursive: true });
  }
  await site?.stop();
});

/** Another site with one page, and a browser page at it that keeps the messages that it gets. */
async function host(html, headers = {}, options = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), "layerlab-host-"));
  await writeFile(path.join(folder, "index.html"), `<!doctype html><title>Docs</title>${html}`);
  await writeFile(path.join(folder, "favicon.ico"), "");
  const server = await serve(folder, "/", headers);
  hosts.push({ folder, server });
  const page = await site.newPage(options);
  await page.addInitScript(() => {
    window.heard = [];
    addEventListener("message", ({ data }) => data?.source === "layerlab" && window.heard.push(data));
  });
  await page.goto(server.url);
  return page;
}
const frameOf = (page) => page.frameLocator("iframe");
const heard = (page, type) => page.evaluate((type) => window.heard.filter((data) => data.type === type), type);
const send = (page, fields) =>
  page.evaluate((data) => document.querySelector("iframe").contentWindow.postMessage({ source: "layerlab", v: 1, ...data }, "*"), fields);
/** A message of a type, once it has come. */
const message = (page, type, check = () => {}) =>
  eventually(page, async () => (await heard(page, type)).at(-1), (data) => {
    assert.ok(data, `${type} is told`);
    check(data);
  });
const iframe = (address, more = "") =>
  `<iframe src="${site.url}embed/${address}" title="Layerlab" width="800" height="480" ${more}></iframe>`;
const dockerfile = (text) => `#d=${encodeURIComponent(text)}`;
/** Closes a host's page: that it is from elsewhere is the point, and all else is a fault. */
const close = (page, expected = []) => site.close(page, { expected: [/a request to elsewhere: http:\/\/127\.0\.0\.1:/, ...expected] });

/** The header lines of a block of EMBEDDING.md, with this site in the place of the example's. */
function policy(name, embedding) {
  const block = guide.split(`<!-- ${name} -->`)[1]?.match(/```[a-z]*\n([^]*?)```/)?.[1];
  assert.ok(block, `EMBEDDING.md has a block ${name}`);
  const origin = new URL(site.url).origin;
  const lines = block.replaceAll("https://layerlab.example", origin).replaceAll("https://docs.example", embedding ?? "*");
  return Object.fromEntries(lines.trim().split("\n").map((line) => line.split(/: (.*)/s).slice(0, 2)));
}

test("a graph to read loads nothing that it does not need", async () => {
  const page = await host(iframe(`?view=graph&readonly=1${dockerfile("FROM alpine:3.22\nRUN echo 1 > /a\n")}`));
  const fetched = [];
  page.on("request", (request) => fetched.push(request.url()));
  await page.reload();
  await frameOf(page).locator(".card").first().waitFor();
  await message(page, "state");
  assert.ok(fetched.some((url) => url.endsWith(".wasm")));
  const names = fetched.map((url) => url.split("/").at(-1));
  for (const name of ["editor.js", "search.js", "index.html"]) assert.ok(!names.includes(name), `${name} is not fetched: ${names}`);
  assert.ok(!fetched.some((url) => /\/(presets|gallery|lessons)\//.test(url)), "nor what lessons and suggestions need");
  assert.equal(await frameOf(page).getByRole("button", { name: en.build, exact: true }).count(), 0);
  await close(page);
});

test("load=click shows a poster, and the program only once it is asked for", async () => {
  const fetched = [];
  const page = await site.newPage();
  page.on("request", (request) => fetched.push(request.url()));
  await page.goto(`${site.url}embed/?load=click&title=Cache%20first&lesson=cache-first`);
  await page.getByRole("heading", { name: "Cache first" }).waitFor();
  assert.ok(!fetched.some((url) => /\.wasm|web-[^/]*\.js/.test(url)), `${fetched}`);
  await page.getByRole("button", { name: en["poster-button"] }).click();
  await page.locator(".lesson__step").waitFor();
  await site.close(page);
});

test("a lesson tells how far it is, and takes orders from the page around alone", async () => {
  const page = await host(iframe("?lesson=cache-first&step=2&lang=en"));
  await message(page, "ready");
  const told = await message(page, "progress", ({ lesson, goals }) => {
    assert.equal(lesson, "cache-first");
    assert.ok(goals.every(({ id, met }) => typeof id === "string" && typeof met === "boolean"));
  });
  const steps = frameOf(page).locator(".lesson__mark");
  assert.equal(await steps.nth(1).getAttribute("aria-current"), "step", "the step of that number");
  await send(page, { type: "load", lesson: "layers", step: 1 });
  await message(page, "progress", ({ lesson }) => assert.equal(lesson, "layers"));
  await send(page, { type: "set-theme", theme: "dark" });
  await send(page, { type: "set-lang", lang: "ja" });
  await eventually(page, () => frameOf(page).locator("html").getAttribute("lang"), (lang) => assert.equal(lang, "ja"));
  assert.equal(await frameOf(page).locator("html").getAttribute("data-theme"), "dark");
  // What is malformed, of another version, or from elsewhere changes nothing.
  for (const wrong of [{ type: "set-lang", lang: "xx" }, { type: "load" }, { type: "set-lang", lang: "en", v: 2 }, { type: "set-lang", lang: "en", source: "other" }]) {
    await send(page, wrong);
  }
  await page.evaluate(() => document.querySelector("iframe").contentWindow.postMessage(null, "*"));
  const own = page.frames().find((frame) => frame.url().includes("/embed/"));
  await own.evaluate(() => window.postMessage({ source: "layerlab", v: 1, type: "set-lang", lang: "en" }, "*"));
  await send(page, { type: "load", dockerfile: "FROM alpine:3.22\nRUN echo last > /last\n" });
  const { link } = await message(page, "state", ({ link }) => assert.match(link, /#s=v2\./));
  assert.equal(await frameOf(page).locator("html").getAttribute("lang"), "ja");
  assert.ok(told.step);
  assert.ok(link.startsWith(site.url), "of the whole page, not of the embed");
  await close(page);
});

test("an embed leaves the reader's own session alone, and the way to the whole page has exactly this", async () => {
  const page = await site.newPage();
  await page.goto(`${site.url}embed/${dockerfile("FROM alpine:3.22\nRUN echo mine > /mine\n")}`);
  await page.locator(".embed .cm-content").waitFor();
  await page.locator(".cm-content").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("# typed");
  const open = page.getByRole("link", { name: en["embed-open"] });
  await eventually(page, () => open.getAttribute("href"), (link) => assert.match(link, /#s=v2\./));
  await page.keyboard.press("Control+Enter");
  const before = await open.getAttribute("href");
  await eventually(page, () => open.getAttribute("href"), (link) => assert.notEqual(link, before));
  assert.equal(await page.evaluate(() => localStorage.getItem("layerlab") ?? sessionStorage.getItem("layerlab")), null);
  const address = await open.getAttribute("href");
  await page.goto(address);
  await page.locator(".page[aria-busy=false] .cm-content").waitFor();
  assert.match(await page.locator(".cm-content").innerText(), /echo mine[^]*# typed/);
  await site.close(page);
});

test("it works in a sandbox without an origin, where the browser keeps nothing", async () => {
  const open = await serve(DIST, "/lab/", { "access-control-allow-origin": "*" });
  try {
    const address = `${open.url}embed/?lesson=cache-first`;
    const page = await host(`<iframe src="${address}" title="Layerlab" width="900" height="600" sandbox="allow-scripts allow-popups"></iframe>`);
    await frameOf(page).locator(".lesson__step").waitFor();
    await frameOf(page).locator(".cm-content").waitFor();
    await message(page, "progress");
    const kept = await page.frames().at(-1).evaluate(() => { try { return String(localStorage); } catch (error) { return error.name; } });
    assert.equal(kept, "SecurityError");
    await close(page);
  } finally {
    await open.close();
  }
  // Where the server does not let it, it says so.
  const page = await host(iframe("?lang=en", 'sandbox="allow-scripts allow-popups"'));
  await frameOf(page).getByText(en["poster-sandboxed"]).waitFor();
  await close(page, [/CORS policy/, /ERR_FAILED/, /console\.error/]);
});

test("the documented header lines are enough, on the page around and on Layerlab's own", async () => {
  const around = policy("policy of the page around");
  assert.match(around["Content-Security-Policy"], /frame-src/);
  const html = `<script src="${site.url}embed.js" async></script><layer-lab view="split"><pre>FROM alpine:3.22\nRUN echo 1 > /a\n</pre></layer-lab>`;
  const page = await host(html, around);
  await page.locator("layer-lab iframe").waitFor();
  await page.frameLocator("layer-lab iframe").locator(".card").first().waitFor();
  await eventually(page, () => page.locator("layer-lab").evaluate((lab) => lab.frame.offsetHeight), (height) => assert.notEqual(height, 420));
  await close(page);

  const own = policy("policy of Layerlab");
  assert.match(own["Content-Security-Policy"], /'wasm-unsafe-eval'/);
  const strict = await serve(DIST, "/lab/", own);
  try {
    const framed = await host(`<iframe src="${strict.url}embed/${dockerfile("FROM alpine:3.22\n")}" title="x" width="900" height="500"></iframe>`);
    await frameOf(framed).locator(".cm-content").waitFor();
    await frameOf(framed).locator(".card").first().waitFor();
    await close(framed);
  } finally {
    await strict.close();
  }
});

test("the element passes on what the embed tells, and is small", async () => {
  const { size } = await stat(path.join(DIST, "embed.js"));
  assert.ok(size <= SCRIPT_LIMIT, `embed.js has ${size} bytes of ${SCRIPT_LIMIT}`);
  const html = `<script src="${site.url}embed.js" async></script>
    <layer-lab lesson="cache-first" view="graph" height="300" title="Cache first"><a href="${site.url}">Cache first</a></layer-lab>
    <script>addEventListener("layerlab:progress", ({ detail, target }) => { window.passed = [target.localName, detail.lesson]; });</script>`;
  const page = await host(html);
  await eventually(page, () => page.evaluate(() => window.passed), (passed) => assert.deepEqual(passed, ["layer-lab", "cache-first"]));
  const lab = page.locator("layer-lab");
  assert.deepEqual(
    await lab.evaluate(({ frame }) => [frame.title, frame.loading, frame.offsetHeight]),
    ["Cache first", "lazy", 300],
  );
  await lab.evaluate((element) => element.setAttribute("theme", "dark"));
  const frame = page.frameLocator("layer-lab iframe");
  await eventually(page, () => frame.locator("html").getAttribute("data-theme"), (theme) => assert.equal(theme, "dark"));
  await close(page);
});

test("without scripts there is what stands in the element, and a link", async () => {
  const html = `<script src="${site.url}embed.js" async></script><layer-lab lesson="layers"><a href="${site.url}#/lesson/layers">Layers</a></layer-lab>`;
  const page = await host(html, {}, { javaScriptEnabled: false });
  await page.getByRole("link", { name: "Layers" }).waitFor();
  await close(page);
});

test("the dialog writes the code that shows this, with the embed as it will be, by keyboard and on a phone", async () => {
  const page = await site.newPage({ viewport: { width: 360, height: 720 } });
  await page.goto(site.url);
  await page.locator(".page[aria-busy=false]").waitFor();
  await page.getByRole("button", { name: en["header-settings"] }).click();
  await page.locator("details.popover > summary").getByText(en.share, { exact: true }).click();
  await page.getByRole("button", { name: en["share-embed"] }).press("Enter");
  const dialog = page.getByRole("dialog", { name: en["embed-code-title"] });
  const text = dialog.getByLabel(en["embed-code-code"], { exact: true });
  await eventually(page, () => text.inputValue(), (code) => assert.match(code, /^<iframe src="[^"]*embed\/#s=v2\.[^"]*" title="[^"]+" loading="lazy"[^]*<p><a href=/));
  await dialog.locator("label", { hasText: en["embed-code-view"] }).locator("select").first().selectOption("graph");
  await dialog.getByLabel(en["embed-code-read-only"]).press("Space");
  await eventually(page, () => text.inputValue(), (code) => assert.match(code, /embed\/\?view=graph&amp;readonly=1#s=/));
  await dialog.frameLocator("iframe").locator(".embed.is-graph .card").first().waitFor();
  await dialog.getByRole("button", { name: "<layer-lab>" }).press("Enter");
  await eventually(page, () => text.inputValue(), (code) => assert.match(code, /<layer-lab state="v2\.[^"]*" view="graph" readonly="1" height="480"/));
  const wide = await dialog.evaluate((element) => element.scrollWidth - element.clientWidth);
  assert.ok(wide <= 0, "nothing is wider than a phone");
  await site.screenshot(page, "embed-code-360");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("dialog[open]").count(), 0);
  await site.close(page);
});

test("the dialog offers the step of a lesson that is open", async () => {
  const page = await site.newPage();
  await page.goto(`${site.url}#/lesson/cache-first`);
  await page.locator(".lesson__step").waitFor();
  await page.locator("details.popover > summary").getByText(en.share, { exact: true }).click();
  await page.getByRole("button", { name: en["share-embed"] }).click();
  const text = page.getByLabel(en["embed-code-code"], { exact: true });
  await eventually(page, () => text.inputValue(), (code) => assert.match(code, /embed\/\?lesson=cache-first&amp;step=[a-z-]+"[^]*#\/lesson\/cache-first\/[a-z-]+"/));
  await site.close(page);
});
