#!/usr/bin/env python3
"""Records what a real Docker Engine does with each conformance case.

  ./record.py CASE.toml [CASE.toml ...]    writes CASE.json beside each CASE.toml

README.md beside this file describes both formats. The engine must keep images in the store that the case is for; it
gets the base image if it lacks it (base.py). It is found by three variables:

  DOCKER       the client, `docker` by default
  WORK         a folder for the contexts that client and engine can read, a temporary one by default
  WORK_INSIDE  the same folder as the client sees it, where that is another path (an engine in a root of its own)
"""
import base64, fcntl, io, json, os, re, shutil, subprocess, sys, tarfile, tempfile, tomllib
from pathlib import Path

import base

DOCKER = os.environ.get("DOCKER", "docker")
WORK = Path(os.environ.get("WORK") or tempfile.gettempdir() + "/layerlab-record")
WORK_INSIDE = os.environ.get("WORK_INSIDE") or str(WORK)
MTIME = 1735689600  # 2025-01-01T00:00:00Z: a context file's age unless an edit touches it


def docker(*args, check=True, text=True):
    r = subprocess.run([DOCKER, *args], capture_output=True, text=text)
    if check and r.returncode != 0:
        raise RuntimeError(f"docker {' '.join(args)}: {r.stderr}")
    return r


def put(folder: Path, path: str, spec):
    """Creates one context entry: text, or {text|base64|size|link|dir, mode}."""
    p = folder / path
    p.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(spec, str):
        spec = {"text": spec}
    if p.is_symlink() or p.is_file():
        p.unlink()
    if "link" in spec:
        p.symlink_to(spec["link"])
        return
    if spec.get("dir"):
        p.mkdir(exist_ok=True)
    elif "size" in spec:
        p.write_bytes((spec.get("fill", "x") * spec["size"]).encode()[: spec["size"]])
    elif "base64" in spec:
        p.write_bytes(base64.b64decode(spec["base64"]))
    elif "tar" in spec:  # {tar = {path = text}, gzip = bool}: an archive, for ADD
        with tarfile.open(p, "w:gz" if spec.get("gzip") else "w") as t:
            for name, text in spec["tar"].items():
                info = tarfile.TarInfo(name)
                info.size, info.mtime, info.mode = len(text.encode()), MTIME, 0o644
                t.addfile(info, io.BytesIO(text.encode()))
    else:
        p.write_bytes(spec["text"].encode())
    p.chmod(int(spec.get("mode", "755" if spec.get("dir") else "644"), 8))


def settle(folder: Path, ages: dict):
    """Gives every entry the age that `ages` holds for it, else MTIME. An edit makes a file newer, as an editor would:
    the engine's context transfer takes a file of the same size and mtime for unchanged."""
    for d, dirs, files in os.walk(folder):
        for n in [*dirs, *files, "."]:
            p = os.path.join(d, n)
            t = ages.get(os.path.relpath(p, folder), MTIME)
            os.utime(p, (t, t), follow_symlinks=False)


def step_order(name):
    m = re.match(r"\[(?:(.*) )?(\d+)/(\d+)\]", name)
    # numbers are padded: "[build  1/10]"; the two vertices of COPY --link have the same one
    return ((m.group(1) or "").strip(), int(m.group(2)), "] LINK " in name) if m else ("", 0, False)


def image_store():
    """Where the engine keeps images: `overlay2`, `containerd` or another storage driver."""
    info = json.loads(docker("info", "--format", "{{json .}}").stdout)
    in_containerd = any(key == "driver-type" and "snapshotter" in value for key, value in info.get("DriverStatus") or [])
    return "containerd" if in_containerd else info["Driver"]


def plain(message):
    """An engine's message without what differs from one run to the next."""
    message = re.sub(r"checksum of ref [0-9a-z-]+::[0-9a-z]+", "checksum of ref REF", message)
    return re.sub(r"/\S*/overlay2/[0-9a-z]+/merged/", "/", message)


def cancelled(step):
    """Whether a step was stopped because another had failed: whether it had begun by then, and fails for that, is chance."""
    return "context canceled" in step.get("error", "")


