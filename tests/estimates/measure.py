#!/usr/bin/env python3
"""Measures what real builds write and how long they take: the truth that the estimates are held against.

  ./measure.py NAME.Dockerfile …      writes NAME.json beside each

The engine must hold the images of base.sh. Of each step: the bytes of its layer (`docker history`) and the seconds it
ran. Builds have the host's network and no cache. The engine is found as tests/conformance/record.py finds it (DOCKER,
WORK, WORK_INSIDE). A folder NAME/ beside a Dockerfile is its context.
"""
import json, os, re, shutil, subprocess, sys, tempfile
from datetime import date, datetime
from pathlib import Path

DOCKER = os.environ.get("DOCKER", "docker")
WORK = Path(os.environ.get("WORK") or tempfile.gettempdir() + "/layerlab-measure")
WORK_INSIDE = os.environ.get("WORK_INSIDE") or str(WORK)


def docker(*args):
    return subprocess.run([DOCKER, *args], capture_output=True, text=True)


def moment(text):
    return datetime.fromisoformat(text[:26].rstrip("Z") + "+00:00")


def measure(path: Path):
    name = path.name.removesuffix(".Dockerfile")
    folder = WORK / name
    shutil.rmtree(folder, ignore_errors=True)
    if (path.parent / name).is_dir():
        shutil.copytree(path.parent / name, folder)
    else:
        folder.mkdir(parents=True)
    shutil.copy(path, folder / "Dockerfile")
    tag = f"estimates/case:{name}"
    r = docker("buildx", "build", "--progress", "rawjson", "--network", "host", "--no-cache", "--provenance=false",
               "-t", tag, f"{WORK_INSIDE}/{name}")
    if r.returncode != 0:
        print(f"{path}: the build failed\n{r.stderr[-3000:]}", file=sys.stderr)
        return
    times = {}
    for line in r.stderr.splitlines():
        for v in json.loads(line).get("vertexes", []) if line.startswith("{") else []:
            if v.get("started") and v.get("completed"):
                times[re.sub(r"^\[[^]]*\] ", "", v["name"])] = round((moment(v["completed"]) - moment(v["started"])).total_seconds(), 2)
    rows = [json.loads(l) for l in docker("history", "--no-trunc", "--human=false", "--format", "{{json .}}", tag).stdout.splitlines()]
    steps = []
    for row in reversed(rows):
        text = re.sub(r" # buildkit$", "", row["CreatedBy"])
        text = re.sub(r"^RUN (\|\d+ .*? )?/bin/sh -c ", "RUN ", text)
        if text.startswith(("RUN", "COPY", "ADD", "WORKDIR")):
            steps.append({"step": text, "bytes": int(row["Size"]), "seconds": times.get(text)})
    out = {"engine": docker("version", "--format", "{{.Server.Version}}").stdout.strip(), "date": date.today().isoformat(), "steps": steps}
    path.with_suffix(".json").write_text(json.dumps(out, indent=1) + "\n")
    docker("image", "rm", "-f", tag)
    print(name, *(f"{s['bytes']:>12,} {s['seconds']} s  {s['step'][:70]}" for s in steps), sep="\n  ", flush=True)


for argument in sys.argv[1:]:
    measure(Path(argument))
