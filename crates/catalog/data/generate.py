#!/usr/bin/env python3
"""Writes images/NAME.json, what the catalog knows of each base image, and index.json, their names.

  ./generate.py base_images.json

The argument lists measured facts of images: config, history, bytes of layers (compressed, and unpacked where somebody
unpacked or rebuilt them). more_images.json beside this file has more of them, as differences from others (`expanded`).
Where the unpacked bytes of a layer are not known they are derived, and the image is marked estimated:
- Of an image whose total is known, the layers that are not share what is left, in proportion to their compressed bytes.
- Of any other, a layer weighs its compressed bytes times what the same image's other tags show between the two figures,
  or, where none shows it, what all images with the same package manager show; where it is the only layer that is not
  known (Go's tree in golang), what the same layer of the other tags shows; for systems of which no image shows it,
  what all roots or all layers together show.
What a layer holds by name is in contents.py, tools.py and debian.json; the bytes of its files add up to the layer's.
Images of which no layer was read are in outlined_images.json, and outlined.py says how they are made.
"""
import json, re, sys
from pathlib import Path

sys.dont_write_bytecode = True
import contents
from outlined import outlined
from tools import upper_layer

HERE = Path(__file__).resolve().parent
SMALL = 10_000  # compressed bytes below which a layer weighs about what its few files do
SMALL_RATIO = 2.2
# Bytes of a program that is known by name alone, where there is room for all of them.
PROGRAM = 40 * 1024

# What an image is called besides, where the facts say that it is the same and neither version nor release tells it.
ALIASES = {
    "alpine:latest": ["alpine:3", "alpine:3.24"],
    "busybox:latest": ["busybox:1", "busybox:1.38", "busybox:stable"],
    "busybox:glibc": ["busybox:1.38-glibc"],
    "busybox:musl": ["busybox:1.38-musl"],
    "caddy:latest": ["caddy:alpine", "caddy:2-alpine", "caddy:2.11-alpine", "caddy:2.11.4-alpine"],
    "debian:bookworm": ["debian:12", "debian:oldstable"],
    "debian:bookworm-slim": ["debian:12-slim", "debian:oldstable-slim"],
    "debian:bullseye": ["debian:11"],
    "debian:bullseye-slim": ["debian:11-slim"],
    "debian:trixie": ["debian:latest", "debian:13", "debian:stable"],
    "debian:trixie-slim": ["debian:13-slim", "debian:stable-slim"],
    "eclipse-temurin:21-jdk": ["eclipse-temurin:21"],
    "eclipse-temurin:17-jdk": ["eclipse-temurin:17"],
    "fedora:latest": ["fedora:44"],
    "amazonlinux:latest": ["amazonlinux:2023"],
    "node:24": ["node:lts"],
    "node:24-slim": ["node:lts-slim"],
    "node:24-alpine": ["node:lts-alpine"],
    "ubuntu:26.04": ["ubuntu:latest", "ubuntu:resolute"],
    "ubuntu:24.04": ["ubuntu:noble"],
    "ubuntu:22.04": ["ubuntu:jammy"],
    "ubuntu:20.04": ["ubuntu:focal"],
    "maven:3-eclipse-temurin-21": ["maven:3.9-eclipse-temurin-21"],
    "maven:3-eclipse-temurin-17": ["maven:3.9-eclipse-temurin-17"],
    "maven:3-eclipse-temurin-21-alpine": ["maven:3.9-eclipse-temurin-21-alpine"],
    "gradle:jdk21": ["gradle:9-jdk21", "gradle:9.7-jdk21", "gradle:9.7.0-jdk21"],
    "gradle:jdk17": ["gradle:9-jdk17", "gradle:9.7-jdk17", "gradle:9.7.0-jdk17"],
}
# The variable that has an image's version, by its name.
VERSIONS = {
    "node": "NODE_VERSION", "python": "PYTHON_VERSION", "golang": "GOLANG_VERSION", "rust": "RUST_VERSION", "ruby": "RUBY_VERSION",
    "php": "PHP_VERSION", "nginx": "NGINX_VERSION", "httpd": "HTTPD_VERSION", "redis": "REDIS_VERSION", "postgres": "PG_VERSION",
    "memcached": "MEMCACHED_VERSION", "composer": "COMPOSER_VERSION", "caddy": "CADDY_VERSION", "mongo": "MONGO_VERSION",
}


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
            if not below and image["os_release"]:
                own = own_image(*image["os_release"].split()[:2], images)
                below = own and total_of(own)[1] and total_of(own)[0] or None
            if below and rows[0]["compressed_bytes"]:
                self.note(self.root, [image["os_release"].split()[0], "*"], below, rows[0]["compressed_bytes"])
            if total and below and len(rows) > 1:
                packed = sum(row["compressed_bytes"] for row in rows[1:])
                self.note(self.upper, ["*"], total - below, packed)
                open_rows = [row for row in rows[1:] if known(row) is None and row["compressed_bytes"] * 50 >= packed]
                if len(open_rows) == 1:
                    left = total - below - sum(known(row) or 0 for row in rows[1:])
                    self.note(self.upper, [f"{family(image)} {image['package_manager']} tool"], left, open_rows[0]["compressed_bytes"])
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
    if not image["os_release"]:
        return None
    name, release = (image["os_release"] + " ").split(" ")[:2]
    own = own_image(name, release, images)
    if own and total_of(own)[0]:
        return total_of(own)[0]
    return row["compressed_bytes"] and ratios.unpacked(ratios.root, [name, "*"], row["compressed_bytes"])


