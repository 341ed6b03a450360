#!/usr/bin/env python3
"""Writes images/NAME.json, what the catalog knows of each base image.

  ./generate.py base_images.json

The argument lists measured facts of images: config, history, bytes of layers (compressed, and unpacked where somebody
unpacked or rebuilt them). Where the unpacked bytes of a layer are not known they are derived, and the image is marked
estimated:
- Of an image whose total is known, the layers that are not share what is left, in proportion to their compressed bytes.
- Of any other, a layer weighs its compressed bytes times what the same image's other tags show between the two figures,
  or, where none shows it, what all images with the same package manager show.
What a layer holds by name is in contents.py and tools.py; the bytes of its files add up to the layer's.
"""
import json, re, sys
from pathlib import Path

sys.dont_write_bytecode = True
import contents
from tools import upper_layer

HERE = Path(__file__).resolve().parent
APPLETS = HERE.parents[2] / "tests" / "conformance" / "bases" / "conformance-busybox-1.json"
SMALL = 10_000  # compressed bytes below which a layer weighs about what its few files do
SMALL_RATIO = 2.2

# What an image is called besides, where the facts say that it is the same.
ALIASES = {
    "alpine:latest": ["alpine:3", "alpine:3.24"],
    "busybox:latest": ["busybox:1", "busybox:1.38"],
    "debian:bookworm": ["debian:12"],
    "debian:bookworm-slim": ["debian:12-slim"],
    "debian:trixie": ["debian:latest", "debian:13"],
    "debian:trixie-slim": ["debian:13-slim", "debian:stable-slim"],
    "golang:latest": ["golang:1.26", "golang:1"],
    "golang:alpine": ["golang:1.27-alpine", "golang:1-alpine"],
    "node:22": ["node:22-bookworm"],
    "node:22-slim": ["node:22-bookworm-slim"],
    "node:20-slim": ["node:20-bookworm-slim"],
    "postgres:alpine": ["postgres:18-alpine"],
    "python:3.12-slim": ["python:3.12-slim-trixie"],
    "python:3.13-slim": ["python:3.13-slim-trixie"],
    "ubuntu:24.04": ["ubuntu:noble"],
    "ubuntu:22.04": ["ubuntu:jammy"],
}
# Images put together from the root and tools of one and the layers that are the tag's own of another.
COMPOSED = {"node:20": ("buildpack-deps:bookworm", "node:20-slim"), "python:3.12": ("buildpack-deps:trixie", "python:3.12-slim")}
# The layers that the full image has and the slim one does not need, or the other way round.
NOT_IN_FULL = r"debian\.sh|install -y --no-install-recommends ca-certificates netbase tzdata"


def layers_of(image):
    return [row for row in image["layers"] if not row.get("empty")]


def known(row):
    return next((row[k] for k in ("uncompressed_bytes", "uncompressed_reconstructed_bytes") if row.get(k) is not None), None)


def total_of(image):
    """Unpacked bytes of all layers, and whether they are this very image's."""
    if image.get("uncompressed_bytes") is not None:
        return image["uncompressed_bytes"], True
    nearby = image.get("uncompressed_nearby")
    if nearby:
        return nearby["bytes"], False
    return image.get("uncompressed_reconstructed_bytes"), False


class Ratios:
    """Unpacked by compressed bytes, as fractions: (unpacked, compressed) sums of the layers above the root, or of roots."""

    def __init__(self, images):
        self.upper, self.root = {}, {}
        for image in images:
            rows, (total, _) = layers_of(image), total_of(image)
            if not rows or not image["compressed_bytes"]:
                continue
            below = known(rows[0]) or (total if len(rows) == 1 else None)
            if below and rows[0]["compressed_bytes"]:
                self.note(self.root, [image["os_release"].split()[0]], below, rows[0]["compressed_bytes"])
            if total and below and len(rows) > 1:
                packed = image["compressed_bytes"] - rows[0]["compressed_bytes"]
                self.note(self.upper, [family(image), f"{family(image)} {image['package_manager']}", image["package_manager"]], total - below, packed)

    @staticmethod
    def note(table, keys, unpacked, packed):
        for key in keys:
            a, b = table.get(key, (0, 0))
            table[key] = (a + unpacked, b + packed)

    def unpacked(self, table, keys, packed):
        for key in keys:
            if key in table:
                a, b = table[key]
                return packed * a // b
        return None


def family(image):
    return image["reference"].rpartition("/")[2].partition(":")[0]


def own_image(name, release, images):
    """The image of a distribution's release itself: `alpine:3.19` for 3.19.4, or `alpine:latest` where that is it."""
    short = ".".join(release.split(".")[:2])
    for other in images:
        of_release = other["os_release"] and other["os_release"].startswith(f"{name} {short}")
        if other["reference"] in (f"{name}:{short}", f"{name}:latest") and of_release:
            return other
    return None


