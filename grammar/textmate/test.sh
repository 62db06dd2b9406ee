#!/usr/bin/env bash
# Tests the TextMate grammars: against the examples of the specification, and against snapshots
# of a whole article and of one that is being typed. UPDATE_EXPECT=1 draws the snapshots anew.
# What is installed lies in target/editors, or in EDITORS_DOWNLOADS.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
source "$here/../../editors/tools/prepare.sh"
modules=$downloads/textmate-modules
command -v npm > /dev/null || { echo "npm is missing: install Node.js 20 or newer" >&2; exit 1; }

# What is installed stays out of the sources.
mkdir -p "$work/textmate" "$modules"
cp "$repository/grammar/SPEC.md" "$work"
cp -r "$here"/{package.json,package-lock.json,.npmrc,*.tmLanguage.json,test} "$work/textmate"
if ! cmp -s "$here/package-lock.json" "$modules/node_modules/installed"; then
    cp "$here"/{package.json,package-lock.json,.npmrc} "$modules"
    (cd "$modules" && timeout 180 npm ci --ignore-scripts > "$work/npm.log" 2>&1) || { cat "$work/npm.log" >&2; exit 1; }
    cp "$here/package-lock.json" "$modules/node_modules/installed"
fi
cd "$work/textmate"
ln -s "$modules/node_modules" node_modules

timeout 60 node test/spec.mjs
update=()
[ -z "${UPDATE_EXPECT:-}" ] || update=(--updateSnapshot)
for snapshot in article.md:text.html.markdown typing.newsmark:text.newsmark; do
    if [ -z "${UPDATE_EXPECT:-}" ] && [ ! -f "test/snapshots/${snapshot%:*}.snap" ]; then
        # It would be drawn, and nothing compared.
        echo "the snapshot test/snapshots/${snapshot%:*}.snap is missing: draw it with UPDATE_EXPECT=1, and read it" >&2
        exit 1
    fi
    # It has been known to go on for ever on what it cannot read. Languages of code blocks
    # have no grammar here.
    timeout 60 node_modules/.bin/vscode-tmgrammar-snap --config test/grammars.json \
        --scope "${snapshot#*:}" ${update[@]+"${update[@]}"} "test/snapshots/${snapshot%:*}" \
        2> >(grep -v '^grammar not found' >&2)
done
[ -z "${UPDATE_EXPECT:-}" ] || cp test/snapshots/*.snap "$here/test/snapshots"