def saved(tag):
    """The history that the image's config holds, and its layers, from `docker save`."""
    layers = []
    with tarfile.open(fileobj=io.BytesIO(docker("save", tag, text=False).stdout)) as t:
        manifest = json.load(t.extractfile("manifest.json"))[0]
        image_config = json.load(t.extractfile(manifest["Config"]))
        for diff_id, name in zip(image_config["rootfs"]["diff_ids"], manifest["Layers"]):
            if diff_id in BASE_LAYERS:
                layers.append({"base": BASE_LAYERS[diff_id]})
                continue
            entries = []
            with tarfile.open(fileobj=t.extractfile(name)) as layer:
                for m in layer.getmembers():
                    kind = "dir" if m.isdir() else "symlink" if m.issym() else "hardlink" if m.islnk() else "file" if m.isfile() else "other"
                    entries.append({"path": "/" + m.name.rstrip("/"), "kind": kind, "mode": f"{m.mode:o}", "uid": m.uid, "gid": m.gid,
                                    **({"size": m.size} if kind == "file" else {}), **({"link": m.linkname} if kind in ("symlink", "hardlink") else {})})
            layers.append({"entries": sorted(entries, key=lambda e: e["path"])})
    return image_config["history"], layers


def build(folder: Path, spec, tag):
    args = ["buildx", "build", "--progress", "rawjson", "--network", "none", "--provenance=false", "-t", tag]
    args += [arg.replace("/work/", f"{WORK_INSIDE}/") for arg in spec.get("args", [])]
    r = docker(*args, f"{WORK_INSIDE}/{folder.relative_to(WORK)}", check=False)
    vertices, warnings = {}, {}
    for line in r.stderr.splitlines():
        if not line.startswith("{"):
            continue
        e = json.loads(line)
        for v in e.get("vertexes", []):
            old = vertices.setdefault(v["digest"], {})
            old.update({k: v[k] for k in ("name", "cached", "error") if v.get(k)})
        for w in e.get("warnings", []):
            short = base64.b64decode(w["short"]).decode()
            rule, _, message = short.partition(": ")
            line_no = (w.get("range") or [{}])[0].get("start", {}).get("line")
            message = re.sub(r" \(line \d+\)$", "", message)
            warnings[(rule, message, line_no)] = {"rule": rule, "message": message, "line": line_no, "url": w.get("url")}
    # containerd's store knows a loaded image by its digest, another on every engine
    bare = lambda name: re.sub(r"( FROM \S+)@sha256:[0-9a-f]+", r"\1", name)
    steps = [{"name": bare(v["name"]), "cached": bool(v.get("cached")), **({"error": plain(v["error"])} if v.get("error") and not cancelled(v) else {})}
             for v in vertices.values() if re.match(r"\[(?:.* )?\d+/\d+\]", v.get("name", ""))]
    steps.sort(key=lambda s: step_order(s["name"]))
    out = {"ok": r.returncode == 0, "steps": steps,
           "warnings": sorted(warnings.values(), key=lambda w: (w["line"] or 0, w["rule"], w["message"]))}
    if r.returncode != 0:
        errors = [l for l in r.stderr.splitlines() if l.startswith("ERROR: ")]
        out["error"] = plain(re.sub(r"^ERROR: (failed to build: )?(failed to solve: )?", "", errors[-1])) if errors else r.stderr.strip().splitlines()[-1]
        return out
    info = json.loads(docker("image", "inspect", tag).stdout)[0]
    config = {k: v for k, v in info["Config"].items() if v not in (None, "", [], {}, False)}
    history = [json.loads(l) for l in docker("history", "--no-trunc", "--human=false", "--format", "{{json .}}", tag).stdout.splitlines()]
    # `docker save` refuses an image that has no layer
    rows, layers = saved(tag) if info["RootFS"].get("Layers") else ([{"empty_layer": True}] * len(history), [])
    out["image"] = {
        "size": info["Size"], "config": config,
        "history": [{"created_by": h["CreatedBy"], "size": int(h["Size"]), "empty": bool(c.get("empty_layer"))}
                    for h, c in zip(history, reversed(rows))],
        "layers": layers}
    return out


