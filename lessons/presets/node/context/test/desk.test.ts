import assert from "node:assert/strict";
import { test } from "node:test";
import { Desk } from "../src/desk";

test("a parcel waits until it is handed over", () => {
  const desk = new Desk();
  const { id } = desk.arrive("204", "the bookshop");
  assert.equal(desk.waiting("204").length, 1);
  assert.ok(desk.handOver(id));
  assert.equal(desk.waiting("204").length, 0);
});
