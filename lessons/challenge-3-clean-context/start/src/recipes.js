export const recipes = [
  { name: "Leek soup", minutes: 35, photo: "/photos/soup" },
  { name: "Flat bread", minutes: 50 },
];