def root_bytes(image, row, images, ratios):
    """A root file system's bytes: known, the same release's own image, or the distribution's ratio."""
    if known(row) is not None:
        return known(row)
    name, release = (image["os_release"] + " ").split(" ")[:2]
    own = own_image(name, release, images)
    if own and total_of(own)[0]:
        return total_of(own)[0]
    return row["compressed_bytes"] and ratios.unpacked(ratios.root, [name], row["compressed_bytes"])


def layer_bytes(image, rows, layers, images, ratios):
    """Bytes of each layer, or None where nothing tells them; and whether any was derived."""
    total, exact = total_of(image)
    if len(rows) == 1 and total:
        return [total], not exact
    sizes = [known(row) for row in rows]
    if all(size is not None for size in sizes):
        return sizes, not all(row.get("uncompressed_bytes") is not None for row in rows)
    if image["package_manager"] not in ("apk", "apt"):
        return None, True
    texts = [layer.text_bytes() for layer in layers]
    sizes[0] = root_bytes(image, rows[0], images, ratios)
    for i, row in enumerate(rows):
        if sizes[i] is None and row["compressed_bytes"] < SMALL:
            sizes[i] = texts[i] if layers[i].only_names() else max(int(row["compressed_bytes"] * SMALL_RATIO), texts[i])
    open_rows = [i for i, size in enumerate(sizes) if size is None]
    if total and sizes[0]:
        left, packed = total - sum(size for size in sizes if size), sum(rows[i]["compressed_bytes"] for i in open_rows)
        for i in open_rows[:-1]:
            sizes[i] = left * rows[i]["compressed_bytes"] // packed
        sizes[open_rows[-1]] = total - sum(size for size in sizes if size)
    else:
        keys = [f"{family(image)} {image['package_manager']}", family(image), image["package_manager"]]
        for i in open_rows:
            sizes[i] = ratios.unpacked(ratios.upper, keys, rows[i]["compressed_bytes"])
    return (sizes, True) if all(size is not None for size in sizes) else (None, True)


def root_layer(image, applets):
    words = image["os_release"].split()
    if image["reference"].startswith("busybox:"):
        return contents.busybox(re.search(r"\((\w+)\)", image["os_release"])[1], applets)
    if words[0] == "alpine":
        return contents.alpine(words[1] if words[1].count(".") == 2 else words[1] + ".0", applets)
    codename = re.search(r"\((\w+)\)", image["os_release"])
    codenames = {"22.04": "jammy", "24.04": "noble", "26.04": "resolute"}
    return contents.debian(words[0], words[1], codename[1] if codename else codenames.get(words[1], words[1]), "slim" in words)


