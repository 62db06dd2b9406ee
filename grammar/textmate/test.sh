#!/usr/bin/env bash
# Tests the TextMate grammars: against the examples of the specification, and against snapshots
# of a whole article and of one that is being typed. UPDATE_EXPECT=1 draws the snapshots anew.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$root/target/editors/textmate
command -v npm > /dev/null || { echo "npm is missing: install Node.js 20 or newer" >&2; exit 1; }

# What is installed stays out of the sources.
mkdir -p "$work/textmate"
cp "$root/grammar/SPEC.md" "$work"
cd "$work/textmate"
rm -rf test
cp -r "$here"/{package.json,package-lock.json,.npmrc,*.tmLanguage.json,test} .
if ! cmp -s package-lock.json node_modules/installed; then
    timeout 180 npm ci --ignore-scripts > npm.log 2>&1 || { cat npm.log >&2; exit 1; }
    cp package-lock.json node_modules/installed
fi

timeout 60 node test/spec.mjs
update=()
[ -z "${UPDATE_EXPECT:-}" ] || update=(--updateSnapshot)
for snapshot in article.md:text.html.markdown typing.newsmark:text.newsmark; do
    # It has been known to go on for ever on what it cannot read. Languages of code blocks
    # have no grammar here.
    timeout 60 node_modules/.bin/vscode-tmgrammar-snap --config test/grammars.json \
        --scope "${snapshot#*:}" ${update[@]+"${update[@]}"} "test/snapshots/${snapshot%:*}" \
        2> >(grep -v '^grammar not found' >&2)
done
[ -z "${UPDATE_EXPECT:-}" ] || cp test/snapshots/*.snap "$here/test/snapshots"
