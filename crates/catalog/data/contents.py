"""What a layer of a base image holds that a Dockerfile may name: commands, users, well-known files.

Only names, owners and texts are facts. A command's size is plausible, not measured; the layer's own size is what counts,
and whatever is left of it lies in one file of unknown content (`rest`). Sizes here are in KiB.
"""
import json, re
from pathlib import Path

KIB = 1024

# --- busybox and Alpine -------------------------------------------------------------------------------------------------
# What Alpine's busybox is built with (aports, main/busybox/busyboxconfig), by where it is linked (busybox.links).
ALPINE = {
    "/bin": """arch ash base64 bbconfig cat chattr chgrp chmod chown cp date dd df dmesg dnsdomainname dumpkmap echo ed egrep false fatattr
fdflush fgrep fsync getopt grep gunzip gzip hostname ionice iostat ipcalc kbd_mode kill link linux32 linux64 ln login ls lsattr lzop
makemime mkdir mknod mktemp more mount mountpoint mpstat mv netstat nice pidof ping ping6 pipe_progress printenv ps pwd reformime rev rm
rmdir run-parts sed setpriv setserial sh sleep stat stty su sync tar touch true umount uname usleep watch zcat""".split(),
    "/sbin": """acpid adjtimex arp blkid blockdev depmod fbsplash fdisk findfs fsck fstrim getty halt hwclock ifconfig ifdown ifenslave ifup init
inotifyd insmod ip ipaddr iplink ipneigh iproute iprule iptunnel klogd loadkmap logread losetup lsmod mdev mkdosfs mkfs.vfat mkswap modinfo
modprobe nameif nologin pivot_root poweroff raidautorun reboot rmmod route setconsole slattach swapoff swapon switch_root sysctl syslogd
tunctl udhcpc vconfig watchdog zcip""".split(),
    "/usr/bin": """[ [[ awk basename bc beep blkdiscard bunzip2 bzcat bzip2 cal chvt cksum clear cmp comm cpio crontab cryptpw cut dc deallocvt diff
dirname dos2unix du eject env expand expr factor fallocate find flock fold free fuser groups hd head hexdump hostid id install ipcrm ipcs
killall last less logger lsof lsusb lzcat lzma lzopcat md5sum mesg microcom mkfifo mkpasswd nc nl nmeter nohup nproc nsenter nslookup od openvt
passwd paste patch pgrep pkill pmap printf pscan pstree pwdx readlink realpath renice reset resize seq setkeycodes setsid sha1sum sha256sum
sha3sum sha512sum showkey shred shuf sort split strings sum tac tail tee test time timeout top tr traceroute traceroute6 tree truncate tty
ttysize udhcpc6 unexpand uniq unix2dos unlink unlzma unlzop unshare unxz unzip uptime uudecode uuencode vi vlock volname wc wget which whoami
whois xargs xxd xzcat yes""".split(),
    "/usr/sbin": """add-shell addgroup adduser arping brctl chpasswd chroot crond delgroup deluser ether-wake fbset killall5 loadfont nanddump nandwrite
nbd-client ntpd partprobe rdate rdev readahead remove-shell rfkill sendmail setfont setlogcons""".split(),
}
# Applets of the busybox images that Alpine's has not.
BUSYBOX_TOO = """ar bootchartd chat chpst chrt conspy crond devmem dhcprelay dnsd dpkg dpkg-deb dumpleases envdir envuidgid fakeidentd fgconsole
fdformat freeramdisk fsfreeze fsck.minix ftpd ftpget ftpput hdparm httpd hush i2cdetect i2cdump i2cget i2cset i2ctransfer ifplugd inetd linuxrc logname
lpd lpq lpr lspci lsscsi makedevs man mim minips mkfs.ext2 mkfs.minix mke2fs mt nologin popmaildir powertop readprofile rpm rpm2cpio rtcwake run-init runlevel
runsv runsvdir rx script scriptreplay seedrng sestatus setarch setfattr setuidgid smemcap softlimit ssl_client start-stop-daemon sulogin sv svc svlogd svok
taskset tc tcpsvd telnet telnetd tftp tftpd tsort tune2fs ubiattach ubidetach ubimkvol ubirename ubirmvol ubirsvol ubiupdatevol udhcpd udpsvd uevent
uncompress users w wall who xz""".split()
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