def filled(layer, size):
    """The layer's JSON without its row: named files scaled down if they were too large, the rest in one file."""
    texts = layer.text_bytes()
    if texts > size:
        raise SystemExit(f"texts of {texts} bytes in a layer of {size}")
    files, named = dict(layer.files), sum(layer.files.values())
    room = (size - texts) * 9 // 10
    if named > room:
        files = {path: kib * room // named for path, kib in files.items()}
    rest = size - texts - sum(files.values())
    entries = list({entry["path"]: entry for entry in layer.entries}.values())
    if rest and layer.rest_mode:
        entries.append({"path": layer.rest, "kind": "file", "mode": layer.rest_mode, "size": rest})
    elif rest:
        files[layer.rest] = files.get(layer.rest, 0) + rest
    links = {target: sorted(paths) for target, paths in sorted(layer.links.items())}
    out = {"bytes": size}
    out |= {"entries": entries} if entries else {}
    out |= {"links": links} if links else {}
    return out | ({"files": dict(sorted(files.items()))} if files else {})


def config_json(config):
    out = {
        "User": config["user"], "WorkingDir": config["workdir"], "Env": [f"{k}={v}" for k, v in config["env"].items()],
        "Entrypoint": config["entrypoint"], "Cmd": config["cmd"], "ExposedPorts": {p: {} for p in config["exposed_ports"]},
        "Volumes": {v: {} for v in config["volumes"]}, "Labels": config["labels"], "StopSignal": config["stopsignal"],
    }
    return {k: v for k, v in out.items() if v}


def image_json(image, images, ratios, applets):
    """The catalog's form of an image, or None where its bytes cannot be told."""
    rows = layers_of(image)
    split = not rows
    if not rows and total_of(image)[0] and image["package_manager"] == "apk":  # only its total was printed
        base = own_image("alpine", image["os_release"].split()[1], images)
        tools = {"golang": "Go as of", "python": "Python as of"}[family(image)]
        rows = [*layers_of(base), {"created_by": f"{tools} {image['date']}", "compressed_bytes": SMALL, "uncompressed_bytes": total_of(image)[0] - total_of(base)[0]}]
        image = {**image, "layers": rows}
    if not rows or not image["os_release"]:
        return None
    alpine = image["os_release"].startswith("alpine")
    users = {"passwd": contents.ALPINE_PASSWD if alpine else contents.DEBIAN_PASSWD, "group": contents.ALPINE_GROUP if alpine else contents.DEBIAN_GROUP}
    if re.match(r"ubuntu 2[46]", image["os_release"]):
        users = {"passwd": users["passwd"] + "ubuntu:x:1000:1000:Ubuntu:/home/ubuntu:/bin/bash\n", "group": users["group"] + "ubuntu:x:1000:\n"}
    layers = []
    for i, row in enumerate(rows):
        if "distroless" in image["os_release"]:
            found = re.match(r"\(bazel\) (\(?\S+)", row["created_by"])
            layers.append(contents.distroless(found[1], image["os_release"].split()[1], re.search(r"\((\w+)\)", image["os_release"])[1]))
        elif i == 0 and image["package_manager"] is None and not image["reference"].startswith("busybox:"):
            return None
        elif i == 0:
            layers.append(root_layer(image, applets))
        else:
            layers.append(upper_layer(family(image), row["created_by"], image["config"]["env"], users, alpine))
    sizes, derived = layer_bytes(image, rows, layers, images, ratios)
    if sizes is None:
        return None
    derived = derived or split
    history, filled_layers = [], iter([filled(layer, size) for layer, size in zip(layers, sizes)])
    for row in image["layers"]:
        history.append({"created_by": row["created_by"], "empty": True} if row.get("empty") else {"created_by": row["created_by"], **next(filled_layers)})
    source = image["source"]
    basis = "; unpacked bytes derived, at least in part" if derived else ""
    reference = image["reference"] if ":" in image["reference"].rpartition("/")[2] else image["reference"] + ":latest"
    return {
        "reference": reference, "bytes": sum(sizes), "estimated": derived, "outline": True, "compressed_bytes": image["compressed_bytes"] or 0,
        "date": image["date"], "source": f"{source['repo']} {source['path']}" + (f" at {source['commit'][:12]}" if source.get("commit") else "") + basis,
        "package_manager": image["package_manager"], "shell": image["shell"] and "/bin/sh",
        "config": config_json(image["config"]), "layers": history,
    }


def composed(reference, below, above, images):
    """An image made of another's layers and of those of a tag that differs in its root."""
    base, own = (next(i for i in images if i["reference"] == r) for r in (below, above))
    rows = [row for row in own["layers"] if not re.search(NOT_IN_FULL, row["created_by"])]
    layers = [row for row in base["layers"] if not row.get("empty")] + rows
    packed = sum(row["compressed_bytes"] or 0 for row in layers)
    return {**own, "reference": reference, "os_release": base["os_release"], "layers": layers, "compressed_bytes": packed,
            "uncompressed_nearby": None, "uncompressed_bytes": None, "source": {**own["source"], "path": own["source"]["path"] + " on " + base["source"]["path"]}}


def written(value):
    """JSON with one entry, one list of links and one file list a line."""
    short = lambda v: json.dumps(v, ensure_ascii=False)
    rows = []
    for layer in value["layers"]:
        parts = []
        for key, part in layer.items():
            if key == "entries":
                parts.append('"entries": [\n    ' + ",\n    ".join(map(short, part)) + "]")
            elif key == "links":
                parts.append('"links": {\n    ' + ",\n    ".join(f"{short(k)}: {short(v)}" for k, v in part.items()) + "}")
            else:
                parts.append(f"{short(key)}: {short(part)}")
        rows.append("  {" + ",\n   ".join(parts) + "}")
    head = ",\n ".join(f"{short(k)}: {short(v)}" for k, v in value.items() if k != "layers")
    return "{" + head + ',\n "layers": [\n' + ",\n".join(rows) + "\n ]}\n"


def main():
    images = json.loads(Path(sys.argv[1]).read_text())
    base = json.loads(APPLETS.read_text())
    applets = [e["path"].rpartition("/")[2] for e in base["layers"][0]["entries"] if e.get("link") == "busybox"]
    ratios = Ratios(images)
    out, left_out = {}, []
    for image in images + [composed(reference, *parts, images) for reference, parts in COMPOSED.items()]:
        value = image_json(image, images, ratios, applets)
        if value is None:
            left_out.append(image["reference"])
            continue
        names = [value["reference"], *ALIASES.get(image["reference"], [])]
        for reference in names:
            out[reference] = {**value, "reference": reference}
        nonroot = image.get("variants", {}).get("nonroot")
        if nonroot:
            config = {**value["config"], "User": nonroot["user"], "WorkingDir": nonroot["workdir"]}
            reference = value["reference"].replace(":latest", ":nonroot")
            out[reference] = {**value, "reference": reference, "config": config}
    folder = HERE / "images"
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.json"):
        old.unlink()
    for reference, value in out.items():
        (folder / (re.sub(r"[^A-Za-z0-9._-]", "-", reference) + ".json")).write_text(written(value))
    print(f"{len(out)} images; not enough is known of {', '.join(left_out)}")


if __name__ == "__main__":
    main()
