// Every address that the service answers.
import { readFile } from "node:fs/promises";
import mime from "mime";
import { HttpError } from "./errors.js";

const PAGES = new Map([
  ["/", "index.html"],
  ["/style.css", "style.css"],
]);

// The build puts a copy of public/ beside the code; from the sources it is one level up.
async function readPage(name) {
  try {
    return await readFile(new URL(`./public/${name}`, import.meta.url));
  } catch {
    return readFile(new URL(`../public/${name}`, import.meta.url));
  }
}

function checkedUrl(text) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !["http:", "https:"].includes(url.protocol)) {
    throw new HttpError(422, "url must begin with http:// or https://");
  }
  return url.href;
}

export async function route({ method, pathname, body, config, store }) {
  const shown = (link) => ({ ...link, short: `${config.publicUrl}/l/${link.id}` });
  const page = PAGES.get(pathname);

  if (method === "GET" && page) {
    return { status: 200, headers: { "content-type": mime.getType(page) }, body: await readPage(page) };
  }
  if (method === "GET" && pathname === "/healthz") {
    return { status: 200, headers: { "content-type": "text/plain" }, body: "ok\n" };
  }
  if (method === "GET" && pathname === "/api/links") {
    return { status: 200, json: store.newestFirst().map(shown) };
  }
  if (method === "POST" && pathname === "/api/links") {
    return { status: 201, json: shown(store.add(checkedUrl(body.url))) };
  }
  if (method === "GET" && pathname.startsWith("/l/")) {
    const link = store.visit(pathname.slice("/l/".length));
    if (link) return { status: 302, headers: { location: link.url } };
  }
  throw new HttpError(404, "not found");
}
