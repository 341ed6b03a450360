#!/usr/bin/env python3
"""Writes crates/simulate/src/commands/data/packages/pip.txt from real installs: what each distribution brings to site-packages.

  ./measure.py WORK           run by Python 3.12, whose pip downloads and installs every set below into WORK

Sizes are bytes of regular files, with those that pip compiles; programs are those of entry points. Requirements are those
that hold for this Python on Linux. Distributions of ../pip/installs.txt's sets that are not below were added by hand from
that measurement, with wheels of 22 hundredths of their size (the mean).
"""
import csv, json, shutil, subprocess, sys
from pathlib import Path
from pip._vendor.packaging.requirements import Requirement
from pip._vendor.packaging.utils import canonicalize_name

SETS = {
    "web": "flask flask-cors flask-sqlalchemy django djangorestframework django-cors-headers whitenoise gunicorn "
           "uvicorn[standard] fastapi celery redis requests httpx aiohttp sqlalchemy alembic psycopg2-binary "
           "psycopg[binary] asyncpg pymysql pymongo pydantic-settings python-multipart python-jose passlib bcrypt pyjwt "
           "cryptography python-dotenv jinja2 beautifulsoup4 lxml pyyaml click boto3 pillow",
    "data": "numpy pandas scipy scikit-learn matplotlib openpyxl streamlit jupyterlab",
    "tools": "pytest black flake8 mypy ruff poetry pipenv uv virtualenv setuptools wheel pip ansible-core awscli supervisor",
}
EXTRAS = ["uvicorn[standard]", "celery[redis]", "psycopg[binary]", "passlib[bcrypt]", "python-jose[cryptography]",
          "httpx[http2]", "sqlalchemy[asyncio]", "requests[socks]", "black[d]"]


def install(folder: Path, requirements: list[str]):
    shutil.rmtree(folder, ignore_errors=True)
    wheels, target = folder / "wheels", folder / "target"
    pip = [sys.executable, "-m", "pip"]
    subprocess.run([*pip, "download", "-q", "-d", str(wheels), *requirements], check=True)
    subprocess.run([*pip, "install", "-q", "--no-index", "--find-links", str(wheels), "--target", str(target), *requirements], check=True)
    files = {canonicalize_name(f.name.split("-")[0]): f for f in wheels.iterdir()}
    for info in target.glob("*.dist-info"):
        head = (info / "METADATA").read_text(errors="replace").split("\n\n")[0].splitlines()
        value = lambda key: next(line.split(": ", 1)[1] for line in head if line.startswith(key + ": "))
        name = canonicalize_name(value("Name"))
        own = [target / row[0].replace("../../bin/", "bin/") for row in csv.reader(open(info / "RECORD"))]
        own = [path for path in own if path.is_file() and path.suffix != ".pyc"]
        compiled = [path.parent / "__pycache__" / f"{path.stem}.cpython-312.pyc" for path in own if path.suffix == ".py"]
        compiled = [path for path in compiled if path.is_file()]
        entries, programs, heading = info / "entry_points.txt", [], ""
        for line in entries.read_text().splitlines() if entries.exists() else []:
            heading = line.strip() if line.startswith("[") else heading
            if heading == "[console_scripts]" and "=" in line:
                programs.append(line.split("=")[0].strip())
        size = lambda paths: sum(path.stat().st_size for path in paths)
        wheel = files.get(name)
        yield name, {
            "version": value("Version"), "bytes": size(own) + size(compiled), "compiled": size(compiled),
            "files": len(own) + len(compiled), "wheel": wheel.stat().st_size if wheel else 0,
            "native": bool(wheel) and ("manylinux" in wheel.name or "cp312-linux" in wheel.name), "programs": programs,
            "needs": [Requirement(line.split(": ", 1)[1]) for line in head if line.startswith("Requires-Dist: ")],
        }
    shutil.rmtree(folder)


def needs(rows, name, extra=""):
    found = []
    for need in rows[name]["needs"]:
        holds = lambda extra: need.marker is None or need.marker.evaluate({"extra": extra})
        if not holds(extra) or extra and holds(""):
            continue
        other = canonicalize_name(need.name)
        if other in rows:
            found += [other] if other != name else []
            found += [more for inner in need.extras for more in needs(rows, other, inner)]
    return list(dict.fromkeys(found))


rows = {}
for set_name, requirements in SETS.items():
    for name, row in install(Path(sys.argv[1]) / set_name, requirements.split()):
        rows.setdefault(name, row)
edges = {name: needs(rows, name) for name in rows}
for extra in EXTRAS:
    name, inner = extra.rstrip("]").split("[")
    edges[extra] = [name, *needs(rows, name, inner)]
index = {name: at for at, name in enumerate(sorted(edges))}
lines = ["# Python packages as pip installs them (Python 3.12, linux-x64, November 2026; tests/estimates/pip/measure.py).",
         "# name, version, bytes/100 with compiled files, of them compiled, files, wheel bytes/100, n for a wheel of one platform, programs, rows it needs."]
for name in index:
    row = rows.get(name)
    if row is None:
        cells = [name, "-", "0", "0", "0", "0", "-", "-"]
    else:
        programs = ",".join(row["programs"]) or "-"
        cells = [name, row["version"], *(str(round(row[key] / 100)) for key in ("bytes", "compiled")), str(row["files"]),
                 str(round(row["wheel"] / 100)), "n" if row["native"] else "-", programs]
    lines.append(" ".join([*cells, *filter(None, [",".join(str(index[need]) for need in edges[name])])]))
(Path(__file__).parents[3] / "crates/simulate/src/commands/data/packages/pip.txt").write_text("\n".join(lines) + "\n")
