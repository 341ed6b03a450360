// Keeps the page in the browser, so that it opens without a network: registers the service worker (worker.js), unless the
// reader has switched that off. Loaded once the page is at rest.
//
// How it stands is on the document's element, for the page to show: data-kept is `filling`, `ready`, `failed`, `off`,
// `unsupported` or `file` (the page is one file), and data-update is there where another version waits. Each change is
// told by the event `layerlab-kept` of the document.
const OFF = "layerlab-offline-off";
/** A page that stays open looks this often at most for another version. */
const HOUR_MS = 3_600_000;

const workers = navigator.serviceWorker;
const scope = new URL("./", document.baseURI).href;
const { dataset } = document.documentElement;
/** Counts what was asked for: only the last may say how it stands. */
let asked = 0;
let registration;
let controlled = Boolean(workers?.controller);
let reloading = false;
let looked = Date.now();

function tell(changes) {
  Object.assign(dataset, changes);
  document.dispatchEvent(new Event("layerlab-kept"));
}

/** Storage may be closed to the page. */
function isOff() {
  try {
    return localStorage.getItem(OFF) !== null;
  } catch {
    return false;
  }
}

/** Waits until a worker of this registration is at work. */
async function active({ active, installing, waiting }) {
  if (active) return active;
  const coming = installing ?? waiting;
  await new Promise((resolve, reject) => {
    coming.addEventListener("statechange", () => {
      if (coming.state === "activated") resolve();
      if (coming.state === "redundant") reject(new Error("not every file could be kept"));
    });
  });
  return coming;
}

/** Has the worker fetch what it lacks, and gives whether it has everything then. */
function fill(worker) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
    worker.postMessage("fill", [port2]);
  });
}

/** Tells when another version waits to take the place of this one. */
function follow() {
  const newer = () => registration.waiting && registration.active && tell({ update: "" });
  newer();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", newer));
}

async function start() {
  const own = ++asked;
  tell({ kept: "filling" });
  let kept;
  try {
    const found = await workers.register(new URL("sw.js", scope), { scope });
    if (found !== registration) {
      registration = found;
      follow();
    }
    kept = (await fill(await active(found))) ? "ready" : "failed";
  } catch {
    kept = "failed";
  }
  if (own === asked) tell({ kept });
}

/** Keeps the page from now on; or no longer, and deletes what was kept. */
export async function turn(on) {
  try {
    if (on) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "off");
  } catch {
    // Then it holds for this visit.
  }
  if (on) return start();
  asked += 1;
  tell({ kept: "off" });
  const all = await workers.getRegistrations();
  await Promise.all(all.filter((found) => found.scope === scope).map((found) => found.unregister()));
  registration = undefined;
  await caches.delete(`layerlab ${scope}`);
}

/** Loads the page anew, in the version that waits. */
export function reload() {
  if (!registration?.waiting) return location.reload();
  reloading = true;
  registration.waiting.postMessage("activate");
}

// A page within another page keeps nothing, and neither do those made for that.
const embedded = window.top !== window || location.href.startsWith(`${scope}embed/`);
if (window.layerlab.inOneFile) tell({ kept: "file" });
else if (!workers || embedded) tell({ kept: "unsupported" });
else {
  workers.addEventListener("controllerchange", () => {
    if (reloading) location.reload();
    // Another tab has asked for the other version: what this one still lacks would come from that.
    else if (controlled) tell({ update: "" });
    controlled = true;
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || !registration || Date.now() - looked < HOUR_MS) return;
    looked = Date.now();
    registration.update().catch(() => {});
  });
  if (isOff()) tell({ kept: "off" });
  else start();
}
