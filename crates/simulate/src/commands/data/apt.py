#!/usr/bin/env python3
"""Writes packages/apt.txt: what apt and dpkg know of Debian 12's packages, as small as it gets.

  ./apt.py facts apt_bookworm.json available.txt survey.json > packages/apt.txt
  ./apt.py survey apt_bookworm.json available.txt DEB … > survey.json

- apt_bookworm.json: packages with their closures, and what debootstrap's minbase holds.
- available.txt: `apt-cache dumpavail` of the same suite. From it come the packages of POPULAR that the first lacks, with
  what they depend on.
- survey.json: the files of packages, from those that are installed where the survey runs and from the .deb files named:
  how many, their bytes, what of it a slim image leaves out, Python sources, dpkg's own notes, programs.
"""
import io, json, os, re, subprocess, sys, tarfile
from pathlib import Path

# What Dockerfiles ask for beyond the measured closures, where it brings few packages of its own.
POPULAR = """libcurl4-openssl-dev libreadline-dev libbz2-dev liblzma-dev libncurses5-dev libncursesw5-dev libgdbm-dev
libmagickwand-dev libmagickcore-dev libyaml-dev libevent-dev libkrb5-dev libdb-dev libmaxminddb-dev libwebp-dev
libtiff-dev libzip-dev libonig-dev libldap2-dev libldap-dev libsasl2-dev libfreetype6-dev libmemcached-dev
librabbitmq-dev libtidy-dev libxpm-dev libmcrypt-dev libgd-dev libcairo2-dev libpango1.0-dev libgif-dev librsvg2-dev
libgirepository1.0-dev libvips42 libvips-tools libgl1-mesa-glx libgeos-dev libproj-dev proj-bin gdal-bin mercurial
subversion sq openssh-server git-lfs vim-tiny zsh locales-all fonts-noto-cjk fonts-noto-color-emoji fonts-freefont-ttf
fonts-ipafont-gothic fonts-wqy-zenhei xvfb chromium-driver firefox-esr libu2f-udev poppler-utils tesseract-ocr
tesseract-ocr-eng graphviz mariadb-server default-mysql-server postgresql postgresql-contrib redis memcached haproxy
msmtp postfix mailutils openvpn wireguard-tools iptables traceroute whois python-is-python3 python3-numpy
python3-requests python3-virtualenv virtualenv pipx ansible certbot python3-certbot-nginx ruby-full bundler php-fpm
php-mysql php-pgsql php-sqlite3 php-gd php-mbstring php-xml php-curl php-zip php-intl php-bcmath php-redis
libapache2-mod-php composer rustc cargo ant gfortran libblas-dev liblapack-dev libopenblas-dev libatlas-base-dev
libhdf5-dev swig bison flex nasm yasm ninja-build meson ccache valgrind clang-format lld llvm protobuf-compiler
libprotobuf-dev libboost-dev libeigen3-dev libusb-1.0-0-dev libudev-dev libsystemd-dev libpcap-dev libdbus-1-dev
libelf-dev texinfo gawk bc lsof sysstat inotify-tools parallel pv p7zip-full zstd lz4 pigz cpio aria2 lftp ftp expect
dos2unix moreutils uuid-runtime bsdmainutils bash-completion at runit kmod pciutils netcat-traditional ncat sshpass
gnupg-agent docker.io libxml2-utils xmlstarlet neovim silversearcher-ag ripgrep fd-find fzf gh shellcheck luarocks
lua5.4 libpcre3-dev libpcre2-dev libargon2-dev libsodium-dev libedit-dev libzip4 unixodbc unixodbc-dev libaio1
libsnappy-dev liblz4-dev libzstd-dev librdkafka-dev libgflags-dev libtcmalloc-minimal4 google-perftools sox mediainfo
libimage-exiftool-perl optipng jpegoptim pngquant webp libjpeg-turbo-progs librsvg2-bin libgdiplus liblttng-ust1
rename mime-support libmagic-dev apg pwgen python3-psycopg2 cython3 g++-multilib libayatana-appindicator3-1 logrotate
rsyslog lighttpd squid ldap-utils fail2ban dnsmasq dosfstools parted gdisk fdisk""".split()
FEW = 10
# These bring more, and are asked for all the same.
MANY = "libcairo2-dev libpango1.0-dev librsvg2-dev libgirepository1.0-dev libvips42 libvips-tools gdal-bin composer libmagickwand-dev".split()