def record(path: Path):
    case = tomllib.loads(path.read_text())
    wanted, found = case.get("store", "overlay2"), image_store()
    if wanted != found:
        raise RuntimeError(f"the case is for images in {wanted}, but this engine keeps them in {found}: "
                           "see `features.containerd-snapshotter` of the daemon's configuration")
    folder = WORK / path.stem
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    docker("builder", "prune", "-af")
    files = {"Dockerfile": case["dockerfile"], **case.get("context", {})}
    for name, spec in files.items():
        put(folder, name, spec)
    ages = {}
    settle(folder, ages)
    tag = "case-" + re.sub(r"[^a-z0-9]+", "-", path.stem.lower())
    builds = []
    for number, spec in enumerate(case.get("build", [{}])):
        edit = spec.get("edit", {})
        ages |= {name: MTIME + 86400 * number for name in [*edit.get("write", {}), *edit.get("touch", [])]}
        if "dockerfile" in edit:
            put(folder, "Dockerfile", edit["dockerfile"])
            ages["Dockerfile"] = MTIME + 86400 * number
        for name, what in edit.get("write", {}).items():
            put(folder, name, what)
        for name in edit.get("remove", []):
            p = folder / name
            shutil.rmtree(p) if p.is_dir() and not p.is_symlink() else p.unlink()
        for name, mode in edit.get("chmod", {}).items():
            (folder / name).chmod(int(mode, 8))
        for old, new in edit.get("rename", {}).items():
            (folder / old).rename(folder / new)
        settle(folder, ages)
        builds.append(build(folder, spec, tag))
    docker("image", "rm", "-f", tag, check=False)
    docker("image", "prune", "-f")  # the builds before the last left theirs without a name
    shutil.rmtree(folder, ignore_errors=True)
    version = docker("version", "--format", "{{.Server.Version}}").stdout.strip().split("+")[0]
    text = json.dumps({"engine": version, "builds": builds}, indent=1, ensure_ascii=False)
    one_line = lambda m: json.dumps(json.loads(m.group()), ensure_ascii=False)
    flat = r'\{\n(?:\s+"[^"\\]*": (?:"(?:[^"\\]|\\.)*"|[^"\[\]{}\n]+?),?\n)+\s*\}'  # an object of plain values: on one line
    path.with_suffix(".json").write_text(re.sub(flat, one_line, text) + "\n")
    return builds


BASE_LAYERS = {}


def know_base(ref):
    """Layers of this image are recorded as `{"base": "REF#n"}`."""
    for i, diff_id in enumerate(json.loads(docker("image", "inspect", ref).stdout)[0]["RootFS"]["Layers"]):
        BASE_LAYERS[diff_id] = f"{ref}#{i}"


def record_all(paths):
    """Records case by case; the number of those that could not be recorded."""
    failed = 0
    WORK.mkdir(parents=True, exist_ok=True)
    for path in paths:
        try:
            with open(WORK / ".lock", "w") as lock:  # the build cache is the engine's: one case at a time
                fcntl.flock(lock, fcntl.LOCK_EX)
                builds = record(path)
            print(f"{path.stem}: " + ", ".join(("ok " if b["ok"] else "ERROR ") + f"{sum(s['cached'] for s in b['steps'])}/{len(b['steps'])} cached" for b in builds), flush=True)
        except Exception as e:
            failed += 1
            print(f"{path.stem}: NOT RECORDED: {e}", flush=True)
    return failed


AREAS = ["parse", "metadata", "args", "copy", "add", "ignore", "run", "heredoc", "stages", "cache", "mounts", "checks", "errors"]


def write_index(folder):
    """INDEX.md: the cases with what each shows."""
    cases = [(path.stem, tomllib.loads(path.read_text())) for path in sorted(folder.glob("*.toml"))]
    builds = sum(len(case.get("build", [{}])) for _, case in cases)
    parts = [f"# The open cases\n{len(cases)} cases, {builds} builds.\n"]
    for area in AREAS:
        rows = [f"- `{name}`: {case['about']}\n" for name, case in cases if case["area"] == area]
        parts.append(f"\n## {area} ({len(rows)})\n\n" + "".join(rows))
    (folder / "INDEX.md").write_text("".join(parts))


if __name__ == "__main__":
    if docker("version", check=False).returncode != 0:
        sys.exit(f"`{DOCKER} version` fails: there is no Docker Engine to ask. Start one, or name its client in the variable DOCKER")
    try:
        base.make(DOCKER)
    except RuntimeError as e:
        sys.exit(str(e))
    for ref in docker("image", "ls", "--format", "{{.Repository}}:{{.Tag}}", "--filter", "reference=conformance/*").stdout.split():
        know_base(ref)
    failed = record_all([Path(arg) for arg in sys.argv[1:]])
    for folder in {Path(arg).parent for arg in sys.argv[1:]}:
        if (folder / "INDEX.md").exists():
            write_index(folder)
    sys.exit(failed != 0)