def layer_bytes(image, rows, layers, images, ratios):
    """Bytes of each layer, or None where nothing tells them; and whether any was derived."""
    total, exact = total_of(image)
    if len(rows) == 1 and total:
        return [total], not exact
    sizes = [known(row) for row in rows]
    if all(size is not None for size in sizes):
        return sizes, not all(row.get("uncompressed_bytes") is not None for row in rows)
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
        keys = [f"{family(image)} {image['package_manager']}", family(image), image["package_manager"], "*"]
        large = [i for i in open_rows if rows[i]["compressed_bytes"] * 50 >= sum(row["compressed_bytes"] for row in rows[1:])]
        for i in open_rows:
            tool = [f"{family(image)} {image['package_manager']} tool"] if large == [i] else []
            sizes[i] = ratios.unpacked(ratios.upper, tool + keys, rows[i]["compressed_bytes"])
    return (sizes, True) if all(size is not None for size in sizes) else (None, True)


def codename_of(image):
    """The release by its name: `bookworm`, `noble`."""
    found = re.search(r"\((\w+)\)", image["os_release"])
    ubuntu = {"20.04": "focal", "22.04": "jammy", "24.04": "noble", "26.04": "resolute"}
    return found[1] if found else ubuntu.get(image["os_release"].split()[1])


def root_layer(image):
    words = image["os_release"].split()
    if image["reference"].startswith("busybox:"):
        return contents.busybox(re.search(r"\((\w+)\)", image["os_release"])[1])
    if words[0] == "alpine":
        return contents.alpine(words[1] if words[1].count(".") == 2 else words[1] + ".0")
    if image["package_manager"] in ("dnf", "microdnf"):
        return contents.fedora(words[0], words[1], image["package_manager"] == "microdnf")
    return contents.debian(words[0], words[1], codename_of(image), "slim" in words)


