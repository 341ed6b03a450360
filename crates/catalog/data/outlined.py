"""Images of which no layer was read or measured: what their projects publish of them, on the base that they are built on.

outlined_images.json has one a line. `on` is the image below, or `system NAME VERSION PACKAGE-MANAGER`; `adds_mb` is about
what lies above it, an estimate, as are all sizes here; `known_from` says where the rest is from. `programs` are commands in
/usr/bin, `programs_in` those of other folders, `java` a JDK's home, `files` sizes in KiB, `tools` those of programs, `dirs` folders with owner and mode.
`complete`: nothing else can be called that the image below has not.
"""
import contents
from contents import KIB, Layer, directory, text
from tools import JDK

# The day that the file was written.
DATE = "2026-11-25"
MB = 1_000_000
TITLES = {
    "arch": "Arch Linux", "opensuse-leap": "openSUSE Leap", "opensuse-tumbleweed": "openSUSE Tumbleweed", "centos": "CentOS Linux",
    "almalinux": "AlmaLinux", "rhel": "Red Hat Enterprise Linux", "amzn": "Amazon Linux", "wolfi": "Wolfi",
}
# What the roots of Fedora's kin have in full.
MANAGERS = {"dnf", "dnf-3", "yum", "microdnf"}


def source(row):
    """Where the facts are from: a file that was read is named with its commit; all else is said to be from no source."""
    where = row["known_from"]
    if " at " in where:
        return f"{where}; known in outline, its bytes derived from what such images weigh"
    return f"general knowledge, not read off a source (its page: {where}); its bytes are what such images weigh"


def system(name, version, manager):
    """The root of a distribution that the measured images do not have."""
    if manager == "apk":
        layer = contents.alpine(f"{version}.0")
        names = {"NAME": TITLES[name], "ID": name, "VERSION_ID": version, "PRETTY_NAME": TITLES[name]}
        layer.entries = [contents.os_release(names) if e["path"] == "/etc/os-release" else e for e in layer.entries]
        return layer
    layer = contents.fedora("rockylinux", version, manager != "dnf")
    names = {"NAME": TITLES[name], "ID": name, "VERSION_ID": version, "PRETTY_NAME": f"{TITLES[name]} {version}"}
    layer.entries = [contents.os_release(names) if e["path"] == "/etc/os-release" else e for e in layer.entries]
    layer.programs["/usr/bin"] = " ".join(n for n in layer.programs["/usr/bin"].split() if n not in MANAGERS)
    if manager in ("pacman", "zypper"):
        layer.entries = [e for e in layer.entries if e["path"] not in ("/etc/yum.repos.d", "/var/cache/dnf")]
        layer.files.pop("/var/lib/rpm/rpmdb.sqlite", None) if manager == "pacman" else None
        more = {"pacman": ["/var/cache/pacman/pkg", "/var/lib/pacman/sync", "/var/lib/pacman/local", "/etc/pacman.d"], "zypper": ["/etc/zypp/repos.d", "/var/cache/zypp"]}
        layer.add(entries=[directory(path) for path in more[manager]])
    if manager == "pacman":
        layer.programs["/usr/bin"] = " ".join(n for n in layer.programs["/usr/bin"].split() if not n.startswith("rpm"))
    return layer


