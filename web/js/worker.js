// The service worker (sw.js): keeps all files of the site in the browser and answers with them, so that the page opens
// without a network. What stands above it is written by finish.mjs: FILES, which has the path of each file and the
// beginning of its SHA-256.
//
// A file is kept under its address and its hash. So another version of the site fetches only what has changed, and a page
// is answered from one version until the next takes its place as a whole, which the reader asks for.
const SCOPE = self.registration.scope;
const CACHE = `layerlab ${SCOPE}`;
/** Where the pages are that are made for frames. */
const EMBED = `${SCOPE}embed/`;
const AT_ONCE = 6;
/** What the build names by its content: no older one can lie in the browser under that name. */
const NAMED_BY_CONTENT = /-[0-9a-f]{15,}(_bg)?\.\w+$/;
/** Headers that tell how an answer was sent, not what it is. */
const OF_TRANSPORT = ["content-encoding", "content-length", "transfer-encoding"];

const key = (path) => `${new URL(path, SCOPE).href}?${FILES[path]}`;

/** The file that an address asks for; undefined where it is none of the site's. */
function path(address) {
  const [plain] = address.split(/[?#]/);
  if (!plain.startsWith(SCOPE)) return undefined;
  const name = decodeURI(plain.slice(SCOPE.length));
  const file = name === "" || name.endsWith("/") ? `${name}index.html` : name;
  return Object.hasOwn(FILES, file) ? file : undefined;
}

/** What FILES has of a file's content. */
async function revision(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Fetches a file of this version. While a host is being published to it may have another one. */
async function fetched(path) {
  const cache = NAMED_BY_CONTENT.test(path) ? "default" : "no-cache";
  const response = await fetch(new URL(path, SCOPE), { cache });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  const bytes = await response.arrayBuffer();
  // Some hosts write something into pages.
  if (!path.endsWith(".html") && (await revision(bytes)) !== FILES[path]) throw new Error(`${path}: of another version`);
  const headers = new Headers(response.headers);
  for (const name of OF_TRANSPORT) headers.delete(name);
  // A new one: an answer that came by a redirection is refused as a page.
  return new Response(bytes, { headers });
}

/** Fetches what is not there yet. What was fetched stays when another file fails. */
async function fill() {
  const cache = await caches.open(CACHE);
  const there = new Set((await cache.keys()).map(({ url }) => url));
  const missing = Object.keys(FILES).filter((path) => !there.has(key(path)));
  const work = async () => {
    for (let path = missing.pop(); path !== undefined; path = missing.pop()) await cache.put(key(path), await fetched(path));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** Deletes what belongs to other versions. */
async function tidy() {
  const cache = await caches.open(CACHE);
  const wanted = new Set(Object.keys(FILES).map(key));
  const others = (await cache.keys()).filter(({ url }) => !wanted.has(url));
  await Promise.all(others.map((request) => cache.delete(request)));
}

/** Whether a page within another asks, or one made for that: it takes what the host has now, as where nothing is kept. */
async function isEmbedded({ request, clientId }) {
  if (request.mode === "navigate") return request.destination !== "document";
  const client = await self.clients.get(clientId);
  return client !== undefined && (client.frameType === "nested" || client.url.startsWith(EMBED));
}

async function answer(event, path) {
  // Not by opening it: that would make it again, where it was switched off while this page was open.
  const kept = await caches.match(key(path), { cacheName: CACHE });
  if (!kept) return fetch(event.request);
  if (path.startsWith("embed/") || (await isEmbedded(event))) return fetch(event.request).catch(() => kept);
  return kept;
}

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(tidy().then(() => self.clients.claim())));
self.addEventListener("fetch", (event) => {
  const asked = event.request.method === "GET" ? path(event.request.url) : undefined;
  if (asked !== undefined) event.respondWith(answer(event, asked));
});
self.addEventListener("message", (event) => {
  const [port] = event.ports;
  if (event.data === "activate") self.skipWaiting();
  if (event.data === "fill") event.waitUntil(fill().then(() => port.postMessage(true), () => port.postMessage(false)));
});