# What packages bring that a Dockerfile goes on to call, for layers of `apt-get install` and `apk add`.
PACKAGES = {
    "ca-certificates": ({"/etc/ssl/certs/ca-certificates.crt": 213, "/usr/sbin/update-ca-certificates": 6}, {}),
    "curl": ({"/usr/bin/curl": 303}, {}),
    "wget": ({"/usr/bin/wget": 531}, {}),
    "gnupg": ({"/usr/bin/gpg": 1130, "/usr/bin/gpgconf": 191, "/usr/bin/gpg-agent": 419}, {}),
    "git": ({"/usr/bin/git": 3760}, {"git": ["/usr/bin/git-upload-pack", "/usr/bin/git-receive-pack"]}),
    "git-lfs": ({"/usr/bin/git-lfs": 11_000}, {}),
    "mercurial": ({"/usr/bin/hg": 2}, {}),
    "subversion": ({"/usr/bin/svn": 400}, {}),
    "openssh-client": ({"/usr/bin/ssh": 1060, "/usr/bin/scp": 191, "/usr/bin/ssh-keygen": 487}, {}),
    "procps": ({"/usr/bin/ps": 139, "/usr/bin/top": 131, "/usr/bin/free": 27, "/usr/bin/pgrep": 31}, {"pgrep": ["/usr/bin/pkill"]}),
    "gcc": ({"/usr/bin/gcc": 1010, "/usr/bin/as": 720, "/usr/bin/ld": 1740, "/usr/bin/ar": 56, "/usr/bin/strip": 170, "/usr/bin/nm": 50, "/usr/bin/objdump": 400, "/usr/bin/ranlib": 56}, {"gcc": ["/usr/bin/cc"]}),
    "g++": ({"/usr/bin/g++": 1020}, {"g++": ["/usr/bin/c++"]}),
    "make": ({"/usr/bin/make": 239}, {}),
    "bash": ({"/bin/bash": 740}, {}),
    "openssl": ({"/usr/bin/openssl": 780}, {}),
    "coreutils": ({"/usr/bin/coreutils": 1100}, {}),
    "tzdata": ({"/usr/share/zoneinfo/UTC": 0.12}, {}),
    "bzip2": ({"/usr/bin/bzip2": 39}, {}),
    "xz": ({"/usr/bin/xz": 87}, {}),
    "tar": ({"/usr/bin/tar": 450}, {}),
    "findutils": ({"/usr/bin/find": 220}, {}),
    "binutils": ({"/usr/bin/as": 720, "/usr/bin/ld": 1740, "/usr/bin/ar": 56, "/usr/bin/strip": 170}, {}),
    "unzip": ({"/usr/bin/unzip": 183}, {}),
    "zip": ({"/usr/bin/zip": 190}, {}),
    "tini": ({"/sbin/tini": 24}, {}),
    "patch": ({"/usr/bin/patch": 195}, {}),
    "jq": ({"/usr/bin/jq": 30}, {}),
}
# What Debian's root holds, and the programs of the packages that official images install, in bookworm and trixie.
DEBIAN = json.loads((Path(__file__).resolve().parent / "debian.json").read_text())


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
        # directory -> names of programs whose sizes are not known one by one; directory -> weight of the rest in it
        self.programs, self.spread = {}, {}
        # whether nothing is in it that could be called and has no name here
        self.all_programs = False

    def add(self, files=None, links=None, entries=(), rest=None):
        self.files |= {path: round(kib * KIB) for path, kib in (files or {}).items()}
        for target, paths in (links or {}).items():
            self.links.setdefault(target, []).extend(paths)
        self.entries += entries
        self.rest = rest or self.rest
        return self

    def script(self, path):
        """The layer is one executable file of unknown content."""
        self.rest, self.rest_mode, self.all_programs = path, "755", True

    def packages(self, codename, name, without=None):
        """The programs of packages that Debian's list knows together, all of them."""
        lists = {**DEBIAN.get(codename, DEBIAN["bookworm"]), "tk": {"bin": "tclsh tclsh8.6 wish wish8.6"}}
        had = lists[without] if without else {}
        for place, names in lists.get(name, {}).items():
            # names that update-alternatives makes
            more = {re.sub(r"-im\d\.q16$|-1\.1\d$", "", n) for n in names.split()}
            own = {*names.split(), *more} - set(had.get(place, "").split())
            if own:
                self.programs[f"/usr/{place}"] = " ".join(sorted(own))
        self.all_programs = True

    def only_names(self):
        """Whether all there is to it is known: directories, links and texts."""
        return bool(self.entries or self.links) and not self.files and not self.rest_mode and self.rest == "/usr/lib/other-files"

    def text_bytes(self):
        return sum(len(e["text"].encode()) for e in self.entries if "text" in e)


