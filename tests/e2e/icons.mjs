// node icons.mjs: draws the icons of the installed page (web/icons/*.png) from the drawings beside them.
import { readFile, writeFile } from "node:fs/promises";
import { chromium } from "playwright-core";

const FOLDER = new URL("../../web/icons/", import.meta.url);
const PICTURES = [
  ["icon.svg", 192, "icon-192.png"],
  ["icon.svg", 512, "icon-512.png"],
  ["maskable.svg", 512, "maskable-512.png"],
];

const browser = await chromium.launch({
  executablePath: process.env.LAYERLAB_BROWSER ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
try {
  for (const [drawing, size, name] of PICTURES) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    const svg = await readFile(new URL(drawing, FOLDER), "utf8");
    await page.setContent(`<style>body { margin: 0 } svg { display: block; width: 100vw }</style>${svg}`);
    await writeFile(new URL(name, FOLDER), await page.screenshot({ omitBackground: true }));
    await page.close();
  }
} finally {
  await browser.close();
}
