module.exports = [
  { name: "Leek tart", minutes: 50 },
  { name: "Plum soup", minutes: 35 },
];
