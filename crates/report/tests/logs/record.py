#!/usr/bin/env python3
"""Records what `docker build` prints of small builds, line by line and on a terminal, for `log.rs` to be compared with.

    DOCKER=… WORK=… WORK_INSIDE=… crates/report/tests/logs/record.py

DOCKER is the client of an engine that has the image conformance/busybox:1; WORK a folder that it sees as WORK_INSIDE. Each
case is a folder here with the files of the build; what is printed is written to its plain.txt and tty.txt, and for a second
build, where the case has one, to again.plain.txt and again.tty.txt. `NONCE-0123` is another text each time, so that nothing
is in the cache before.
"""
import os
import re
import secrets
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
DOCKER, WORK, INSIDE = os.environ["DOCKER"], Path(os.environ["WORK"]), os.environ["WORK_INSIDE"]
NONCE = "NONCE-0123"
AGAIN = {"built"}
OUTPUTS = re.compile(r"(again\.)?(plain|tty)\.txt")


def screen(data):
    """What a terminal shows in the end: the lines of text with cursor movements and colours carried out."""
    lines, row, column = [""], 0, 0
    for code, kind, text in re.findall(r"\x1b\[(\??[0-9;]*)([A-Za-z])|([\r\n]|[^\x1b\r\n]+)", data):
        if kind == "A":
            row = max(0, row - int(code or 1))
        elif kind == "B":
            row += int(code or 1)
        elif kind == "G" or text == "\r":
            column = 0
        elif text == "\n":
            row += 1
        elif text:
            lines += [""] * (row + 1 - len(lines))
            line = lines[row].ljust(column)
            lines[row] = line[:column] + text + line[column + len(text):]
            column += len(text)
    return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"


def build(case, progress):
    command = f"stty cols 80 rows 60; {DOCKER} build --network none --progress={progress} {INSIDE}/{case}"
    if progress == "tty":
        done = subprocess.run(["script", "-qec", command, "/dev/null"], stdin=subprocess.DEVNULL, capture_output=True)
        return screen(done.stdout.decode())
    command = command.split("; ", 1)[1]
    done = subprocess.run(["sh", "-c", command], stdin=subprocess.DEVNULL, capture_output=True)
    return re.sub(r"\x1b\[\d+m", "", done.stderr.decode())


for folder in sorted(path for path in HERE.iterdir() if path.is_dir()):
    for progress in ("plain", "tty"):
        nonce = "nonce-" + secrets.token_hex(2)
        target = WORK / folder.name
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        for file in folder.iterdir():
            if not OUTPUTS.fullmatch(file.name):
                (target / file.name).write_text(file.read_text().replace(NONCE, nonce))
        for again in ("", "again.") if folder.name in AGAIN else ("",):
            printed = build(folder.name, progress).replace(nonce, NONCE)
            (folder / f"{again}{progress}.txt").write_text(printed)
