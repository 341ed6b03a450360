import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { createApp } from "../src/app.js";
import { readConfig } from "../src/config.js";
import { createLog } from "../src/log.js";
import { LinkStore } from "../src/store.js";

let server;
let base;

before(async () => {
  const config = readConfig({ PUBLIC_URL: "https://go.example/", MAX_LINKS: "2" });
  const app = createApp({ config, log: createLog("error"), store: new LinkStore(config.maxLinks) });
  server = createServer(app);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${server.address().port}`;
});

after(() => server.close());

const add = (url) => fetch(`${base}/api/links`, { method: "POST", body: JSON.stringify({ url }) });

test("a short link leads to its long address and counts the visit", async () => {
  const link = await (await add("https://example.com/a/long/way")).json();
  assert.equal(link.short, `https://go.example/l/${link.id}`);
  const visit = await fetch(`${base}/l/${link.id}`, { redirect: "manual" });
  assert.equal(visit.status, 302);
  assert.equal(visit.headers.get("location"), "https://example.com/a/long/way");
  const [newest] = await (await fetch(`${base}/api/links`)).json();
  assert.equal(newest.hits, 1);
});

test("an address that is no web address is refused", async () => {
  assert.equal((await add("javascript:alert(1)")).status, 422);
});

test("a full box takes no more", async () => {
  await add("https://example.com/2");
  assert.equal((await add("https://example.com/3")).status, 507);
});

test("the page comes with its type", async () => {
  const page = await fetch(base);
  assert.match(page.headers.get("content-type"), /text\/html/);
  assert.match(await page.text(), /<h1>Linkbox<\/h1>/);
});
