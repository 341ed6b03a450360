import { createElement } from "react";
import { createRoot } from "react-dom/client";

const titles: string[] = await (await fetch("/api/next?last=kokoro")).json();
const items = titles.map((title) => createElement("li", { key: title }, title));
const root = document.getElementById("root");
if (root) createRoot(root).render(createElement("ul", null, ...items));
