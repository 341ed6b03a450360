// From a request to a response. No route knows about sockets or logging.
import { HttpError } from "./errors.js";
import { route } from "./routes.js";

const MAX_BODY = 16 * 1024;

async function readJson(request) {
  let text = "";
  for await (const chunk of request) {
    text += chunk;
    if (text.length > MAX_BODY) throw new HttpError(413, "body too large");
  }
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch {
    throw new HttpError(400, "body is not JSON");
  }
}

export function createApp({ config, log, store }) {
  return async function handle(request, response) {
    const started = performance.now();
    const { pathname } = new URL(request.url, "http://localhost");
    let answer;
    try {
      const body = request.method === "POST" ? await readJson(request) : {};
      answer = await route({ method: request.method, pathname, body, config, store });
    } catch (error) {
      const status = error instanceof HttpError ? error.status : 500;
      if (status === 500) log.error("failed", { pathname, error: String(error) });
      answer = { status, json: { error: status === 500 ? "internal error" : error.message } };
    }
    const headers = { ...answer.headers };
    let content = answer.body ?? "";
    if (answer.json !== undefined) {
      headers["content-type"] = "application/json";
      content = JSON.stringify(answer.json);
    }
    response.writeHead(answer.status, headers).end(content);
    const ms = Math.round(performance.now() - started);
    log.debug("request", { method: request.method, pathname, status: answer.status, ms });
  };
}