def own_layer(row, below_texts, merged):
    """What an image has above the one that it is built on; `merged` where /bin is a link to /usr/bin there."""
    layer = Layer()
    for place, names in [*row.get("programs_in", {}).items(), ("/usr/bin", row.get("programs", ""))]:
        place = f"/usr{place}" if merged and place in ("/bin", "/sbin") else place
        layer.programs[place] = " ".join(sorted({*layer.programs.get(place, "").split(), *names.split()}))
    # a program whose own size is told
    layer.entries += [{"path": path, "kind": "file", "mode": "755", "size": kib * KIB} for path, kib in row.get("tools", {}).items()]
    layer.add(row.get("files"), row.get("links"))
    for path in row.get("scripts", []):
        layer.entries.append({"path": path, "kind": "file", "mode": "755", "size": 2 * KIB})
    if home := row.get("java"):
        layer.add({f"{home}/bin/{c}": kib for c, kib in JDK.items()} | {f"{home}/lib/server/libjvm.so": 23_000, f"{home}/release": 1})
        if not row.get("path"):
            layer.add(links={f"{home}/bin/{c}": [f"/usr/bin/{c}"] for c in JDK})
    for place in row.get("dirs", []):
        path, uid, gid, mode = [*place.split(), *["0", "0", None][len(place.split()) - 1:]]
        layer.entries.append(directory(path, int(uid), int(gid), mode))
    if row.get("users"):
        passwd, group = below_texts.get("/etc/passwd", ""), below_texts.get("/etc/group", "")
        for name, uid, gid, home in row["users"]:
            # an image that has a user by this number renames or replaces it
            passwd = "".join(line for line in passwd.splitlines(True) if line.split(":")[2] != str(uid))
            passwd += f"{name}:x:{uid}:{gid}::{home}:/bin/sh\n"
            if f":{gid}:" not in group:
                group += f"{name}:x:{gid}:\n"
        layer.add(entries=[text("/etc/passwd", passwd), text("/etc/group", group)])
    layer.rest = f"/usr/share/{row['reference'].rpartition('/')[2].partition(':')[0]}/other-files"
    layer.all_programs = row.get("complete", False)
    return layer


def config_of(row, below):
    """The config below, with what the row sets over it."""
    own = row.get("config", {})
    env = dict(line.partition("=")[::2] for line in below.get("Env", []))
    if row.get("java") and row.get("path"):
        env["PATH"] = f"{row['java']}/bin:" + env.get("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
    env |= own.get("env", {})
    env.setdefault("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
    out = {**below, "Env": [f"{name}={value}" for name, value in env.items()]}
    for key, name in (("User", "user"), ("WorkingDir", "workdir"), ("Entrypoint", "entrypoint"), ("Cmd", "cmd"), ("StopSignal", "stopsignal")):
        if name in own:
            out[key] = own[name]
    out.pop("Cmd", None) if "entrypoint" in own and "cmd" not in own else None
    for key, name in (("ExposedPorts", "exposed_ports"), ("Volumes", "volumes")):
        out |= {key: {item: {} for item in own[name]}} if name in own else {}
    return out


def texts_below(value):
    """The texts of the users' files, as the layers leave them."""
    entries = [entry for layer in value["layers"] for entry in layer.get("entries", [])]
    return {entry["path"]: entry["text"] for entry in entries if entry["path"] in ("/etc/passwd", "/etc/group") and "text" in entry}


def outlined(row, out, filled):
    """The catalog's form of a row; `out` has the images that were written before it."""
    size = row["adds_mb"] * MB
    if row["on"].startswith("system "):
        _, name, version, manager = row["on"].split()
        root = system(name, version, manager)
        part = size * 9 // 10 if any(key in row for key in ("programs_in", "java", "files")) else size - MB
        below = {"config": {}, "package_manager": None if manager == "none" else manager, "shell": "/bin/sh", "all_programs": False, "bytes": part,
                 "layers": [{"created_by": f"ADD the root of {TITLES[name]} {version}", **filled(root, part)}]}
        size -= part
    elif row["on"] == "scratch":
        below = {"config": {}, "package_manager": None, "shell": None, "all_programs": True, "bytes": 0, "layers": []}
    else:
        below = out[row["on"]]
    merged = any("/bin" in paths for part in below["layers"] for paths in part.get("links", {}).values())
    layer = own_layer(row, texts_below(below), merged)
    history = {"created_by": f"what {row['reference']} adds to its base", **filled(layer, size)}
    return {
        "reference": row["reference"], "bytes": below["bytes"] + size, "estimated": True, "outline": True, "all_programs": below["all_programs"] and layer.all_programs,
        "compressed_bytes": 0, "digest": None, "date": DATE, "source": source(row),
        "package_manager": below["package_manager"], "shell": below["shell"], "config": config_of(row, below["config"]), "layers": [*below["layers"], history],
        "names": row.get("names", []),
    }
