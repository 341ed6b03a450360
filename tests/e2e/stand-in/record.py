#!/usr/bin/env python3
"""Records what a real Docker Engine does with the project that the page opens on, edit by edit.

  ./record.py             writes ../recorded: cases/node-service.toml and .json, bases/node-22-alpine.json
  ./record.py --toml      writes the .toml alone, from the project's files; no engine is needed

The project is lessons/00-first-image/start. Its base image, node:22-alpine, has a stand-in here: an image of that name is
made in the engine (one of that name there is replaced), with a static busybox ($BUSYBOX, by default `busybox` on PATH),
the user `node`, and the shell scripts beside this file for npm and node, so that a RUN needs no network and has the same
result every time. The recording has the form of the conformance cases: ../../conformance/README.md; how the engine is
found: ../../conformance/record.py.
"""
import io, json, os, shutil, subprocess, sys, tarfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPO = HERE.parents[2]
PROJECT = REPO / "lessons" / "00-first-image" / "start"
RECORDED = HERE.parent / "recorded"
CASE = RECORDED / "cases" / "node-service.toml"
REFERENCE = "node:22-alpine"
MTIME = 1735689600  # 2025-01-01T00:00:00Z

CONFIG = {
    "Env": ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "NODE_VERSION=22.23.3", "YARN_VERSION=1.22.22"],
    "Entrypoint": ["docker-entrypoint.sh"],
    "Cmd": ["node"],
}
TEXTS = {
    "etc/passwd": "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/sbin/nologin\nnode:x:1000:1000:Linux User,,,:/home/node:/bin/sh\n",
    "etc/group": "root:x:0:root\nnobody:x:65534:\nnode:x:1000:node\n",
}
SCRIPTS = ["npm", "node", "docker-entrypoint.sh"]


def replaced(path, old, new):
    """A file of the project with one place of its text replaced."""
    text = (PROJECT / path).read_text()
    if text.count(old) != 1:
        raise SystemExit(f"{path} must hold {old!r} once")
    return text.replace(old, new)


def edits():
    """What is done before each build after the first."""
    dependency = {
        "package.json": replaced("package.json", '    "mime": ', '    "escape-html": "^1.0.3",\n    "mime": '),
        "package-lock.json": replaced(
            "package-lock.json", '"mime": "^', '"escape-html": "^1.0.3",\n        "mime": "^'
        ).replace(
            '    "node_modules/mime": {',
            '    "node_modules/escape-html": {\n      "version": "1.0.3",\n'
            '      "integrity": "sha512-NiSupZ4OeuGwr68lGIeym/ksIZMJodUGOSCZ/FSnTxcrekbvqrgdUxlJOMpijaKZVjAJrWrGs/6Jy8OMuyj9ow==",\n'
            '      "license": "MIT"\n    },\n    "node_modules/mime": {',
        ),
    }
    return [
        ("a source file is edited", {"write": {"src/config.js": replaced("src/config.js", "MAX_LINKS, 1000", "MAX_LINKS, 5000")}}),
        ("a file that .dockerignore leaves out is edited", {"write": {"README.md": replaced("README.md", "small team", "small, busy team")}}),
        ("package.json is edited", {"write": {"package.json": replaced("package.json", '"1.3.0"', '"1.4.0"')}}),
        ("a dependency is added", {"write": dependency}),
        ("a line of ENV is deleted, the backslash before it stays", {"dockerfile": replaced("Dockerfile", "    PORT=8080\n", "")}),
        ("the first FROM line is deleted", {"dockerfile": replaced("Dockerfile", f"FROM {REFERENCE} AS build\n", "")}),
    ]


def toml_text(text):
    return json.dumps(text, ensure_ascii=False)  # a JSON string is a TOML string


def case_toml():
    files = sorted(str(p.relative_to(PROJECT)) for p in PROJECT.rglob("*") if p.is_file())
    lines = [
        "# Written by ../../stand-in/record.py from lessons/00-first-image/start.",
        f"about = {toml_text('The project that the page opens on: what an edit of its sources, its manifest and its Dockerfile runs again.')}",
        'area = "cache"',
        f"dockerfile = {toml_text((PROJECT / 'Dockerfile').read_text())}",
        "[context]",
        *(f"{toml_text(f)} = {toml_text((PROJECT / f).read_text())}" for f in files if f != "Dockerfile"),
        "[[build]]",
    ]
    for about, edit in edits():
        lines += [f"[[build]] # {about}"]
        if "dockerfile" in edit:
            lines += [f"edit.dockerfile = {toml_text(edit['dockerfile'])}"]
        for path, text in edit.get("write", {}).items():
            lines += [f"edit.write.{toml_text(path)} = {toml_text(text)}"]
    return "\n".join(lines) + "\n"


