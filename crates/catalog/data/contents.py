"""What a layer of a base image holds that a Dockerfile may name: commands, users, well-known files.

Only names, owners and texts are facts. A command's size is plausible, not measured; the layer's own size is what counts,
and whatever is left of it lies in one file of unknown content (`rest`). Sizes here are in KiB.
"""
import re

KIB = 1024

# --- busybox and Alpine -------------------------------------------------------------------------------------------------
# Where Alpine links an applet; every other one is in /usr/bin.
ALPINE_BIN = """arch ash base64 bbconfig cat chattr chgrp chmod chown cp date dd df dmesg dnsdomainname dumpkmap echo ed egrep false
fatattr fdflush fgrep fsync getopt grep gunzip gzip hostname ionice iostat ipcalc kbd_mode kill link linux32 linux64 ln login ls lsattr
lzop makemime mkdir mknod mktemp more mount mountpoint mpstat mv netstat nice pidof ping ping6 pipe_progress printenv ps pwd reformime
rev rm rmdir run-parts sed setpriv setserial sh sleep stat stty su sync tar touch true umount uname usleep watch zcat""".split()
ALPINE_SBIN = """acpid adjtimex arp blkid blockdev depmod fbsplash fdisk findfs fsck fstrim getty halt hwclock ifconfig ifdown
ifenslave ifup init inotifyd insmod ip ipaddr iplink ipneigh iproute iprule iptunnel klogd loadkmap logread losetup lsmod mdev mkdosfs
mkfs.vfat mkswap modinfo modprobe nameif nologin pivot_root poweroff raidautorun reboot rmmod route setconsole slattach swapoff swapon
switch_root sysctl syslogd tunctl udhcpc vconfig watchdog zcip""".split()
ALPINE_USR_SBIN = "addgroup adduser arping brctl chpasswd chroot crond delgroup deluser fbset killall5 nanddump nbd-client ntpd partprobe rdate rdev readahead rfkill sendmail".split()
# Applets of the recorded busybox that the official images lack, and the other way round.
NOT_APPLETS = ["dpkg", "dpkg-deb", "rpm", "rpm2cpio", "telnetd", "ftpget", "ftpput", "httpd", "udhcpd", "svok", "w"]
USER_APPLETS = ["addgroup", "adduser", "delgroup", "deluser", "chpasswd", "printenv", "nice", "nohup", "mountpoint", "wall", "whoami"]

ALPINE_PASSWD = """root:x:0:0:root:/root:/bin/sh
bin:x:1:1:bin:/bin:/sbin/nologin
daemon:x:2:2:daemon:/sbin:/sbin/nologin
lp:x:4:7:lp:/var/spool/lpd:/sbin/nologin
sync:x:5:0:sync:/sbin:/bin/sync
shutdown:x:6:0:shutdown:/sbin:/sbin/shutdown
halt:x:7:0:halt:/sbin:/sbin/halt
mail:x:8:12:mail:/var/mail:/sbin/nologin
news:x:9:13:news:/usr/lib/news:/sbin/nologin
uucp:x:10:14:uucp:/var/spool/uucppublic:/sbin/nologin
cron:x:16:16:cron:/var/spool/cron:/sbin/nologin
ftp:x:21:21::/var/lib/ftp:/sbin/nologin
sshd:x:22:22:sshd:/dev/null:/sbin/nologin
games:x:35:35:games:/usr/games:/sbin/nologin
ntp:x:123:123:NTP:/var/empty:/sbin/nologin
guest:x:405:100:guest:/dev/null:/sbin/nologin
nobody:x:65534:65534:nobody:/:/sbin/nologin
"""
ALPINE_GROUP = """root:x:0:root
bin:x:1:root,bin,daemon
daemon:x:2:root,bin,daemon
sys:x:3:root,bin
adm:x:4:root,daemon
tty:x:5:
disk:x:6:root
lp:x:7:lp
mem:x:8:
kmem:x:9:
wheel:x:10:root
mail:x:12:mail
cron:x:16:cron
audio:x:18:
cdrom:x:19:
ftp:x:21:
sshd:x:22:
video:x:27:root
games:x:35:
shadow:x:42:
www-data:x:82:
users:x:100:games
ntp:x:123:
nogroup:x:65533:
nobody:x:65534:
"""

