import { createElement } from "react";
import { createRoot } from "react-dom/client";

const next = await (await fetch("/next")).text();
const root = document.getElementById("root");
if (root) createRoot(root).render(createElement("p", null, `Next boat: ${next}`));
