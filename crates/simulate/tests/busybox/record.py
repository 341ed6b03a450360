#!/usr/bin/env python3
"""Writes the outputs in *.txt anew: record.py BUSYBOX [DEBIAN [NAME...]], extracted images that can be changed into.

The scripts of ../debian are run with DEBIAN (12, a minimal one as debootstrap makes it) where it is given; with NAMEs
those files of ../debian alone. A script that begins with `$ ` has the image to itself, one with `& ` finds what the
script before it left.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ENV = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root"}
LIMIT = 120


class Machine:
    """An image to be changed, seen through an overlay so that the next one is as it was."""

    def __init__(self, image):
        self.work = pathlib.Path(tempfile.mkdtemp(dir="/var/tmp"))
        self.root = self.work / "root"
        for name in ("root", "upper", "work"):
            (self.work / name).mkdir()
        layers = f"lowerdir={image},upperdir={self.work}/upper,workdir={self.work}/work"
        subprocess.run(["mount", "-t", "overlay", "overlay", "-o", layers, str(self.root)], check=True)
        for name, minor in (("null", 3), ("zero", 5)):
            if not (self.root / "dev" / name).exists():
                os.mknod(self.root / "dev" / name, 0o20666, os.makedev(1, minor))
                os.chmod(self.root / "dev" / name, 0o666)
        subprocess.run(["mount", "-t", "proc", "proc", str(self.root / "proc")], check=True)
        for name in ("stdin", "stdout", "stderr", "fd"):
            if not os.path.lexists(self.root / "dev" / name):
                target = "/proc/self/fd" if name == "fd" else f"/proc/self/fd/{('stdin', 'stdout', 'stderr').index(name)}"
                os.symlink(target, self.root / "dev" / name)

    def run(self, shell, script, again):
        start = "cd /w" if again else "mkdir /w; cd /w"
        command = f"exec 2>&1; umask 022; {start}\n{script}"
        done = subprocess.run(
            ["chroot", str(self.root), shell, "-c", command],
            env=ENV,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            timeout=LIMIT,
        )
        output = done.stdout.decode("utf-8", "replace")
        if output and not output.endswith("\n"):
            output += "\n"
        return f"{output}[{done.returncode}]\n"

    def close(self):
        for mounted in (self.root / "proc", self.root):
            subprocess.run(["umount", str(mounted)], check=False)
        shutil.rmtree(self.work)


def rewrite(path, image, shell):
    new, script, collecting, again, machine = [], [], True, False, None
    for line in path.read_text().splitlines():
        if collecting and line.startswith(("$ ", "& ")):
            again = again if script else line.startswith("&")
            script.append(line[2:])
            new.append(line)
        elif script:
            collecting = False
            if line.startswith("[") and line.endswith("]") and line[1:-1].isdigit():
                if not again:
                    if machine:
                        machine.close()
                    machine = Machine(image)
                new.append(machine.run(shell, "\n".join(script) + "\n", again).rstrip("\n"))
                script, collecting = [], True
        else:
            new.append(line)
    if machine:
        machine.close()
    path.write_text("\n".join(new) + "\n")


def main():
    here = pathlib.Path(__file__).parent
    names = sys.argv[3:]
    files = [] if names else [(path, sys.argv[1], "/bin/sh") for path in sorted(here.glob("*.txt"))]
    for image in sys.argv[2:3]:
        for path in sorted((here.parent / "debian").glob("*.txt")):
            if not names or path.stem in names:
                files.append((path, image, "/bin/bash" if path.stem.split("-")[0] == "bash" else "/bin/sh"))
    for path, image, shell in files:
        rewrite(path, image, shell)


main()
