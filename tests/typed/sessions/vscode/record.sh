#!/bin/sh
# Records a session of Visual Studio Code:
#
#   sh tests/typed/sessions/vscode/record.sh SERVER-MAIN.JS NEWSMARK SESSION.jsonl
#
# SERVER-MAIN.JS is a Visual Studio Code that serves browsers: `lib/vscode/out/server-main.js` in
# the npm package `code-server`, after `npm install --omit=dev --ignore-scripts` in `lib/vscode`;
# run it with the Node that it asks for. Chromium is the one of CHROMIUM, or /usr/bin/chromium.
set -eu
code=$(realpath "$1") newsmark=$(realpath "$2") out=$(realpath "$3")
here=$(realpath "$(dirname "$0")")
port=${PORT:-8411}
[ -d "$here/node_modules" ] || npm install --prefix "$here" --no-package-lock --ignore-scripts

folder=$(mktemp -d)
desk=$folder/desk
cp -r "$here/../../../../examples/newsroom" "$desk"
# A browser saves by itself, and asks whether the folder is to be trusted.
mkdir -p "$folder/data/User" "$folder/data/Machine"
cat > "$folder/data/User/settings.json" <<'END'
{
  "files.autoSave": "off",
  "security.workspace.trust.enabled": false,
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "telemetry.telemetryLevel": "off"
}
END
cp "$folder/data/User/settings.json" "$folder/data/Machine"

rm -f "$out"
export NEWSMARK_SESSION="[\"python3\", \"$here/../../record.py\", \"$out\", \"$desk\", \"--\", \"$newsmark\", \"lsp\"]"
# Without its driver for tests it does not take the extension from this folder.
node "$code" --server-data-dir "$folder" --user-data-dir "$folder/data" --extensions-dir "$folder/extensions" \
  --accept-server-license-terms --telemetry-level off --enable-smoke-test-driver \
  --host 127.0.0.1 --port "$port" --without-connection-token > "$folder/log" 2>&1 &
server=$!
trap 'kill $server; rm -rf "$folder"' EXIT
until curl -fso /dev/null "http://127.0.0.1:$port/version"; do sleep 0.5; done
node "$here/steps.mjs" "$port" "$desk" "$out"
