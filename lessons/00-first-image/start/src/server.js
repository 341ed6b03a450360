// Entry point: settings from the environment, a server, an orderly end.
import { createServer } from "node:http";
import { createApp } from "./app.js";
import { readConfig } from "./config.js";
import { createLog } from "./log.js";
import { LinkStore } from "./store.js";

const config = readConfig(process.env);
const log = createLog(config.logLevel);
const store = new LinkStore(config.maxLinks);
const server = createServer(createApp({ config, log, store }));

server.listen(config.port, () => log.info("listening", { port: config.port }));

// `docker stop` sends SIGTERM: finish what is under way, then leave.
for (const signal of ["SIGTERM", "SIGINT"]) {
  process.once(signal, () => {
    log.info("stopping", { signal });
    server.close(() => process.exit(0));
    server.closeIdleConnections();
  });
}