def os_release(fields):
    return text("/etc/os-release", "".join(f'{k}="{v}"\n' if " " in v else f"{k}={v}\n" for k, v in fields.items()))


def alpine(version):
    layer = Layer().add(
        files={"/bin/busybox": 790, "/sbin/apk": 70, "/lib/ld-musl-x86_64.so.1": 640, "/usr/lib/libcrypto.so.3": 4300,
               "/usr/lib/libssl.so.3": 760, "/usr/lib/libz.so.1": 98, "/usr/lib/libapk.so": 330, "/etc/ssl/certs/ca-certificates.crt": 213,
               "/lib/apk/db/installed": 15, "/usr/bin/getconf": 34, "/usr/bin/getent": 48, "/usr/bin/iconv": 22, "/usr/bin/ldd": 1, "/usr/bin/scanelf": 80, "/usr/bin/ssl_client": 14,
               "/sbin/ldconfig": 1, "/sbin/mkmntdirs": 10},
        links={"/bin/busybox": [f"{place}/{name}" for place, names in ALPINE.items() for name in names],
               "ld-musl-x86_64.so.1": ["/lib/libc.musl-x86_64.so.1"], "certs/ca-certificates.crt": ["/etc/ssl/cert.pem"]},
        entries=[
            directory("/root", mode="700"), directory("/tmp", mode="1777"), directory("/var/tmp", mode="1777"),
            *map(directory, ("/home", "/opt", "/srv", "/mnt", "/media", "/etc/apk/keys", "/lib/apk/exec", "/var/cache/apk", "/var/lib/apk", "/var/log", "/var/spool/cron", "/usr/local/bin", "/usr/local/lib", "/usr/local/share", "/usr/share/apk", "/run", "/proc", "/sys", "/dev")),
            text("/etc/passwd", ALPINE_PASSWD), text("/etc/group", ALPINE_GROUP), text("/etc/alpine-release", f"{version}\n"), text("/etc/hostname", "localhost\n"),
            text("/etc/shells", "# valid login shells\n/bin/sh\n/bin/ash\n"),
            text("/etc/apk/repositories", "".join(f"https://dl-cdn.alpinelinux.org/alpine/v{version.rpartition('.')[0]}/{part}\n" for part in ("main", "community"))),
            os_release({"NAME": "Alpine Linux", "ID": "alpine", "VERSION_ID": version, "PRETTY_NAME": f"Alpine Linux v{version.rpartition('.')[0]}"}),
            text("/etc/apk/world", "alpine-baselayout\nalpine-keys\nalpine-release\napk-tools\nbusybox\nlibc-utils\n"),
        ],
        rest="/usr/share/other-files",
    )
    layer.all_programs = True
    return layer


def only_program(path):
    """An image of one file."""
    layer = Layer()
    layer.script(path)
    return layer