def base_image():
    """The stand-in's files as a tar archive, and what is known of them in the form of a base image's file."""
    busybox = os.environ.get("BUSYBOX") or shutil.which("busybox")
    if not busybox:
        raise SystemExit("no busybox: install a static one, or name it in BUSYBOX")
    program = Path(busybox).read_bytes()
    applets = [a for a in subprocess.run([busybox, "--list"], capture_output=True, text=True, check=True).stdout.split() if a != "busybox"]
    home = {"uid": 1000, "gid": 1000}
    entries = [{"path": "/", "kind": "dir"}]
    entries += [{"path": f"/{d}", "kind": "dir"} for d in ("bin", "etc", "home", "opt", "usr", "usr/bin", "usr/local", "usr/local/bin", "var")]
    entries += [{"path": "/root", "kind": "dir", "mode": "700"}, {"path": "/tmp", "kind": "dir", "mode": "1777"}]
    entries += [{"path": "/home/node", "kind": "dir", **home}]
    entries += [{"path": f"/bin/{a}", "kind": "symlink", "mode": "777", "link": "busybox"} for a in applets]
    entries += [{"path": "/bin/busybox", "kind": "file", "mode": "755", "size": len(program)}]
    entries += [{"path": f"/{p}", "kind": "file", "text": t} for p, t in TEXTS.items()]
    entries += [{"path": f"/usr/local/bin/{s}", "kind": "file", "mode": "755", "text": (HERE / s).read_text()} for s in SCRIPTS]
    entries.sort(key=lambda e: e["path"])
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        for e in entries:
            e.setdefault("mode", "755" if e["kind"] == "dir" else "644")
            e.setdefault("uid", 0)
            e.setdefault("gid", 0)
            info = tarfile.TarInfo("." + e["path"])
            info.mode, info.uid, info.gid, info.mtime = int(e["mode"], 8), e["uid"], e["gid"], MTIME
            content = e["text"].encode() if "text" in e else program if e["path"] == "/bin/busybox" else b""
            if e["kind"] == "file":
                e["size"] = info.size = len(content)
            else:
                info.type = tarfile.DIRTYPE if e["kind"] == "dir" else tarfile.SYMTYPE
                info.linkname = e.get("link", "")
            tar.addfile(info, io.BytesIO(content))
    return archive.getvalue(), entries


def base_json(entries):
    order = ["path", "kind", "mode", "uid", "gid", "size", "link", "text"]
    rows = [json.dumps({k: e[k] for k in order if k in e}, ensure_ascii=False) for e in entries]
    head = f'{{"reference": {json.dumps(REFERENCE)}, "config": {json.dumps(CONFIG)},\n "layers": [{{"entries": [\n  '
    return head + ",\n  ".join(rows) + "\n ]}]}\n"


def main():
    CASE.parent.mkdir(parents=True, exist_ok=True)
    CASE.write_text(case_toml())
    if sys.argv[1:] == ["--toml"]:
        return 0
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(REPO / "tests" / "conformance"))
    import record

    archive, entries = base_image()
    changes = [f"ENV {variable}" for variable in CONFIG["Env"]]
    changes += [f"ENTRYPOINT {json.dumps(CONFIG['Entrypoint'])}", f"CMD {json.dumps(CONFIG['Cmd'])}"]
    flags = [word for change in changes for word in ("-c", change)]
    subprocess.run([record.DOCKER, "import", *flags, "-", REFERENCE], input=archive, check=True, stdout=subprocess.DEVNULL)
    bases = RECORDED / "bases"
    bases.mkdir(parents=True, exist_ok=True)
    (bases / "node-22-alpine.json").write_text(base_json(entries))
    record.know_base(REFERENCE)
    return record.record_all([CASE]) != 0


if __name__ == "__main__":
    sys.exit(main())
