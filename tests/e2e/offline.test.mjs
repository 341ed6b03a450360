// Without a network: what one visit leaves in the browser, the next version of the site, the switch, and pages within pages.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build, editorText, eventually, messages, open, ready, retype, status, wholeEditor } from "./driver.mjs";
import { DIST, start } from "./harness.mjs";

const FINISH = fileURLToPath(new URL("../../web/js/finish.mjs", import.meta.url));
/** What the browser itself says of a host that is gone. */
const GONE = { expected: [/ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|ERR_FAILED/] };

let en;
before(async () => {
  en = await messages();
});

/** A host of a copy of the site, which a test may change or shut down. */
async function ownSite(t) {
  const folder = await mkdtemp(path.join(tmpdir(), "layerlab-site-"));
  await cp(DIST, folder, { recursive: true });
  const site = await start(folder);
  t.after(async () => {
    await site.stop();
    await rm(folder, { recursive: true });
  });
  return site;
}

/** How it stands with use without a network, as the page's element has it. */
const kept = (page) => page.evaluate(() => document.documentElement.dataset.kept);
const isKept = (page, wanted = "ready") => eventually(page, () => kept(page), (now) => assert.equal(now, wanted));

const more = (page) => page.locator("details.popover > summary").getByText(en.more, { exact: true });
const caches = (page) => page.evaluate(() => window.caches.keys());
const workers = (page) => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);

test("after one visit everything works without a network", async (t) => {
  const site = await ownSite(t);
  const page = await open(site, { offline: true });
  await isKept(page);
  await retype(page, "FROM busybox\nRUN echo kept > /kept\n");
  await site.cut();
  await page.context().setOffline(true);

  await page.reload();
  await ready(page);
  await wholeEditor(page);
  assert.match(await editorText(page), /echo kept/, "the project is as it was");
  await isKept(page);

  // A base image, and a table of packages, that no page has asked for.
  await retype(page, "FROM python:3.12-slim\nRUN apt-get update && apt-get install -y curl\n");
  await build(page);
  assert.equal((await status(page)).kind, "done");
  const base = page.locator(".stage__base").first();
  await eventually(page, () => base.textContent(), (text) => assert.ok(!text.includes(en["base-unknown"]), text));

  const { lessons } = JSON.parse(await readFile(path.join(site.folder, "lessons/index.json"), "utf8"));
  for (const { id } of [lessons[2], lessons.at(-1)]) {
    await page.goto(`${site.url}#/lesson/${id}/1`);
    await page.locator(`.lesson__step[data-lesson="${id}"]`).waitFor();
  }
  await page.goto(`${site.url}index.html?again#/gallery`);
  await page.locator(".gallery-card").first().waitFor();

  await page.goto(site.url);
  await page.getByLabel(en.language).selectOption("ja");
  await page.locator("html[lang=ja]").waitFor();
  await page.reload();
  await ready(page, "ja");
  await site.close(page, GONE);
});