# --- Debian and Ubuntu --------------------------------------------------------------------------------------------------
DEBIAN_PASSWD = """root:x:0:0:root:/root:/bin/bash
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
bin:x:2:2:bin:/bin:/usr/sbin/nologin
sys:x:3:3:sys:/dev:/usr/sbin/nologin
sync:x:4:65534:sync:/bin:/bin/sync
games:x:5:60:games:/usr/games:/usr/sbin/nologin
man:x:6:12:man:/var/cache/man:/usr/sbin/nologin
lp:x:7:7:lp:/var/spool/lpd:/usr/sbin/nologin
mail:x:8:8:mail:/var/mail:/usr/sbin/nologin
news:x:9:9:news:/var/spool/news:/usr/sbin/nologin
uucp:x:10:10:uucp:/var/spool/uucp:/usr/sbin/nologin
proxy:x:13:13:proxy:/bin:/usr/sbin/nologin
www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
backup:x:34:34:backup:/var/backups:/usr/sbin/nologin
list:x:38:38:Mailing List Manager:/var/list:/usr/sbin/nologin
irc:x:39:39:ircd:/run/ircd:/usr/sbin/nologin
_apt:x:42:65534::/nonexistent:/usr/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
"""
DEBIAN_GROUP = "".join(
    f"{name}:x:{gid}:\n"
    for name, gid in dict(
        root=0, daemon=1, bin=2, sys=3, adm=4, tty=5, disk=6, lp=7, mail=8, news=9, uucp=10, man=12, proxy=13, kmem=15,
        dialout=20, fax=21, voice=22, cdrom=24, floppy=25, tape=26, sudo=27, audio=29, dip=30, **{"www-data": 33}, backup=34,
        operator=37, list=38, irc=39, src=40, shadow=42, utmp=43, video=44, sasl=45, plugdev=46, staff=50, games=60, users=100,
        nogroup=65534,
    ).items()
)
COREUTILS = """[ arch b2sum base32 base64 basename basenc cat chcon chgrp chmod chown cksum comm cp csplit cut date dd df dir dircolors
dirname du echo env expand expr factor false fmt fold groups head hostid id install join link ln logname ls md5sum mkdir mkfifo mknod
mktemp mv nice nl nohup nproc numfmt od paste pathchk pinky pr printenv printf ptx pwd readlink realpath rm rmdir runcon seq sha1sum
sha224sum sha256sum sha384sum sha512sum shred shuf sleep sort split stat stdbuf stty sum sync tac tail tee test timeout touch tr true
truncate tsort tty uname unexpand uniq unlink users vdir wc who whoami yes""".split()
DEBIAN_TOOLS = {
    "bash": 1260, "dash": 123, "grep": 199, "egrep": 1, "fgrep": 1, "sed": 123, "mawk": 155, "tar": 519, "gzip": 95, "gunzip": 2,
    "zcat": 2, "find": 220, "xargs": 67, "perl": 3770, "diff": 143, "cmp": 47, "hostname": 23, "which": 2, "tempfile": 15,
    "apt": 19, "apt-get": 51, "apt-cache": 87, "apt-config": 27, "apt-mark": 55, "apt-key": 28, "dpkg": 311, "dpkg-query": 155,
    "dpkg-deb": 171, "dpkg-divert": 147, "dpkg-split": 119, "debconf-set-selections": 3, "deb-systemd-helper": 24, "passwd": 67,
    "chage": 71, "gpasswd": 87, "su": 71, "login": 52, "mount": 59, "umount": 35, "more": 59, "dmesg": 83, "lsblk": 175,
    "getopt": 22, "setpriv": 51, "flock": 35, "nsenter": 51, "unshare": 51, "taskset": 34, "getent": 40, "ldd": 6, "locale": 58,
    "iconv": 67, "localedef": 327, "run-parts": 27, "ischroot": 14, "clear": 14, "tput": 23, "gpgv": 287, "chrt": 34, "ionice": 30,
}
DEBIAN_SBIN = {
    "useradd": 143, "userdel": 95, "usermod": 131, "groupadd": 91, "groupdel": 83, "groupmod": 91, "chpasswd": 59, "nologin": 14,
    "ldconfig": 1, "update-rc.d": 18, "invoke-rc.d": 16, "chroot": 43, "start-stop-daemon": 47, "blkid": 55, "mkfs": 14,
    "sysctl": 30, "tzconfig": 1, "dpkg-reconfigure": 4,
}

