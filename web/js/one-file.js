// The beginning of layerlab-offline.html: unpacks the site that the file holds, answers the program's requests with it,
// and starts the program. It stands in the file as it is; FILE, above it, names what finish.mjs knows.
(async () => {
  /** What a packed part of the file holds, as an answer to read. */
  const unpacked = (id, type) => {
    const element = document.getElementById(id);
    const text = atob(element.textContent);
    element.remove();
    const bytes = new Uint8Array(text.length);
    for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream, { headers: { "content-type": type } });
  };
  const { lines, files } = await unpacked("packed-texts", "application/json").json();
  /** The text of a file: runs of the lines that all files share. */
  const text = (path) => {
    const found = [];
    const runs = files[path];
    for (let at = 0; at < runs.length; at += 2) found.push(...lines.slice(runs[at], runs[at] + runs[at + 1]));
    return found.join("\n");
  };

  const here = new URL("./", document.baseURI).href;
  const outside = window.fetch;
  window.fetch = async (input, options) => {
    const [address] = new URL(input instanceof Request ? input.url : input, document.baseURI).href.split(/[?#]/);
    const path = address.startsWith(here) ? decodeURI(address.slice(here.length)) : undefined;
    if (path === FILE.wasm) return unpacked("packed-wasm", "application/wasm");
    if (path !== undefined && Object.hasOwn(files, path)) return new Response(text(path));
    // Browsers refuse to read other files of a disk.
    if (address.startsWith("file:")) return new Response("", { status: 404 });
    return outside.call(window, input, options);
  };

  // Modules by both names: as the page asks for them, and as they ask for each other.
  const imports = {};
  for (const path of FILE.modules) {
    const module = URL.createObjectURL(new Blob([text(path)], { type: "text/javascript" }));
    imports[`./${path}`] = module;
    imports[`layerlab/${path}`] = module;
  }
  const add = (type, content) => {
    const script = document.createElement("script");
    script.type = type;
    script.textContent = content;
    document.head.append(script);
  };
  add("importmap", JSON.stringify({ imports }));
  add("module", document.getElementById("program").textContent);
})().catch((error) => window.layerlab.failed(error));
