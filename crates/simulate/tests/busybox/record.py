#!/usr/bin/env python3
"""Writes the outputs in *.txt anew: record.py BUSYBOX [DEBIAN], extracted images that can be changed into.

The scripts of ../debian are run with DEBIAN (12, with dash and bash) where it is given."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ENV = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root"}


def record(root, shell, script):
    copy = pathlib.Path(tempfile.mkdtemp())
    try:
        subprocess.run(["cp", "-a", f"{root}/.", str(copy)], check=True)
        for name, minor in (("null", 3), ("zero", 5)):
            if not (copy / "dev" / name).exists():
                os.mknod(copy / "dev" / name, 0o20666, os.makedev(1, minor))
                os.chmod(copy / "dev" / name, 0o666)
        subprocess.run(["mount", "-t", "proc", "proc", str(copy / "proc")], check=True)
        command = "exec 2>&1; umask 022; mkdir /w; cd /w\n" + script
        done = subprocess.run(["chroot", str(copy), shell, "-c", command], env=ENV, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        output = done.stdout.decode("utf-8", "replace")
        if output and not output.endswith("\n"):
            output += "\n"
        return f"{output}[{done.returncode}]\n"
    finally:
        subprocess.run(["umount", str(copy / "proc")], check=False)
        shutil.rmtree(copy)


def main():
    here = pathlib.Path(__file__).parent
    files = [(path, sys.argv[1], "/bin/sh") for path in sorted(here.glob("*.txt"))]
    for root in sys.argv[2:3]:
        files += [(here.parent / "debian" / f"{name}.txt", root, f"/bin/{name}") for name in ("dash", "bash")]
    for path, root, shell in files:
        new, script, skipping = [], [], False
        for line in path.read_text().splitlines():
            if line.startswith("$ "):
                script.append(line[2:])
                new.append(line)
                skipping = True
            elif skipping:
                if line.startswith("[") and line.endswith("]") and line[1:-1].isdigit():
                    new.append(record(root, shell, "\n".join(script) + "\n").rstrip("\n"))
                    script, skipping = [], False
            else:
                new.append(line)
        path.write_text("\n".join(new) + "\n")


main()
