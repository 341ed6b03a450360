import Fastify from "fastify";
import { seat, type Guest } from "./tables.js";

const app = Fastify({ logger: true });

app.post<{ Body: Guest[] }>("/plans", async (request) => seat(request.body, 8));

await app.listen({ host: "0.0.0.0", port: 3000 });