# What packages bring that a Dockerfile goes on to call, for layers of `apt-get install` and `apk add`.
PACKAGES = {
    "ca-certificates": ({"/etc/ssl/certs/ca-certificates.crt": 213, "/usr/sbin/update-ca-certificates": 6}, {}),
    "curl": ({"/usr/bin/curl": 303}, {}),
    "wget": ({"/usr/bin/wget": 531}, {}),
    "gnupg": ({"/usr/bin/gpg": 1130, "/usr/bin/gpgconf": 191, "/usr/bin/gpg-agent": 419}, {}),
    "git": ({"/usr/bin/git": 3760}, {"git": ["/usr/bin/git-upload-pack", "/usr/bin/git-receive-pack"]}),
    "mercurial": ({"/usr/bin/hg": 2}, {}),
    "subversion": ({"/usr/bin/svn": 400}, {}),
    "openssh-client": ({"/usr/bin/ssh": 1060, "/usr/bin/scp": 191, "/usr/bin/ssh-keygen": 487}, {}),
    "procps": ({"/usr/bin/ps": 139, "/usr/bin/top": 131, "/usr/bin/free": 27, "/usr/bin/pgrep": 31}, {"pgrep": ["/usr/bin/pkill"]}),
    "gcc": ({"/usr/bin/gcc": 1010, "/usr/bin/as": 720, "/usr/bin/ld": 1740, "/usr/bin/ar": 56}, {"gcc": ["/usr/bin/cc"]}),
    "g++": ({"/usr/bin/g++": 1020}, {"g++": ["/usr/bin/c++"]}),
    "make": ({"/usr/bin/make": 239}, {}),
    "pkg-config": ({"/usr/bin/pkg-config": 47}, {}),
    "autoconf": ({"/usr/bin/autoconf": 15, "/usr/bin/autoreconf": 21}, {}),
    "automake": ({"/usr/bin/automake": 255}, {}),
    "bzip2": ({"/usr/bin/bzip2": 39}, {}),
    "xz-utils": ({"/usr/bin/xz": 87}, {}),
    "unzip": ({"/usr/bin/unzip": 183}, {}),
    "patch": ({"/usr/bin/patch": 195}, {}),
    "jq": ({"/usr/bin/jq": 30}, {}),
}
# The list of packages is cut in what is known of these layers: these are theirs.
BUILDPACK_TOOLS = "gcc g++ make autoconf automake bzip2 patch unzip xz-utils".split()
# What buildpack-deps has, and the golang image makes do with.
GOLANG_TOOLS = "gcc g++ make pkg-config".split()



def directory(path, uid=0, gid=0, mode=None):
    return {"path": path, "kind": "dir", **({"mode": mode} if mode else {}), **({"uid": uid, "gid": gid} if uid or gid else {})}


def text(path, content, mode=None):
    return {"path": path, "kind": "file", **({"mode": mode} if mode else {}), "text": content}


def symlink(path, target):
    return {"path": path, "kind": "symlink", "mode": "777", "link": target}


class Layer:
    """What is known of one layer's files. Sizes in bytes."""

    def __init__(self):
        self.entries, self.files, self.links = [], {}, {}
        self.rest, self.rest_mode = "/usr/lib/other-files", None

    def add(self, files=None, links=None, entries=(), rest=None):
        self.files |= {path: round(kib * KIB) for path, kib in (files or {}).items()}
        for target, paths in (links or {}).items():
            self.links.setdefault(target, []).extend(paths)
        self.entries += entries
        self.rest = rest or self.rest
        return self

    def script(self, path):
        """The layer is one executable file of unknown content."""
        self.rest, self.rest_mode = path, "755"

    def only_names(self):
        """Whether all there is to it is known: directories, links and texts."""
        return bool(self.entries or self.links) and not self.files and not self.rest_mode and self.rest == "/usr/lib/other-files"

    def text_bytes(self):
        return sum(len(e["text"].encode()) for e in self.entries if "text" in e)


def os_release(fields):
    return text("/etc/os-release", "".join(f'{k}="{v}"\n' if " " in v else f"{k}={v}\n" for k, v in fields.items()))