test("a workshop is given without a network", async (t) => {
  const site = await ownSite(t);
  const page = await open(site, { offline: true });
  await isKept(page);
  await site.cut();
  await page.context().setOffline(true);
  await page.reload();
  await ready(page);

  const { lessons } = JSON.parse(await readFile(path.join(site.folder, "lessons/index.json"), "utf8"));
  const item = lessons.slice(3, 5).map(({ id }, number) => ({ lesson: id, minutes: 5, notes: `Part ${number} is told.` }));
  const workshop = { format: "layerlab-workshop", version: 1, title: "An hour", item };
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("p");
  await page.locator(".is-presenting").waitFor();
  const chosen = page.waitForEvent("filechooser");
  await page.keyboard.press("o");
  await (await chosen).setFiles({ name: "hour.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(workshop)) });
  await page.locator(`.lesson__step[data-lesson="${item[0].lesson}"]`).waitFor();
  const opens = page.context().waitForEvent("page");
  await page.keyboard.press("s");
  const speaker = await opens;
  await speaker.getByText("Part 0 is told.").waitFor();
  await page.bringToFront();
  await page.keyboard.press("]");
  await page.locator(`.lesson__step[data-lesson="${item[1].lesson}"]`).waitFor();
  await speaker.getByText("Part 1 is told.").waitFor();
  await page.keyboard.press("q");
  await page.getByRole("dialog").locator(".code__picture").waitFor();
  await site.close(page, GONE);
});

test("a new version is told of, taken when the reader asks, and fetches only what has changed", async (t) => {
  const site = await ownSite(t);
  const page = await open(site, { offline: true });
  await isKept(page);
  await retype(page, "FROM scratch\n# mine\n");
  const title = async (text) => {
    const file = path.join(site.folder, "locales/en.ftl");
    await writeFile(file, (await readFile(file, "utf8")).replace(/^lessons-title = .*$/m, `lessons-title = ${text}`));
    await promisify(execFile)(process.execPath, [FINISH, site.folder]);
  };
  const lessons = page.locator(".header__lessons");
  const old = await lessons.textContent();
  await title("Another version");
  const fetched = [];
  page.context().on("request", (request) => request.serviceWorker() && fetched.push(new URL(request.url()).pathname));

  // The page opens as it was, from one version as a whole, and says so once the other is there.
  await page.reload();
  await page.locator(".update").getByText(en["offline-update"]).waitFor();
  assert.equal(await lessons.textContent(), old);
  assert.ok(fetched.every((name) => /\/(sw\.js|locales\/en\.ftl)$/.test(name)), `fetched: ${fetched}`);
  await site.screenshot(page, "offline-update");
  await page.locator(".update").getByRole("button", { name: en["offline-reload"] }).click();
  await page.waitForFunction(() => document.querySelector(".header__lessons")?.textContent.includes("Another version"));
  await isKept(page);
  assert.equal(await page.locator(".update .notice").count(), 0);
  assert.match(await editorText(page), /# mine/, "the project is as it was");

  // What belonged to the version before is gone.
  const twice = await page.evaluate(async () => {
    const [name] = await window.caches.keys();
    const paths = (await (await window.caches.open(name)).keys()).map(({ url }) => url.split("?")[0]);
    return paths.length - new Set(paths).size;
  });
  assert.equal(twice, 0);

  // Put off, it waits for the next time.
  await title("A third");
  await page.reload();
  await page.locator(".update").getByRole("button", { name: en["offline-later"] }).click();
  assert.equal(await page.locator(".update .notice").count(), 0);
  await page.reload();
  await page.locator(".update").getByText(en["offline-update"]).waitFor();
  await site.close(page);
});

test("what was lost is fetched again, and what cannot be fetched is said", async (t) => {
  const site = await ownSite(t);
  const page = await open(site, { offline: true });
  await isKept(page);
  const lose = () =>
    page.evaluate(async () => {
      const cache = await window.caches.open((await window.caches.keys())[0]);
      for (const request of await cache.keys()) if (request.url.includes("presets/")) await cache.delete(request);
    });
  await lose();
  await page.reload();
  await isKept(page);
  const count = () => page.evaluate(async () => (await (await window.caches.open((await window.caches.keys())[0])).keys()).length);
  const whole = await count();
  await lose();
  assert.ok((await count()) < whole);
  await site.cut();
  await page.context().setOffline(true);
  await page.reload();
  await isKept(page, "failed");
  await more(page).click();
  await page.locator(".offline").getByText(en["offline-failed"]).waitFor();
  await site.close(page, GONE);
});

test("switched off, nothing is kept, now and at the next visit, until it is switched on", async (t) => {
  const site = await ownSite(t);
  const page = await open(site, { offline: true });
  await isKept(page);
  await more(page).click();
  const line = page.locator(".offline");
  await line.getByText(en["offline-ready"]).waitFor();
  await site.screenshot(page, "offline-ready");
  const file = await line.getByRole("link", { name: en["offline-download"] }).evaluate((link) => link.href);
  assert.equal((await page.request.head(file)).status(), 200);
  const keep = page.getByLabel(en["offline-keep"]);
  assert.equal(await keep.isChecked(), true);
  await keep.uncheck();
  await line.getByText(en["offline-off"]).waitFor();
  await eventually(page, () => caches(page), (names) => assert.deepEqual(names, []));
  await page.reload();
  await ready(page);
  await isKept(page, "off");
  assert.equal(await workers(page), 0);
  assert.deepEqual(await caches(page), []);
  await more(page).click();
  await page.getByLabel(en["offline-keep"]).check();
  await isKept(page);
  await line.getByText(en["offline-ready"]).waitFor();
  await site.close(page);
});

test("a page within another page keeps nothing", async (t) => {
  const site = await ownSite(t);
  await writeFile(path.join(site.folder, "host.html"), `<!doctype html><title>Host</title><link rel="icon" href="data:," /><iframe src="./" width="1200" height="700"></iframe>`);
  const page = await site.newPage({ offline: true });
  await page.goto(`${site.url}host.html`);
  const frame = page.frameLocator("iframe");
  await frame.locator(".page[aria-busy=false]").waitFor();
  await frame.locator("html[data-kept=unsupported]").waitFor();
  assert.equal(await workers(page), 0);
  assert.deepEqual(await caches(page), []);
  await site.close(page);
});

test("the page can be installed", async (t) => {
  const site = await ownSite(t);
  const page = await open(site);
  const { folder } = site;
  const address = await page.locator("link[rel=manifest]").evaluate((link) => link.href);
  const manifest = JSON.parse(await readFile(path.join(folder, address.slice(site.url.length)), "utf8"));
  assert.equal(new URL(manifest.start_url, address).href, site.url);
  for (const { src, type, sizes } of manifest.icons) {
    const response = await page.request.get(new URL(src, address).href);
    assert.equal(response.headers()["content-type"], type, src);
    const width = await page.evaluate(async (src) => {
      const image = new Image();
      image.src = src;
      await image.decode();
      return image.naturalWidth;
    }, new URL(src, address).href);
    if (sizes !== "any") assert.equal(`${width}x${width}`, sizes, src);
  }
  const session = await page.context().newCDPSession(page);
  const { errors } = await session.send("Page.getAppManifest");
  assert.deepEqual(errors, []);
  await site.close(page);
});