# Programs that a maintainer script links by a variable, where no survey sees the name.
LINKED = {
    "imagemagick-6.q16": "animate compare composite convert display identify import mogrify montage stream",
    "netcat-openbsd": "nc netcat", "netcat-traditional": "nc netcat", "nodejs": "node nodejs",
    "openjdk-17-jre-headless": "java keytool jfr", "php8.2-cli": "php phar",
    "openjdk-17-jdk-headless": "javac jar javadoc javap jcmd jdeps jlink jmap jpackage jps jshell jstack",
}
SLIM = re.compile(r"^/usr/share/(doc/(?!.*/copyright$)|info/|linda/|lintian/overrides/|locale/|man/)")


# --- versions and relations, as deb-version(7) and deb-control(5) have them -------------------------------------------
def weight(c):
    return -1 if c == "~" else ord(c) if c.isalpha() else ord(c) + 256


def compare_part(a, b):
    i = j = 0
    while i < len(a) or j < len(b):
        while (i < len(a) and not a[i].isdigit()) or (j < len(b) and not b[j].isdigit()):
            x = weight(a[i]) if i < len(a) and not a[i].isdigit() else 0
            y = weight(b[j]) if j < len(b) and not b[j].isdigit() else 0
            if x != y:
                return x - y
            i, j = i + 1, j + 1
        m, n = re.match(r"\d*", a[i:])[0], re.match(r"\d*", b[j:])[0]
        i, j = i + len(m), j + len(n)
        if int(m or 0) != int(n or 0):
            return int(m or 0) - int(n or 0)
    return 0


def compare(a, b):
    def split(version):
        epoch, _, rest = version.rpartition(":") if ":" in version else ("0", "", version)
        upstream, _, revision = rest.rpartition("-") if "-" in rest else (rest, "", "0")
        return int(epoch), upstream, revision
    (ea, ua, ra), (eb, ub, rb) = split(a), split(b)
    return (ea - eb) or compare_part(ua, ub) or compare_part(ra, rb)


def satisfies(version, relation, wanted):
    c = compare(version, wanted)
    return {">=": c >= 0, "<=": c <= 0, "=": c == 0, ">>": c > 0, "<<": c < 0}[relation]


def atoms(group):
    for atom in group.split("|"):
        m = re.match(r"\s*([^\s(:]+)(?::\w+)?\s*(?:\((\S+)\s+([^)]*)\))?", atom)
        yield m[1], m[2], m[3]


def provided(package):
    for text in package["provides"]:
        m = re.match(r"(\S+?)(?::\w+)?(?: \(= (.*)\))?$", text)
        yield m[1], m[2]


# --- the facts --------------------------------------------------------------------------------------------------------
def read_available(path):
    found = {}
    for block in Path(path).read_text().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if line[:1] != " " and ": " in line)
        name = fields.get("Package")
        if not name or (name in found and compare(found[name]["version"], fields["Version"]) >= 0):
            continue
        many = lambda key: [x.strip() for x in fields.get(key, "").split(",") if x.strip()]
        found[name] = dict(version=fields["Version"], installed_kib=int(fields.get("Installed-Size", 0)), deb_bytes=int(fields.get("Size", 0)),
                           depends=many("Pre-Depends") + many("Depends"), recommends=many("Recommends"), provides=many("Provides"))
    return found


def beyond(known, available):
    """The packages of POPULAR that are not known, with those that they need, where these are few."""
    providers = {}
    for name, package in available.items():
        for virtual, _ in provided(package):
            providers.setdefault(virtual, []).append(name)
    kept = set()

    def closure(name, recommends, found):
        if name in found or name in known or len(found) > 60:
            return
        found.add(name)
        package = available[name]
        for group in package["depends"] + (package["recommends"] if recommends else []):
            choices = [c for atom, _, _ in atoms(group) for c in ([atom] if atom in available else []) + providers.get(atom, [])]
            if choices and not any(c in known or c in found for c in choices):
                closure(choices[0], recommends, found)

    wanted = [name for name in POPULAR if name in available and name not in known]
    for recommends, few in ((False, FEW), (True, 8)):
        for name in wanted:
            found = set()
            closure(name, recommends, found)
            if len(found - kept) <= (60 if name in MANY and not recommends else few) and (name in kept or not recommends):
                kept |= found
    return {name: available[name] for name in kept}


