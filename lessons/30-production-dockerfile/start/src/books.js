// Votes, in memory.
import { nanoid } from "nanoid";

const votes = new Map();

export function vote(title) {
  const book = votes.get(title) ?? { id: nanoid(8), title, votes: 0 };
  votes.set(title, { ...book, votes: book.votes + 1 });
}

export const books = () => [...votes.values()].sort((a, b) => b.votes - a.votes);
