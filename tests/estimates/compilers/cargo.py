#!/usr/bin/env python3
"""Measures what cargo writes: the program, target/, the registry in CARGO_HOME, and seconds of processor time.

  ./cargo.py      writes cargo.json beside this file
"""
import json, os, resource, shutil, subprocess, sys
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
WORK = Path("/var/tmp/layerlab-cargo")
MAIN = {
    "hello": 'fn main() { println!("hello"); }\n',
    "cli": "use clap::Parser;\n#[derive(Parser, Debug, serde::Serialize)]\nstruct A { #[arg(long)] name: Option<String> }\nfn main() -> anyhow::Result<()> { println!(\"{}\", serde_json::to_string(&A::parse())?); Ok(()) }\n",
    "axum": 'use axum::{routing::get, Json, Router};\n#[derive(serde::Serialize)]\nstruct A { a: u32 }\n#[tokio::main]\nasync fn main() {\n    tracing_subscriber::fmt::init();\n    let app = Router::new().route("/", get(|| async { Json(A { a: 1 }) }));\n    let listener = tokio::net::TcpListener::bind("0.0.0.0:3000").await.unwrap();\n    axum::serve(listener, app).await.unwrap();\n}\n',
    "actix": 'use actix_web::{get, App, HttpServer, Responder};\n#[get("/")]\nasync fn index() -> impl Responder { "hello" }\n#[actix_web::main]\nasync fn main() -> std::io::Result<()> { HttpServer::new(|| App::new().service(index)).bind(("0.0.0.0", 8080))?.run().await }\n',
    "reqwest": '#[tokio::main]\nasync fn main() { println!("{}", reqwest::get("http://localhost").await.unwrap().text().await.unwrap()); }\n',
}
NEEDS = {
    "hello": "",
    "cli": 'clap = { version = "4", features = ["derive"] }\nserde = { version = "1", features = ["derive"] }\nserde_json = "1"\nanyhow = "1"\n',
    "axum": 'axum = "0.7"\ntokio = { version = "1", features = ["full"] }\nserde = { version = "1", features = ["derive"] }\ntracing = "0.1"\ntracing-subscriber = "0.3"\n',
    "actix": 'actix-web = "4"\n',
    "reqwest": 'reqwest = { version = "0.12", default-features = false, features = ["rustls-tls"] }\ntokio = { version = "1", features = ["full"] }\n',
}


def cpu():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def bytes_of(folder):
    return sum(p.lstat().st_size for p in folder.rglob("*") if p.is_file() and not p.is_symlink()) if folder.is_dir() else 0


def main():
    version = subprocess.run(["cargo", "--version"], capture_output=True, text=True).stdout.split()[1]
    config = Path(os.environ.get("CARGO_HOME", Path.home() / ".cargo")) / "config.toml"
    rows = []
    for name, main in MAIN.items():
        shutil.rmtree(WORK, ignore_errors=True)
        (WORK / "app/src").mkdir(parents=True)
        (WORK / "home").mkdir()
        if config.exists():
            shutil.copy(config, WORK / "home/config.toml")
        (WORK / "app/src/main.rs").write_text(main)
        (WORK / "app/Cargo.toml").write_text(f'[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\n{NEEDS[name]}')
        env = {**os.environ, "CARGO_HOME": str(WORK / "home"), "CARGO_TARGET_DIR": str(WORK / "app/target")}
        r = subprocess.run(["cargo", "fetch"], cwd=WORK / "app", env=env, capture_output=True, text=True)
        if r.returncode:
            print(name, r.stderr[-500:], file=sys.stderr)
            continue
        packages = (WORK / "app/Cargo.lock").read_text().count("[[package]]") - 1
        registry = {k: bytes_of(WORK / "home/registry" / k) for k in ("index", "cache", "src")}
        for profile in ("release", "debug"):
            row = {"program": name, "profile": profile, "packages": packages, "registry": registry}
            start = cpu()
            r = subprocess.run(["cargo", "build", "--offline", "-j", "2", *(["--release"] if profile == "release" else [])], cwd=WORK / "app", env=env, capture_output=True, text=True)
            if r.returncode:
                print(name, r.stderr[-500:], file=sys.stderr)
                break
            row["cpu_seconds"] = round(cpu() - start, 1)
            row["compiled"] = r.stderr.count("Compiling ")
            row["bytes"] = (WORK / "app/target" / profile / "app").stat().st_size
            row["target_bytes"] = bytes_of(WORK / "app/target" / profile)
            (WORK / "app/src/main.rs").write_text(main + "// again\n")
            start = cpu()
            subprocess.run(["cargo", "build", "--offline", *(["--release"] if profile == "release" else [])], cwd=WORK / "app", env=env, capture_output=True)
            row["cpu_seconds_again"] = round(cpu() - start, 1)
            rows.append(row)
            print(row, flush=True)
    text = ",\n ".join(json.dumps(row) for row in rows)
    (HERE / "cargo.json").write_text(f'{{"date": "{date.today().isoformat()}", "machine": "Debian 12 x86_64, 2 cores shared with other work", "cargo": "{version}", "builds": [\n {text}\n]}}\n')


main()
