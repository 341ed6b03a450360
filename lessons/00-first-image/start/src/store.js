// The links, in memory, oldest first.
import { customAlphabet } from "nanoid";
import { HttpError } from "./errors.js";

// No letters that look alike when read aloud or typed from paper.
const newId = customAlphabet("23456789abcdefghjkmnpqrstuvwxyz", 6);

export class LinkStore {
  #links = new Map();
  #limit;

  constructor(limit) {
    this.#limit = limit;
  }

  add(url) {
    if (this.#links.size >= this.#limit) throw new HttpError(507, "the box is full");
    const link = { id: newId(), url, hits: 0 };
    this.#links.set(link.id, link);
    return link;
  }

  visit(id) {
    const link = this.#links.get(id);
    if (link) link.hits += 1;
    return link;
  }

  newestFirst() {
    return [...this.#links.values()].reverse();
  }
}
