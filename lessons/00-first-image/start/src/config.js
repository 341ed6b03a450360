// Settings come from the environment only, so one image fits every place.
function number(value, fallback, name) {
  if (value === undefined || value === "") return fallback;
  const parsed = Number(value);
  if (!Number.isInteger(parsed) || parsed <= 0) {
    throw new Error(`${name} must be a positive whole number, not "${value}"`);
  }
  return parsed;
}

export function readConfig(env) {
  const port = number(env.PORT, 3000, "PORT");
  return {
    port,
    logLevel: env.LOG_LEVEL || "info",
    publicUrl: (env.PUBLIC_URL || `http://localhost:${port}`).replace(/\/$/, ""),
    maxLinks: number(env.MAX_LINKS, 1000, "MAX_LINKS"),
  };
}
