import { Router } from "express";
import { Desk } from "./desk";

const desk = new Desk();

export const parcels = Router();

parcels.get("/", (request, response) => {
  response.set("Cache-Control", "no-store");
  response.json(desk.waiting(String(request.query.room ?? "")));
});

parcels.post("/", (request, response) => {
  response.status(201).json(desk.arrive(request.body.room, request.body.from));
});

parcels.delete("/:id", (request, response) => {
  response.sendStatus(desk.handOver(Number(request.params.id)) ? 204 : 404);
});
