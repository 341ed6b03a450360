exports.posters = [
  { year: 2023, title: "Lanterns" },
  { year: 2024, title: "The long table" },
  { year: 2025, title: "Brass and rain" },
];