def alpine(version, applets):
    layer = Layer()
    places = {}
    for applet in sorted({*applets, *USER_APPLETS} - {*NOT_APPLETS}):
        where = "/bin" if applet in ALPINE_BIN else "/sbin" if applet in ALPINE_SBIN else "/usr/sbin" if applet in ALPINE_USR_SBIN else "/usr/bin"
        places.setdefault("/bin/busybox", []).append(f"{where}/{applet}")
    layer.add(
        files={"/bin/busybox": 790, "/sbin/apk": 70, "/lib/ld-musl-x86_64.so.1": 640, "/usr/lib/libcrypto.so.3": 4300,
               "/usr/lib/libssl.so.3": 760, "/usr/lib/libz.so.1": 98, "/etc/ssl/certs/ca-certificates.crt": 213,
               "/lib/apk/db/installed": 15, "/usr/bin/getent": 48, "/usr/bin/ldd": 1, "/usr/bin/ssl_client": 14},
        links={**places, "ld-musl-x86_64.so.1": ["/lib/libc.musl-x86_64.so.1"], "certs/ca-certificates.crt": ["/etc/ssl/cert.pem"]},
        entries=[
            directory("/root", mode="700"), directory("/tmp", mode="1777"), *map(directory, ("/home", "/opt", "/srv", "/mnt", "/media", "/var/cache", "/var/lib", "/var/log", "/usr/local/bin", "/usr/share", "/run")),
            text("/etc/passwd", ALPINE_PASSWD), text("/etc/group", ALPINE_GROUP), text("/etc/alpine-release", f"{version}\n"),
            os_release({"NAME": "Alpine Linux", "ID": "alpine", "VERSION_ID": version, "PRETTY_NAME": f"Alpine Linux v{version.rpartition('.')[0]}"}),
            text("/etc/apk/world", "alpine-baselayout\nalpine-keys\nalpine-release\napk-tools\nbusybox\nlibc-utils\n"),
        ],
        rest="/usr/share/other-files",
    )
    layer.links["/bin/busybox"] = [p for p in layer.links["/bin/busybox"] if p not in layer.files]
    return layer


def busybox(libc, applets):
    names = [f"/bin/{a}" for a in sorted({*applets, *USER_APPLETS} - {"dpkg", "dpkg-deb"})]
    layer = Layer().add(
        links={"busybox": names},
        entries=[
            directory("/root", mode="700"), directory("/tmp", mode="1777"), directory("/home", 65534, 65534), *map(directory, ("/etc", "/usr/sbin", "/var/spool/mail", "/var/www")),
            text("/etc/passwd", "root:x:0:0:root:/root:/bin/sh\ndaemon:x:1:1:daemon:/usr/sbin:/bin/false\nbin:x:2:2:bin:/bin:/bin/false\nwww-data:x:33:33:www-data:/var/www:/bin/false\nnobody:x:65534:65534:nobody:/home:/bin/false\n"),
            text("/etc/group", "root:x:0:\ndaemon:x:1:\nbin:x:2:\nwww-data:x:33:\nusers:x:100:\nnogroup:x:65534:\n"),
            symlink("/usr/bin/env", "../../bin/env"),
        ],
        rest="/bin/busybox",
    )
    if libc == "glibc":
        layer.add({"/lib/libc.so.6": 1960, "/lib/libm.so.6": 920, "/lib/ld-linux-x86-64.so.2": 220}, {"lib": ["/lib64"]})
    return layer