def facts(facts_path, available_path, survey_path):
    data, survey = json.loads(Path(facts_path).read_text()), json.loads(Path(survey_path).read_text())
    base, measured = data["base_set"]["bookworm_minbase_packages"], data["packages"]
    older = {name: package["version"] for name, package in base.items()}
    lean = {name: dict(package, depends=[], recommends=[], deb_bytes=0) for name, package in base.items()}
    packages = {**lean, **measured}
    packages.update(beyond(packages, read_available(available_path)))
    names = sorted(packages)
    number = {name: i for i, name in enumerate(names)}
    providers = {}
    for name, package in packages.items():
        for virtual, version in provided(package):
            providers.setdefault(virtual, []).append((name, version))

    def choices(group):
        """Packages that satisfy a group, in its order, each with whether minbase's version is too old for it."""
        found = {}
        for atom, relation, wanted in atoms(group):
            fits = lambda version: relation is None or (version and satisfies(version, relation, wanted))
            if atom in packages and fits(packages[atom]["version"]):
                found.setdefault(atom, atom in older and not fits(older[atom]))
            for provider, version in providers.get(atom, []):
                if provider != atom and fits(version):
                    found.setdefault(provider, False)
        return found

    def relations(groups):
        rows = []
        for group in groups:
            found = choices(group)
            # what minbase satisfies by itself needs no word
            if found and not any(c in base and not stale for c, stale in found.items()):
                row = "|".join(f"{number[c]}{'!' if stale else ''}" for c, stale in list(found.items())[:6])
                if row not in rows:
                    rows.append(row)
        return " ".join(rows)

    def programs(name, row):
        found = {}
        for path in row.get("programs", []):
            folder, _, program = path.rpartition("/")
            if "linux-gnu-" not in program and not re.search(r"^\[|[|]", program):
                found.setdefault(("+" if folder.endswith("sbin") else "%" if folder.endswith("games") else "") + program)
        found.update(dict.fromkeys(LINKED.get(name, "").split()))
        return " ".join(list(found)[:40])

    out = [line for line in HEADER.splitlines()]
    for name in names:
        package, row = packages[name], survey.get(name)
        mark = "!" if name in base and base[name]["essential"] else "=" if name in base else ""
        sizes = [package["installed_kib"], -(-package["deb_bytes"] // 1024)]
        # another version's files will do, unless it is another build altogether
        row = row if row and row["bytes"] <= package["installed_kib"] * 1040 else {}
        if row:
            kept = max(row["bytes"], 1)
            compiled = row["compiled"] or row["python"]
            sizes += [row["files"], min(100, round(100 * row["bytes"] / 1024 / max(package["installed_kib"], 1))), round(100 * row["slim"] / kept), -(-row["notes"] // 1024)]
            sizes += [-(-compiled // 1024), row["templates"]] if row["templates"] else [-(-compiled // 1024)] if compiled else []
        if name in base:
            out.append("\t".join((name, mark + package["version"], " ".join(map(str, sizes)), "", "", "")).rstrip("\t"))
        else:
            out.append("\t".join((name, package["version"], " ".join(map(str, sizes)), relations(package["depends"]), relations(package["recommends"]), programs(name, row))).rstrip("\t"))
    for virtual, found in sorted(providers.items()):
        plain = [number[name] for name, version in found if version is None]
        if virtual not in packages and plain and not re.search(r"^(lib|ruby|node|golang|python3|gir1|php|perl|dbconfig|apache2-api|ghc|fonts|debconf|tcl|x-|gsettings|libgcc|notification|awk|guile|pinentry|policykit|java.|dh-|gtk|imagemagick|dbus|gcc|wine|.*-perl$|.*-abi-|.*api|linux|.*dev$|.*\d$)", virtual):
            out.append(f"@{virtual}\t{' '.join(map(str, plain))}")
    print("\n".join(out))


HEADER = """\
# Debian 12 (bookworm), amd64: the package indexes of November 2026, written by apt.py. One package a line, columns by tab.
# name | version, after = in minbase and ! essential | KiB of Installed-Size, KiB of .deb[, files, bytes in % of
# Installed-Size, of these in % what slim images leave out, KiB of dpkg's notes[, KiB of compiled Python[, bytes of
# debconf templates]]] | depends | recommends: packages by their number in this file, ! where minbase's is too old |
# programs: + in /usr/sbin, % in /usr/games. Then @ a virtual package | who provides it."""


# --- the survey -------------------------------------------------------------------------------------------------------
def alternatives(script):
    return re.findall(r"(?:--install|--slave)\s+(/usr/s?bin/[\w.+-]+)\s", script.replace("\\\n", " "))


def summary(version, files, script, notes, templates):
    """Of one package: `files` are (path, bytes, d or l or -)."""
    plain = [(path, size) for path, size, kind in files if kind == "-"]
    return dict(
        version=re.sub(r"^\d+:|-[^-]*$", "", version), files=len(plain), bytes=sum(size for _, size in plain),
        slim=sum(size for path, size in plain if SLIM.match(path)), compiled=0,
        python=sum(size for path, size in plain if path.endswith(".py") and path.startswith("/usr/lib/python3")),
        programs=[path for path, _, kind in files if kind != "d" and re.match(r"^(/usr)?/(s?bin|games)/[^/]+$", path)] + alternatives(script),
        notes=notes, templates=templates,
    )


def survey(facts_path, available_path, debs):
    data = json.loads(Path(facts_path).read_text())
    wanted = {*data["packages"], *data["base_set"]["bookworm_minbase_packages"]}
    wanted |= {*beyond({**data["packages"], **data["base_set"]["bookworm_minbase_packages"]}, read_available(available_path))}
    versions = dict(line.split("\t") for line in subprocess.run(["dpkg-query", "-W", "-f", "${Package}\t${Version}\n"], capture_output=True, text=True).stdout.splitlines())
    info, out = Path("/var/lib/dpkg/info"), {}
    for listing in sorted(info.glob("*.list")):
        full = listing.name.removesuffix(".list")
        name = full.split(":")[0]
        if name not in wanted:
            continue
        files, seen, compiled = [], set(), 0
        for path in listing.read_text().splitlines():
            try:
                status = os.lstat(path)
            except OSError:
                continue
            kind = "l" if os.path.islink(path) else "d" if os.path.isdir(path) else "-"
            first = kind == "-" and status.st_ino not in seen
            seen.add(status.st_ino)
            files.append((path, status.st_size if first else 0, kind))
            folder, base = os.path.split(path)
            pyc = Path(folder, "__pycache__", base.removesuffix(".py") + ".cpython-311.pyc")
            if base.endswith(".py") and pyc.exists():
                compiled += pyc.stat().st_size
        script, templates = info / f"{full}.postinst", info / f"{full}.templates"
        notes = sum(path.stat().st_size for path in info.glob(f"{full}.*"))
        out[name] = summary(versions[name], files, script.read_text(errors="replace") if script.exists() else "", notes, templates.stat().st_size if templates.exists() else 0)
        out[name]["compiled"] = compiled
    for deb in debs:
        name, version, _ = os.path.basename(deb).split("_")
        if name in out and out[name]["version"] == re.sub(r"^\d+:|-[^-]*$", "", version.replace("%3a", ":")):
            continue
        files = []
        for line in subprocess.run(["dpkg-deb", "-c", deb], capture_output=True, text=True).stdout.splitlines():
            kind, _, size, _, _, path = line.split(None, 5)
            path = re.split(r" -> | link to ", path)[0].lstrip(".").rstrip("/") or "/."
            files.append((path, 0 if kind[0] == "h" else int(size), "-" if kind[0] == "h" else kind[0]))
        control = tarfile.open(fileobj=io.BytesIO(subprocess.run(["dpkg-deb", "--ctrl-tarfile", deb], capture_output=True).stdout))
        parts = {member.name.lstrip("./"): control.extractfile(member).read() for member in control.getmembers() if member.isfile()}
        notes = sum(len(part) for key, part in parts.items() if key != "control") + sum(len(path) + 1 for path, _, _ in files)
        out[name] = summary(version.replace("%3a", ":"), files, parts.get("postinst", b"").decode(errors="replace"), notes, len(parts.get("templates", b"")))
    json.dump(out, sys.stdout)


if sys.argv[1:2] == ["facts"] and len(sys.argv) == 5:
    facts(*sys.argv[2:])
elif sys.argv[1:2] == ["survey"] and len(sys.argv) > 4:
    survey(*sys.argv[2:4], sys.argv[4:])
else:
    sys.exit(__doc__)
