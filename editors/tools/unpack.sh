#!/usr/bin/env bash
# Unpacks packages of a Debian release, with all that they need, into a folder: nothing is
# installed, and what is there already is left as it is.
#
#   unpack.sh RELEASE FOLDER PACKAGE...
#
# Debian's own archive is asked, where this machine's apt knows it. Programs are run by run.sh.
set -euo pipefail
release=$1 folder=$2
shift 2
wanted="$release $*"
if [ "$(cat "$folder/.unpacked" 2>/dev/null)" = "$wanted" ]; then
    exit 0
fi
if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null; then
    echo "apt and dpkg are missing: these tests take $* from Debian's packages" >&2
    exit 1
fi
archive=$(cat /etc/apt/sources.list.d/*.sources /etc/apt/sources.list 2>/dev/null |
    sed -n 's/^URIs: *\(\S*debian\)\/* *$/\1/p; s/^deb\( \[[^]]*\]\)\? \(\S*debian\)\/* .*/\2/p' |
    head -n 1 || true)
if [ -z "$archive" ]; then
    echo "apt knows no archive of Debian: these tests take $* from there" >&2
    exit 1
fi
rm -rf "$folder"
mkdir -p "$folder"
folder=$(realpath "$folder")
apt=$folder/.apt
mkdir -p "$apt/lists/partial" "$apt/archives/partial"
: > "$apt/status"
echo "deb $archive $release main" > "$apt/sources.list"
# A list of packages, a cache and a state of its own: this machine's are not touched.
own=(
    -o "Dir::Etc::sourcelist=$apt/sources.list" -o Dir::Etc::sourceparts=/dev/null
    -o "Dir::State::lists=$apt/lists" -o "Dir::State::status=$apt/status"
    -o "Dir::Cache::archives=$apt/archives" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache=
    -o APT::Sandbox::User="$(id -un)" -o Acquire::Languages=none -o Acquire::Retries=3
)
if ! { timeout 120 apt-get "${own[@]}" update -q &&
    timeout 240 apt-get "${own[@]}" install -q -y --no-install-recommends --download-only "$@"; } \
    > "$apt/log" 2>&1; then
    tail -n 5 "$apt/log" >&2
    echo "could not get $* of Debian's $release" >&2
    exit 1
fi
# In all of them /bin is /usr/bin, and so on, but older packages do not know.
mkdir -p "$folder"/usr/{bin,sbin,lib,lib64}
for part in bin sbin lib lib64; do ln -sfn "usr/$part" "$folder/$part"; done
for package in "$apt"/archives/*.deb; do
    dpkg-deb --fsys-tarfile "$package" | tar -x -C "$folder" --keep-directory-symlink
done
rm -rf "$apt"
echo "$wanted" > "$folder/.unpacked"
