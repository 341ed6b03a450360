// What every end-to-end test needs: the release site under a sub-path, one browser, pages that remember what went
// wrong in them.
//
//   import { after, before, test } from "node:test";
//   import { start } from "./harness.mjs";
//   let site;
//   before(async () => { site = await start(); });
//   after(() => site.stop());
//   test("…", async () => {
//     const page = await site.newPage();         // open, but at no address yet
//     await page.goto(site.url);
//     …
//     await site.screenshot(page, "what-it-shows");   // tests/e2e/results/what-it-shows.png
//     await site.close(page);                    // fails if anything went wrong in it
//   });
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { serve } from "./server.mjs";

const HERE = path.dirname(fileURLToPath(import.meta.url));
/** The site that is tested. Another one, to test it while dist/ is being built: LAYERLAB_SITE=FOLDER. */
export const DIST = process.env.LAYERLAB_SITE ?? path.join(HERE, "..", "..", "dist");
const RESULTS = path.join(HERE, "results");

/** Deep enough that an address which only works at a host's root is noticed. */
const BASE = "/some/sub/path/";

/** The longest wait for anything the page does. */
const PATIENCE_MS = 15_000;

const ARGUMENTS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
];

/**
 * Starts a server on dist/ and a browser. One of each for a test file.
 * @param {string} folder another folder to serve
 * @param {Record<string, string>} headers that every answer has besides
 */
export async function start(folder = DIST, headers = {}) {
  if (!existsSync(path.join(DIST, "index.html"))) {
    throw new Error("there is no site in dist/. Run: cargo xtask build");
  }
  const server = await serve(folder, BASE, headers);
  const browser = await chromium.launch({
    executablePath: process.env.LAYERLAB_BROWSER ?? "/usr/bin/chromium",
    args: ARGUMENTS,
  });
  const problems = new WeakMap();

  /**
   * A page in a browser profile of its own, so that nothing stored by one test is seen by another.
   * @param {import("playwright-core").BrowserContextOptions} options over those of a desktop in English, light;
   *   `offline`: the browser has service workers. Without them no test waits for files that it does not ask for, and
   *   every request can be answered by the test.
   */
  async function newPage({ offline = false, ...options } = {}) {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      locale: "en-GB",
      colorScheme: "light",
      reducedMotion: "reduce",
      ...options,
    });
    if (!offline) await context.addInitScript(() => delete Navigator.prototype.serviceWorker);
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const seen = [];
    problems.set(page, seen);
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) {
        seen.push(`console.${message.type()}: ${message.text()}`);
      }
    });
    page.on("pageerror", (error) => seen.push(`uncaught: ${error.message}`));
    // From the beginning: a test that waits for one would begin to catch them a moment after it has asked for it.
    page.on("filechooser", () => {});
    page.on("crash", () => seen.push("the page crashed"));
    page.on("response", (response) => {
      if (response.status() >= 400) seen.push(`${response.status()}: ${response.url()}`);
    });
    page.on("request", (request) => {
      const { protocol, origin } = new URL(request.url());
      const local = origin === server.origin || ["data:", "blob:"].includes(protocol);
      if (!local) seen.push(`a request to elsewhere: ${request.url()}`);
    });
    return page;
  }

  return {
    /** The page's address. */
    url: server.url,
    browser,
    /** The folder that is served; to be changed only where it was given. */
    folder,
    newPage,
    /** The host is gone: nothing answers at the site's address any more. */
    cut: () => server.close(),
    /** What went wrong in the page up to now: console errors and warnings, failed and foreign requests. */
    problems: (page) => [...(problems.get(page) ?? [])],
    /** Closes the page and fails if anything went wrong in it that is not among the `expected` regular expressions. */
    async close(page, { expected = [] } = {}) {
      await page.context().close();
      const unexpected = (problems.get(page) ?? []).filter(
        (problem) => !expected.some((pattern) => pattern.test(problem)),
      );
      assert.deepEqual(unexpected, [], "the page reported problems");
    },
    /** Writes tests/e2e/results/NAME.png and returns its path. */
    async screenshot(page, name, options = {}) {
      await mkdir(RESULTS, { recursive: true });
      const file = path.join(RESULTS, `${name}.png`);
      await page.screenshot({ path: file, ...options });
      return file;
    },
    /** Keeps what a test got as tests/e2e/results/NAME, to be looked at. */
    async keep(name, bytes) {
      await mkdir(RESULTS, { recursive: true });
      await writeFile(path.join(RESULTS, name), bytes);
    },
    async stop() {
      await browser.close();
      await server.close();
    },
  };
}
