export interface Lantern {
  name: string;
  left: number;
}

const lanterns: Lantern[] = [
  { name: "paper, round", left: 40 },
  { name: "storm", left: 12 },
  { name: "brass", left: 0 },
];

export function inStock(): Lantern[] {
  return lanterns.filter((lantern) => lantern.left > 0);
}
