// A static host as plain as they come: files of one folder under one sub-path, nothing rewritten, no special headers.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import path from "node:path";

const TYPES = new Map([
  [".css", "text/css; charset=utf-8"],
  [".ftl", "text/plain; charset=utf-8"],
  [".html", "text/html; charset=utf-8"],
  [".js", "text/javascript; charset=utf-8"],
  [".json", "application/json"],
  [".md", "text/markdown; charset=utf-8"],
  [".mjs", "text/javascript; charset=utf-8"],
  [".png", "image/png"],
  [".svg", "image/svg+xml"],
  [".wasm", "application/wasm"],
  [".woff2", "font/woff2"],
]);

/**
 * Serves `folder` under `base`, on a free port of 127.0.0.1; everything else is a 404.
 * @param {string} folder
 * @param {string} base begins and ends with a slash
 * @param {Record<string, string>} headers that every answer has besides
 * @returns {Promise<{url: string, origin: string, close: () => Promise<void>}>}
 */
export async function serve(folder, base, headers = {}) {
  const root = path.resolve(folder);

  async function answer(request, response) {
    let pathname;
    try {
      pathname = decodeURIComponent(new URL(request.url, "http://127.0.0.1").pathname);
    } catch {
      response.writeHead(400).end();
      return;
    }
    const name = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
    const file = path.join(root, name.slice(base.length));
    if (!name.startsWith(base) || !file.startsWith(root + path.sep)) {
      response.writeHead(404).end();
      return;
    }
    try {
      const content = await readFile(file);
      const type = TYPES.get(path.extname(file)) ?? "application/octet-stream";
      response.writeHead(200, { "content-type": type, "cache-control": "no-store", ...headers }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    url: origin + base,
    origin,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
