export type Recipe = { slug: string; title: string; minutes: number };

export const recipes: Recipe[] = [
  { slug: "miso-soup", title: "Miso soup", minutes: 15 },
  { slug: "lentil-stew", title: "Lentil stew", minutes: 40 },
  { slug: "flat-bread", title: "Flat bread", minutes: 30 },
];