def filled(layer, size):
    """The layer's JSON without its row: named files scaled down if they were too large, the rest as one file a folder."""
    entries = list({entry["path"]: entry for entry in layer.entries}.values())
    fixed = sum(len(e["text"].encode()) if "text" in e else e.get("size", 0) for e in entries)
    if fixed > size:
        raise SystemExit(f"texts of {fixed} bytes in a layer of {size}")
    files, named = dict(layer.files), sum(layer.files.values())
    programs = {place: names for place, names in layer.programs.items() if names}
    number = sum(len(names.split()) for names in programs.values())
    room = (size - fixed) * 9 // 10
    if named > room:
        files = {path: kib * room // named for path, kib in files.items()}
    rest = size - fixed - sum(files.values())
    each = min(PROGRAM, rest // 2 // number) if number else 0
    rest -= each * number
    if rest and layer.rest_mode:
        entries.append({"path": layer.rest, "kind": "file", "mode": layer.rest_mode, "size": rest})
    elif rest:
        weights = layer.spread or {layer.rest.removesuffix("/other-files"): 1}
        single = layer.rest if not layer.spread and not layer.rest.endswith("/other-files") else None
        left, total = rest, sum(weights.values())
        places = [single] if single else [f"{place}/other-files" for place in weights]
        for place, weight in zip(places, weights.values()):
            part = left if place == places[-1] else rest * weight // total
            files[place] = files.get(place, 0) + part
            left -= part
    links = {target: sorted(set(paths)) for target, paths in sorted(layer.links.items())}
    out = {"bytes": size}
    out |= {"entries": entries} if entries else {}
    out |= {"links": links} if links else {}
    out |= {"programs": programs, "each": each} if programs else {}
    return out | ({"files": dict(sorted(files.items()))} if files else {})


def config_json(config):
    out = {
        "User": config.get("user"), "WorkingDir": config["workdir"], "Env": [f"{k}={v}" for k, v in config["env"].items()],
        "Entrypoint": config["entrypoint"], "Cmd": config["cmd"], "ExposedPorts": {p: {} for p in config["exposed_ports"]},
        "Volumes": {v: {} for v in config["volumes"]}, "Labels": config["labels"], "StopSignal": config["stopsignal"],
    }
    return {k: v for k, v in out.items() if v}


def layers_with_contents(image, rows):
    """What is known by name of each layer, or None where nothing is known of the root."""
    system = image["os_release"] or ""
    alpine = system.startswith("alpine")
    users = {"passwd": contents.ALPINE_PASSWD if alpine else contents.DEBIAN_PASSWD, "group": contents.ALPINE_GROUP if alpine else contents.DEBIAN_GROUP}
    if re.match(r"ubuntu 2[46]", system):
        users = {"passwd": users["passwd"] + "ubuntu:x:1000:1000:Ubuntu:/home/ubuntu:/bin/bash\n", "group": users["group"] + "ubuntu:x:1000:\n"}
    layers = []
    for i, row in enumerate(rows):
        if "distroless" in system:
            found = re.match(r"\(bazel\) (\(?\S+)", row["created_by"])
            layers.append(contents.distroless(found[1], system.split()[1], codename_of(image)))
        elif not system and image["reference"].startswith("hello-world"):
            layers.append(contents.only_program("/hello"))
        elif i == 0:
            layers.append(root_layer(image))
        else:
            codename = codename_of(image) if image["package_manager"] == "apt" else None
            variables = image["config"]["env"] | {"variant": image["reference"].rpartition(":")[2]}
            layers.append(upper_layer(family(image), row["created_by"], variables, users, alpine, codename))
    return layers


def image_json(image, images, ratios):
    """The catalog's form of an image, or None where its bytes cannot be told."""
    rows = layers_of(image)
    split = not rows
    if not rows and total_of(image)[0] and image["package_manager"] == "apk":  # only its total was printed
        base = own_image("alpine", image["os_release"].split()[1], images)
        tools = {"golang": "Go as of", "python": "Python as of"}[family(image)]
        rows = [*layers_of(base), {"created_by": f"{tools} {image['date']}", "compressed_bytes": SMALL, "uncompressed_bytes": total_of(image)[0] - total_of(base)[0]}]
        image = {**image, "layers": rows}
    if not rows:
        return None
    layers = layers_with_contents(image, rows)
    sizes, derived = layer_bytes(image, rows, layers, images, ratios)
    if sizes is None:
        return None
    derived = derived or split or image.get("composed", False)
    history, filled_layers = [], iter([filled(layer, size) for layer, size in zip(layers, sizes)])
    for row in image["layers"]:
        history.append({"created_by": row["created_by"], "empty": True} if row.get("empty") else {"created_by": row["created_by"], **next(filled_layers)})
    source = image["source"]
    basis = "; put together from parts, their unpacked bytes derived" if image.get("composed") else "; unpacked bytes derived, at least in part" if derived else ""
    reference = image["reference"] if ":" in image["reference"].rpartition("/")[2] else image["reference"] + ":latest"
    return {
        "reference": reference, "bytes": sum(sizes), "estimated": derived, "outline": True, "all_programs": all(layer.all_programs or layer.only_names() for layer in layers),
        "compressed_bytes": image["compressed_bytes"] or 0, "digest": image.get("digest"),
        "date": image["date"], "source": f"{source['repo']} {source['path']}" + (f" at {source['commit'][:12]}" if source.get("commit") else "") + basis,
        "package_manager": image["package_manager"], "shell": image["shell"] and "/bin/sh",
        "config": config_json(image["config"]), "layers": history,
    }


def expanded(more, images):
    """An entry of more_images.json as one of base_images.json. `like` is the image whose rows and config it has, `without` the
    rows that it has not, `first` and `rows` are put before and behind them, `compressed` are the bytes of its layers in
    order. `base`: so many of the lowest layers are another image's. `append`: the rows of another image but for some. `take`, `scale`: a layer's bytes are those of another image's,
    or in the proportion of two others'. `tree_of`: the last layer is another image's, less some bytes."""
    find = lambda reference: next(i for i in images if i["reference"] == reference)
    row_of = lambda reference, pattern: next(row for row in find(reference)["layers"] if not row.get("empty") and re.search(pattern, row["created_by"]))
    row = lambda text, packed: {"created_by": text, "compressed_bytes": packed or 0, "empty": packed is None}
    like = find(more["like"]) if "like" in more else {"layers": [], "config": {"env": {}}, "compressed_bytes": None}
    rows = [dict(r) for r in like["layers"] if not re.search(more.get("without", "^$"), r["created_by"])]
    rows = [row(*r) for r in more.get("first", [])] + rows
    config = {"user": None, "workdir": None, "entrypoint": None, "cmd": None, "exposed_ports": [], "volumes": [], "stopsignal": None, "labels": {}, **like["config"]}
    config["env"] = {k: v for k, v in config["env"].items() if k not in more.get("without_env", [])}
    if "append" in more:
        other, but = more["append"]
        rows += [dict(r) for r in find(other)["layers"] if not re.search(but, r["created_by"])]
        own = find(other)["config"]
        config |= {k: v for k, v in own.items() if v and k != "env"}
        versions = {k: v for k, v in own["env"].items() if not k.startswith("JAVA")}
        config["env"] = {**config["env"], **versions}
    if "base" in more:
        reference, number = more["base"]
        below, mine = layers_of(find(reference))[:number], layers_of({"layers": rows})[:number]
        rows = [dict(below[mine.index(r)]) if r in mine else r for r in rows]
        more = {"os_release": find(reference)["os_release"], **more}
    for pattern, (reference, there) in more.get("take", {}).items():
        target = next(r for r in rows if re.search(pattern, r["created_by"]) and not r.get("empty"))
        target |= {"compressed_bytes": row_of(reference, there)["compressed_bytes"], "uncompressed_bytes": None}
    for pattern, (mine, its, there) in more.get("scale", {}).items():
        target = next(r for r in rows if re.search(pattern, r["created_by"]) and not r.get("empty"))
        part = target["compressed_bytes"] * row_of(mine, there)["compressed_bytes"] // row_of(its, there)["compressed_bytes"]
        target |= {"compressed_bytes": part, "uncompressed_bytes": None}
    if "compressed" in more:
        own = [r for r in rows if not r.get("empty")]
        if len(own) != len(more["compressed"]):
            raise SystemExit(f"{more['reference']}: {len(more['compressed'])} sizes for {len(own)} layers")
        for target, packed in zip(own, more["compressed"]):
            # a layer of the same bytes but for its wrapping is known as it was
            near = abs(target["compressed_bytes"] - packed) * 100 < packed
            target |= {"compressed_bytes": packed} | ({} if near else {"uncompressed_bytes": None, "uncompressed_reconstructed_bytes": None})
    rows += [row(*r) for r in more.get("rows", [])]
    if "env_of" in more:
        theirs = find(more["env_of"])["config"]["env"]
        config["env"] |= {k: v for k, v in theirs.items() if k in config["env"] and k != "PATH" or k.endswith("_VERSION") and k != "YARN_VERSION"}
    config["env"] |= more.get("env", {})
    if "config" in more:
        config |= {k: v for k, v in more["config"].items() if k != "env"}
        config["env"] = more["config"].get("env", config["env"])
    for r in rows:  # the history says the version too
        found = re.match(r"ENV (\w+_VERSION)=", r["created_by"])
        if found and found[1] in config["env"]:
            r["created_by"] = f"ENV {found[1]}={config['env'][found[1]]}"
    path, _, commit = more["file"].partition(" at ")
    commit, _, remark = commit.partition(", ")
    image = {
        **like, "reference": more["reference"], "digest": more.get("digest"), "date": more["date"], "layers": rows, "config": config, "composed": more.get("composed", False),
        "uncompressed_bytes": None, "uncompressed_nearby": more.get("total"), "uncompressed_reconstructed_bytes": None, "variants": like.get("variants") if "tree_of" in more else {},
        "compressed_bytes": sum(r["compressed_bytes"] or 0 for r in rows if not r.get("empty")),
        "source": {"repo": "docker-library/repo-info" if path.startswith("repos/") else "composed:", "path": path, "commit": commit} if not remark else {"repo": "docker-library/repo-info", "path": f"{path} at {commit}, {remark}"},
    }
    for key in ("os_release", "package_manager", "shell"):
        if key in more:
            image[key] = more[key]
    if "tree_of" in more:
        image["config"] = next((i["config"] for i in images if i["reference"] == more["reference"]), config)
        image["tree_of"] = more["tree_of"]
    return image


def tree_bytes(tree_of, written_images):
    """The unpacked bytes of another image's layer, less some."""
    reference, pattern, less = tree_of
    layer = next(row for row in written_images[reference]["layers"] if re.search(pattern, row["created_by"]) and not row.get("empty"))
    return layer["bytes"] - less


def names_of(image):
    """What the image is called besides: by its full version, and by the release that it is built on."""
    repository, _, tag = image["reference"].rpartition(":")
    name, system = family(image), image["os_release"] or ""
    names = list(ALIASES.get(image["reference"], []))
    variable = VERSIONS.get(name)
    if not variable:
        return names
    version = re.match(r"v?(\d+(?:\.\d+)*)", image["config"]["env"].get(variable, "") or "")
    numbers = version[1].split(".") if version else []
    words = tag.split("-")
    versioned = bool(re.match(r"\d", words[0]))
    variant = [w for w in words[1 if versioned else 0:] if w != "latest"]
    heads = [words[0]] if versioned else [""]
    heads += [".".join(numbers[:n]) for n in range(2 if versioned else 1, len(numbers) + 1)]
    if not versioned and "" in heads and not variant:
        heads.append("latest")
    codename = codename_of(image) if "debian" in system else None
    tails = [variant]
    if codename and codename not in variant:
        tails.append([codename] + variant if name == "node" else variant + [codename])
    elif "alpine" in variant:
        short = ".".join(system.split()[1].split(".")[:2])
        tails.append([f"alpine{short}" if w == "alpine" else w for w in variant])
    for head in heads:
        for tail in tails:
            full = "-".join([head, *tail] if head else tail)
            if full and full != tag:
                names.append(f"{repository}:{full}")
    return list(dict.fromkeys(names))


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


def variants(image, value):
    """The image with another user, and the one with a shell, as distroless has them."""
    out = []
    base = value["reference"].removesuffix(":latest")
    nonroot, debug = (image.get("variants", {}) or {}).get("nonroot"), (image.get("variants", {}) or {}).get("debug")
    as_nonroot = lambda config: {**config, "User": nonroot["user"], "WorkingDir": nonroot["workdir"]}
    if nonroot:
        out.append({**value, "reference": f"{base}:nonroot", "config": as_nonroot(value["config"])})
    if debug:
        shell = contents.distroless("busybox", *"13 trixie".split())
        layer = {"created_by": "(bazel) busybox", **filled(shell, DEBUG_SHELL)}
        env = [f"{line}:/busybox" if line.startswith("PATH=") else line for line in value["config"].get("Env", [])]
        config = {**value["config"], "Env": env, "Entrypoint": debug["entrypoint"]}
        more = {"bytes": value["bytes"] + DEBUG_SHELL, "estimated": True, "layers": [*value["layers"], layer], "source": value["source"] + "; the shell counted as busybox:musl"}
        out.append({**value, **more, "reference": f"{base}:debug", "config": config})
        out.append({**value, **more, "reference": f"{base}:debug-nonroot", "config": as_nonroot(config)})
    return out


# The bytes of busybox:musl.
DEBUG_SHELL = 1_532_848


def main():
    images = json.loads(Path(sys.argv[1]).read_text())
    ratios = Ratios(images)
    for more in json.loads((HERE / "more_images.json").read_text()):
        image = expanded(more, images)
        images = [i for i in images if i["reference"] != image["reference"]] + [image]
    out, left_out = {}, []
    for image in images:
        if "tree_of" in image:
            image["layers"][-1] |= {"empty": False, "compressed_bytes": 0, "uncompressed_bytes": tree_bytes(image["tree_of"], out)}
            image |= {"compressed_bytes": None}
        value = image_json(image, images, ratios)
        if value is None:
            left_out.append(image["reference"])
            continue
        out[value["reference"]] = {**value, "names": names_of(image)}
        for other in variants(image, value):
            out[other["reference"]] = {**other, "names": []}
    for row in json.loads((HERE / "outlined_images.json").read_text()):
        out[row["reference"]] = outlined(row, out, filled)
    taken = set(out)
    for value in out.values():
        value["names"] = [name for name in value["names"] if name not in taken and not taken.add(name)]
    folder = HERE / "images"
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.json"):
        old.unlink()
    for reference, value in out.items():
        rest = {k: v for k, v in value.items() if k not in ("reference", "names") and v is not False}
        value = {"reference": reference, "names": value["names"], **rest}
        (folder / (re.sub(r"[^A-Za-z0-9._-]", "-", reference) + ".json")).write_text(written(value))
    rows = [{"reference": r, "names": v["names"], **({"digest": v["digest"]} if v["digest"] else {})} for r, v in sorted(out.items())]
    lines = ",\n".join("  " + json.dumps({k: v for k, v in row.items() if v}) for row in rows)
    (HERE / "index.json").write_text('{"images": [\n' + lines + "\n]}\n")
    print(f"{len(out)} images, {sum(v['estimated'] for v in out.values())} estimated; not enough is known of {', '.join(left_out)}")


if __name__ == "__main__":
    main()
