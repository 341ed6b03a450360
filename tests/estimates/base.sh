#!/usr/bin/env bash
# Makes the base images of the measurements, estimates/debian:bookworm and estimates/debian:bookworm-slim, with the
# settings that Docker's official Debian images carry.
#
#   DOCKER=docker MIRROR=http://deb.debian.org ./base.sh
#
# Needs debootstrap and root. Upgraded to the mirror's state, so that an install does not write the base anew.
set -euo pipefail
docker=${DOCKER:-docker}
mirror=${MIRROR:-http://deb.debian.org}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
debootstrap --variant=minbase bookworm "$root" "$mirror/debian" >"$work/log"
cat >"$root/etc/apt/sources.list" <<SOURCES
deb $mirror/debian bookworm main
deb $mirror/debian bookworm-updates main
deb $mirror/debian-security bookworm-security main
SOURCES
cp /etc/resolv.conf "$root/etc/resolv.conf"
chroot "$root" sh -c 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get dist-upgrade -y -qq' >>"$work/log"

# What mkimage of the official images writes: no archives kept, indexes compressed, no translations, no start of services.
conf=$root/etc/apt/apt.conf.d
cat >"$conf/docker-clean" <<'CLEAN'
DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; };
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
CLEAN
echo 'Acquire::GzipIndexes "true";' >"$conf/docker-gzip-indexes"
echo 'Acquire::Languages "none";' >"$conf/docker-no-languages"
echo 'Apt::AutoRemove::SuggestsImportant "false";' >"$conf/docker-autoremove-suggests"
echo force-unsafe-io >"$root/etc/dpkg/dpkg.cfg.d/docker-apt-speedup"
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod +x "$root/usr/sbin/policy-rc.d"
rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/var/log/{apt,dpkg.log,bootstrap.log,alternatives.log}
mkdir -p "$root/var/lib/apt/lists/partial" "$root/var/cache/apt/archives/partial"
tar --numeric-owner -C "$root" -c . | "$docker" import -c 'CMD ["bash"]' - estimates/debian:bookworm >/dev/null

# The slim image: no documentation, manuals and translations, and none with later installs.
cat >"$root/etc/dpkg/dpkg.cfg.d/docker" <<'SLIM'
path-exclude /usr/share/doc/*
path-include /usr/share/doc/*/copyright
path-exclude /usr/share/info/*
path-exclude /usr/share/linda/*
path-exclude /usr/share/lintian/overrides/*
path-exclude /usr/share/locale/*
path-exclude /usr/share/man/*
SLIM
find "$root/usr/share/doc" -mindepth 1 ! -name copyright ! -type d -delete
rm -rf "$root"/usr/share/{info,linda,lintian/overrides,locale,man}
find "$root/usr/share/doc" -type d -empty -delete
# Empty, but there, as in the official image: Java's packages link manuals into them.
mkdir -p "$root"/usr/share/man/man{1..9}
tar --numeric-owner -C "$root" -c . | "$docker" import -c 'CMD ["bash"]' - estimates/debian:bookworm-slim >/dev/null
"$docker" image ls estimates/debian
