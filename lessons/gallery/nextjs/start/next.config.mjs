/** @type {import("next").NextConfig} */
const config = {
  // .next/standalone: a small server with only the modules that it needs
  output: "standalone",
};

export default config;
