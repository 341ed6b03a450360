// One JSON object a line on standard output: `docker logs` shows it.
const LEVELS = ["debug", "info", "error"];

export function createLog(level, write = (line) => process.stdout.write(line + "\n")) {
  const lowest = Math.max(0, LEVELS.indexOf(level));
  const at = (name) => (message, fields = {}) => {
    if (LEVELS.indexOf(name) < lowest) return;
    write(JSON.stringify({ time: new Date().toISOString(), level: name, message, ...fields }));
  };
  return { debug: at("debug"), info: at("info"), error: at("error") };
}
