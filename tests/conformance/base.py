"""Makes the base image that the cases build on, the same everywhere: the tree that its file in bases/ lists, around the
static busybox of one Debian package."""
import hashlib, io, json, lzma, os, subprocess, tarfile, urllib.request
from pathlib import Path

BASE = "conformance/busybox:1"
LISTED = Path(__file__).parent / "bases" / "conformance-busybox-1.json"
PACKAGE = "busybox-static_1.38.0-3+b1_amd64.deb"
# Debian's pool drops a package when a newer one comes; the archive of all packages keeps it.
PLACES = ["http://deb.debian.org/debian/pool/main/b/busybox/", "http://snapshot.debian.org/archive/debian/20261101T000000Z/pool/main/b/busybox/"]
SHA256 = "5626c86dfd2089351908253dda9263f06b87ce3a1a420499925302172f07ec85"
MTIME = 1735689600  # 2025-01-01T00:00:00Z


def busybox():
    """The program's bytes: from the file that BUSYBOX names, or from the package."""
    if os.environ.get("BUSYBOX"):
        found, origin = Path(os.environ["BUSYBOX"]).read_bytes(), os.environ["BUSYBOX"]
    else:
        found, origin = unpacked(downloaded()), PACKAGE
    if hashlib.sha256(found).hexdigest() != SHA256:
        raise RuntimeError(f"{origin} is another busybox than the one that the cases were recorded with: that is the one of "
                           f"Debian's {PACKAGE} (SHA-256 {SHA256}). Name its file in the variable BUSYBOX")
    return found


def downloaded():
    problems = []
    for place in PLACES:
        try:
            with urllib.request.urlopen(place + PACKAGE, timeout=60) as answer:
                return answer.read()
        except OSError as error:
            problems.append(f"{place}: {error}")
    raise RuntimeError(f"{PACKAGE} cannot be downloaded ({'; '.join(problems)}). Get it elsewhere and name the busybox in it "
                       "in the variable BUSYBOX")


def unpacked(package):
    """`bin/busybox` of a .deb: an ar archive with an archive of the files."""
    at = 8
    while at < len(package):
        name, size = package[at:at + 16].decode().strip().rstrip("/"), int(package[at + 48:at + 58])
        if name == "data.tar.xz":
            with tarfile.open(fileobj=io.BytesIO(lzma.decompress(package[at + 60:at + 60 + size]))) as files:
                return next(files.extractfile(m).read() for m in files if m.isfile() and m.name.endswith("/bin/busybox"))
        at += 60 + size + size % 2
    raise RuntimeError(f"{PACKAGE} holds no data.tar.xz")


def archive():
    """The image's only layer."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as layer:
        for entry in json.loads(LISTED.read_text())["layers"][0]["entries"]:
            info = tarfile.TarInfo("." + entry["path"].rstrip("/"))
            info.mode, info.mtime, content = int(entry["mode"], 8), MTIME, b""
            if entry["kind"] == "dir":
                info.type = tarfile.DIRTYPE
            elif entry["kind"] == "symlink":
                info.type, info.linkname = tarfile.SYMTYPE, entry["link"]
            else:
                content = entry["text"].encode() if "text" in entry else busybox()
            info.size = len(content)
            layer.addfile(info, io.BytesIO(content))
    return out.getvalue()


def make(docker):
    """Puts the base image into an engine that lacks it; `docker` is the command of its client."""
    if subprocess.run([docker, "image", "inspect", BASE], capture_output=True).returncode == 0:
        return
    print(f"making {BASE}", flush=True)
    config = json.loads(LISTED.read_text())["config"]
    changes = [f"ENV {variable}" for variable in config["Env"]] + [f"CMD {json.dumps(config['Cmd'])}"]
    arguments = [word for change in changes for word in ("-c", change)]
    made = subprocess.run([docker, "import", *arguments, "-", BASE], input=archive(), capture_output=True)
    if made.returncode != 0:
        raise RuntimeError(f"docker import: {made.stderr.decode().strip()}")