def busybox(libc):
    applets = {a for names in ALPINE.values() for a in names} | set(BUSYBOX_TOO)
    names = [f"/bin/{a}" for a in sorted({*applets, *USER_APPLETS} - {"linux32", "linux64"})]
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
    layer.all_programs = True
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
    # Ubuntu's releases have what Debian's of about the same time has
    like = codename if codename in DEBIAN else "trixie" if version_id >= "26" else "bookworm"
    root = DEBIAN[like]["root"]
    layer = Layer()
    layer.files |= {path: size for path, size in root["files"].items() if path not in root["modes"]} | root["large"]
    layer.add(
        {"/var/lib/dpkg/status": 80, "/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2": 207, "/usr/lib/apt/methods/http": 180},
        {"../lib/x86_64-linux-gnu/ld-linux-x86-64.so.2": ["/usr/lib64/ld-linux-x86-64.so.2"], "usr/bin": ["/bin"], "usr/sbin": ["/sbin"], "usr/lib": ["/lib"], "usr/lib64": ["/lib64"], **{relative(target): paths for target, paths in root["links"].items()}},
        [
            directory("/root", mode="700"), directory("/tmp", mode="1777"), directory("/var/tmp", mode="1777"), directory("/var/mail", 0, 8, "2775"),
            *map(directory, ("/boot", "/dev", "/home", "/opt", "/proc", "/srv", "/sys", "/mnt", "/media", "/run", "/usr/games", "/usr/include", "/usr/local/bin", "/usr/local/lib", "/usr/local/sbin", "/usr/local/share", "/usr/local/src", "/usr/src", "/usr/lib64", "/var/cache/apt/archives/partial", "/var/lib/apt/lists/partial", "/var/log/apt", "/var/spool", "/etc/apt/sources.list.d", "/etc/apt/trusted.gpg.d", "/etc/apt/preferences.d", "/etc/skel", "/etc/profile.d")),
            text("/etc/passwd", users), text("/etc/group", groups), text("/etc/hostname", "debuerreotype\n") if not ubuntu else text("/etc/hostname", "localhost\n"),
            os_release({"PRETTY_NAME": title, "NAME": "Ubuntu" if ubuntu else "Debian GNU/Linux", "VERSION_ID": version_id, "VERSION_CODENAME": codename, "ID": name, **({"ID_LIKE": "debian"} if ubuntu else {})}),
            text("/etc/debian_version", f"{codename}/sid\n" if ubuntu else f"{version_id}\n"),
            text("/etc/apt/apt.conf.d/docker-clean", "// Archives are not kept, and package lists stay compressed.\nAPT::Keep-Downloaded-Packages \"false\";\nAcquire::GzipIndexes \"true\";\nAcquire::Languages \"none\";\n"),
            *({"path": path, "kind": "file", "mode": mode, "size": root["files"][path]} for path, mode in root["modes"].items()),
        ],
        "/usr/lib/other-files",
    )
    if ubuntu:
        layer.add({"/usr/sbin/adduser": 40, "/usr/sbin/deluser": 20}, {"adduser": ["/usr/sbin/addgroup"], "deluser": ["/usr/sbin/delgroup"]})
    layer.spread = root["slim" if slim else "full"]
    layer.all_programs = like == codename
    if ubuntu and version_id >= "24.04":
        layer.add(entries=[directory("/home/ubuntu", 1000, 1000, "750")])
    if not slim:
        layer.add(entries=[directory("/usr/share/doc"), directory("/usr/share/man")])
    return layer


def relative(target):
    """A link's target as the packages have it: its name alone where both are in one folder of programs."""
    return target.rpartition("/")[2] if target.startswith("/usr/bin/") else target