def debian(name, version_id, codename, slim):
    """A Debian or Ubuntu root: everything below /usr, with links from the old places."""
    ubuntu = name == "ubuntu"
    users, groups = DEBIAN_PASSWD, DEBIAN_GROUP
    if ubuntu and version_id >= "24.04":
        users, groups = users + "ubuntu:x:1000:1000:Ubuntu:/home/ubuntu:/bin/bash\n", groups + "ubuntu:x:1000:\n"
    title = f"Ubuntu {version_id}" if ubuntu else f"Debian GNU/Linux {version_id} ({codename})"
    size = {"[": 55, "cp": 147, "mv": 143, "ls": 147, "dir": 147, "vdir": 147, "dd": 75, "du": 151, "df": 91, "sort": 107, "stat": 91}
    files = {f"/usr/bin/{c}": size.get(c, 43) for c in COREUTILS}
    files |= {f"/usr/bin/{c}": kib for c, kib in DEBIAN_TOOLS.items()} | {f"/usr/sbin/{c}": kib for c, kib in DEBIAN_SBIN.items()}
    if ubuntu or codename in ("bullseye", "bookworm"):
        files |= {"/usr/sbin/adduser": 40, "/usr/sbin/addgroup": 40, "/usr/sbin/deluser": 20}
    files |= {"/usr/lib/x86_64-linux-gnu/libc.so.6": 1880, "/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2": 207, "/var/lib/dpkg/status": 80, "/usr/lib/apt/methods/http": 180}
    layer = Layer().add(
        files,
        {"usr/bin": ["/bin"], "usr/sbin": ["/sbin"], "usr/lib": ["/lib"], "usr/lib64": ["/lib64"], "dash": ["/usr/bin/sh"], "bash": ["/usr/bin/rbash"], "mawk": ["/usr/bin/awk"]},
        [
            directory("/root", mode="700"), directory("/tmp", mode="1777"), directory("/var/tmp", mode="1777"),
            *map(directory, ("/home", "/opt", "/srv", "/mnt", "/media", "/run", "/usr/local/bin", "/usr/lib64", "/usr/share", "/var/cache/apt/archives/partial", "/var/lib/apt/lists", "/var/log", "/etc/apt/sources.list.d", "/etc/apt/apt.conf.d")),
            text("/etc/passwd", users), text("/etc/group", groups),
            os_release({"PRETTY_NAME": title, "NAME": "Ubuntu" if ubuntu else "Debian GNU/Linux", "VERSION_ID": version_id, "VERSION_CODENAME": codename, "ID": name, **({"ID_LIKE": "debian"} if ubuntu else {})}),
            text("/etc/debian_version", f"{codename}/sid\n" if ubuntu else f"{version_id}\n"),
            text("/etc/apt/apt.conf.d/docker-clean", "// Archives are not kept, and package lists stay compressed.\nAPT::Keep-Downloaded-Packages \"false\";\nAcquire::GzipIndexes \"true\";\nAcquire::Languages \"none\";\n"),
        ],
        "/usr/lib/other-files",
    )
    if ubuntu and version_id >= "24.04":
        layer.add(entries=[directory("/home/ubuntu", 1000, 1000, "750")])
    if not slim:
        layer.add(entries=[directory("/usr/share/doc"), directory("/usr/share/man")])
    return layer


def distroless(package, version_id, codename):
    """One Debian package of a distroless image, which is one layer."""
    layer, lib = Layer(), "/usr/lib/x86_64-linux-gnu"
    layer.add(rest=f"/usr/share/doc/{package}/other-files")
    if package == "base-files":
        layer.add(entries=[
            directory("/root", mode="700"), directory("/tmp", mode="1777"), directory("/home/nonroot", 65532, 65532, "700"),
            text("/etc/passwd", "root:x:0:0:root:/root:/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n"),
            text("/etc/group", "root:x:0:\nnobody:x:65534:\ntty:x:5:\nstaff:x:50:\nnonroot:x:65532:\n"),
            os_release({"PRETTY_NAME": "Distroless", "NAME": "Debian GNU/Linux", "ID": "debian", "VERSION_ID": version_id, "VERSION": f"Debian GNU/Linux {version_id} ({codename})"}),
        ])
    elif package.startswith("tzdata"):
        layer.add({"/usr/share/zoneinfo/UTC": 0.12}, rest="/usr/share/zoneinfo/other-files")
    elif "cacerts" in package:
        layer.add({"/etc/ssl/certs/ca-certificates.crt": 213}, rest="/usr/share/doc/ca-certificates/copyright")
    elif package == "libc6":
        layer.add({f"{lib}/libc.so.6": 1880, f"{lib}/libm.so.6": 888, f"{lib}/ld-linux-x86-64.so.2": 207}, rest=f"{lib}/gconv/other-files")
    elif package.startswith("libssl"):
        layer.add({f"{lib}/libcrypto.so.3": 4600, f"{lib}/libssl.so.3": 680})
    elif package == "python3.13-minimal":
        layer.add({"/usr/bin/python3.13": 6600}, {"python3.13": ["/usr/bin/python3", "/usr/bin/python"]})
    elif package == "libpython3.13-stdlib":
        layer.add(rest="/usr/lib/python3.13/other-files")
    elif package.startswith("lib"):
        layer.add(rest=f"{lib}/{re.sub(r'[^a-z0-9+-].*', '', package)}.so")
    return layer
