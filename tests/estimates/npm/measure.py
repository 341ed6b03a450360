#!/usr/bin/env python3
"""Writes crates/simulate/src/commands/data/packages/npm.txt from real installs: what lies in node_modules, package by package.

  ./measure.py WORK           installs every project below into WORK and writes the table

Needs npm and a registry, and takes some minutes. Sizes are bytes of regular files; what a package has in a node_modules of
its own counts with it. The bytes of archives and of metadata are those of npm's cache after the install. Where a package
is in several projects, the first counts. What only react-scripts brings is counted in its own row.
"""
import json, os, shutil, subprocess, sys
from pathlib import Path

PROJECTS = {
    "ts":
        "typescript ts-node @types/node",
    "express":
        "express",
    "fastify":
        "fastify",
    "nodemon":
        "nodemon",
    "mongoose":
        "mongoose",
    "socket":
        "socket.io",
    "axios":
        "axios",
    "jest":
        "jest",
    "vitest":
        "vitest vite",
    "client":
        "react react-dom react-router-dom vite @vitejs/plugin-react next tailwindcss postcss autoprefixer "
        "@types/react @types/react-dom vue @vitejs/plugin-vue",
    "webpack":
        "webpack webpack-cli webpack-dev-server babel-loader @babel/core @babel/preset-env @babel/preset- "
        "react css-loader style-loader html-webpack-plugin sass ts-loader",
    "server":
        "express axios lodash cors dotenv pg mongoose mongodb sequelize redis ioredis socket.io bcrypt "
        "bcryptjs jsonwebtoken fastify helmet morgan body-parser cookie-parser winston pino uuid multer knex "
        "mysql2 sharp compression zod ws koa nodemon jest eslint prettier typescript@5 ts-node @types/node "
        "@types/express ts-jest supertest vitest tsx mocha rimraf cross-env concurrently husky esbuild",
    "nest":
        "@nestjs/core @nestjs/common @nestjs/platform-express @nestjs/cli rxjs reflect-metadata typeorm",
    "prisma":
        "prisma @prisma/client",
    "angular":
        "@angular/core @angular/common @angular/compiler @angular/platform-browser @angular/router "
        "@angular/forms @angular/cli @angular/build @angular/compiler-cli zone.js rxjs",
    "global":
        "serve http-server pm2 pnpm yarn npm",
    "cra":
        "react-scripts",
}


def install(work: Path, project: str, names: str):
    folder = work / project
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "package.json").write_text('{"name":"x","version":"1.0.0"}')
    peers = ["--legacy-peer-deps"] if project == "server" else []
    subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", *peers,
                    f"--cache={folder.resolve()}/cache", *names.split()], cwd=folder, check=True)
    lock = json.loads((folder / "package-lock.json").read_text())
    packages = {}
    for path, entry in lock["packages"].items():
        if not path or not (folder / path).is_dir():
            continue
        size = files = 0
        for base, folders, found in os.walk(folder / path):
            if "node_modules" in folders:
                folders.remove("node_modules")
            for name in found:
                file = Path(base, name)
                if not file.is_symlink():
                    size, files = size + file.stat().st_size, files + 1
        optional = entry.get("peerDependenciesMeta", {})
        peers = [n for n in entry.get("peerDependencies", {}) if not optional.get(n, {}).get("optional")]
        needs = [*entry.get("dependencies", {}), *entry.get("optionalDependencies", {}), *peers]
        packages[path] = {"bytes": size, "files": files, "needs": needs, "bin": sorted(entry.get("bin") or {})}
    cache = {}
    for file in (folder / "cache/_cacache/index-v5").rglob("*"):
        for line in file.read_text().splitlines() if file.is_file() else []:
            if "\t" in line:
                entry = json.loads(line.split("\t", 1)[1])
                cache["/".join(entry["key"].split("/")[3:])] = entry.get("size", 0)
    shutil.rmtree(folder)
    return packages, cache


def table(installs):
    rows = {}
    for project, (packages, cache) in installs.items():
        for path, package in packages.items():
            name = path.removeprefix("node_modules/")
            if "node_modules/" in name or name in rows:
                continue
            inner = [p for other, p in packages.items() if other.startswith(path + "/node_modules/")]
            rows[name] = {
                "bytes": package["bytes"] + sum(p["bytes"] for p in inner),
                "files": package["files"] + sum(p["files"] for p in inner),
                "archive": sum(size for key, size in cache.items() if key.startswith(name + "/-/")),
                "metadata": cache.get(name.replace("/", "%2f"), 0),
                "bin": package["bin"],
                "needs": [n for n in dict.fromkeys(package["needs"]) if "node_modules/" + n in packages and n != name],
                "only": project == "cra" and name != "react-scripts",
            }
    whole, alone = rows["react-scripts"], [row for row in rows.values() if row["only"]]
    for key in ("bytes", "files", "archive", "metadata"):
        whole[key] += sum(row[key] for row in alone)
    whole["needs"] = list(dict.fromkeys(sum((row["needs"] for row in alone), whole["needs"])))
    return {name: row for name, row in sorted(rows.items()) if not row["only"]}


def rounded(number):
    number = round(number / 100)
    return str(number if number < 100 else round(number, 2 - len(str(number))))


def write(rows, path: Path):
    index = {name: at for at, name in enumerate(rows)}
    lines = ["# npm packages as `npm install` puts them (npm 11, linux-x64, November 2026; tests/estimates/npm/measure.py).",
             "# name, bytes/100, files, archive bytes/100, registry metadata bytes/100, programs (=: its own name), rows it needs."]
    for name, row in rows.items():
        programs = "-" if not row["bin"] else "=" if row["bin"] == [name.split("/")[-1]] else ",".join(row["bin"])
        needs = ",".join(str(index[need]) for need in row["needs"] if need in index)
        cells = [name, str(max(1, round(row["bytes"] / 100))), str(row["files"]), rounded(row["archive"]), rounded(row["metadata"])]
        lines.append(" ".join([*cells, programs, needs] if needs else cells if programs == "-" else [*cells, programs]))
    path.write_text("\n".join(lines) + "\n")


installs = {project: install(Path(sys.argv[1]), project, names) for project, names in PROJECTS.items()}
write(table(installs), Path(__file__).parents[3] / "crates/simulate/src/commands/data/packages/npm.txt")