def fedora(name, version_id, minimal):
    """A root of Fedora's kin."""
    title = {"fedora": "Fedora Linux", "amazonlinux": "Amazon Linux", "rockylinux": "Rocky Linux", "oraclelinux": "Oracle Linux Server"}[name]
    programs = ["bash", "grep", "egrep", "fgrep", "sed", "gawk", "curl", "rpm", "rpmkeys", "getent", "ldd", "locale", "iconv", "gpgv", "ca-legacy", "update-ca-trust", "which"]
    programs += ["microdnf"] if minimal else ["dnf", "dnf-3", "yum", "find", "xargs", "gzip", "gpg", "less", "python3"]
    programs += [] if name == "amazonlinux" else ["tar", "gzip", "gunzip", "zcat", "passwd", "mount", "umount", "su", "hostname"]
    admin = [] if name == "amazonlinux" else ["useradd", "userdel", "usermod", "groupadd", "groupdel", "groupmod", "chpasswd", "adduser", "nologin", "ldconfig", "chroot"]
    layer = Layer().add(
        {"/usr/lib64/libc.so.6": 2300, "/usr/lib64/ld-linux-x86-64.so.2": 920, "/usr/lib64/libcrypto.so.3": 5000, "/usr/lib64/libssl.so.3": 900, "/var/lib/rpm/rpmdb.sqlite": 9000, "/etc/pki/tls/certs/ca-bundle.crt": 220},
        {"usr/bin": ["/bin"], "usr/sbin": ["/sbin"], "usr/lib": ["/lib"], "usr/lib64": ["/lib64"], "bash": ["/usr/bin/sh"], "gawk": ["/usr/bin/awk"]},
        [
            directory("/root", mode="550"), directory("/tmp", mode="1777"), directory("/var/tmp", mode="1777"),
            *map(directory, ("/boot", "/dev", "/home", "/opt", "/proc", "/srv", "/sys", "/mnt", "/media", "/run", "/usr/local/bin", "/usr/share", "/var/cache/dnf", "/var/log", "/etc/yum.repos.d")),
            text("/etc/passwd", "root:x:0:0:root:/root:/bin/bash\nbin:x:1:1:bin:/bin:/sbin/nologin\ndaemon:x:2:2:daemon:/sbin:/sbin/nologin\nmail:x:8:12:mail:/var/spool/mail:/sbin/nologin\nnobody:x:65534:65534:Kernel Overflow User:/:/sbin/nologin\n"),
            text("/etc/group", "root:x:0:\nbin:x:1:\ndaemon:x:2:\nsys:x:3:\nadm:x:4:\ntty:x:5:\ndisk:x:6:\nmail:x:12:\nwheel:x:10:\nusers:x:100:\nnobody:x:65534:\n"),
            os_release({"NAME": title, "ID": {"oraclelinux": "ol", "rockylinux": "rocky", "amazonlinux": "amzn"}.get(name, name), "VERSION_ID": version_id, "PRETTY_NAME": f"{title} {version_id}"}),
        ],
        "/usr/lib64/other-files",
    )
    layer.programs = {"/usr/bin": " ".join(sorted({*COREUTILS, *programs})), "/usr/sbin": " ".join(sorted(admin))} if admin else {"/usr/bin": " ".join(sorted({*COREUTILS, *programs}))}
    layer.spread = {"/usr/lib64": 6, "/usr/share/locale": 2, "/usr/share/licenses": 1, "/usr/lib": 2}
    return layer


def distroless(package, version_id, codename):
    """One Debian package of a distroless image, which is one layer."""
    layer, lib = Layer(), "/usr/lib/x86_64-linux-gnu"
    layer.all_programs = True
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
    elif package == "nodejs":
        layer.script("/nodejs/bin/node")
    elif package == "temurin-21-jre":
        home = "/usr/lib/jvm/temurin21_jre_amd64"
        layer.add({f"{home}/bin/java": 12, f"{home}/bin/keytool": 12}, {f"{home}/bin/java": ["/usr/bin/java"]}, rest=f"{home}/lib/modules")
    elif package == "busybox":
        layer.add(links={"busybox": [f"/busybox/{a}" for a in sorted({a for names in ALPINE.values() for a in names} - {"[", "[["})]})
        layer.script("/busybox/busybox")
    elif package.startswith("lib"):
        layer.add(rest=f"{lib}/{re.sub(r'[^a-z0-9+-].*', '', package)}.so")
    return layer
