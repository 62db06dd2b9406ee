#!/usr/bin/env bash
# Starts Visual Studio Code for browsers, with the extension, and with the settings of tests.
#
#   serve.sh INSTALLED PORT FOLDER VSIX NEWSMARK [MORE-SETTINGS]
#
# INSTALLED is where the tests have put Visual Studio Code; FOLDER is emptied first and takes all
# that it writes; its process is in FOLDER/pid. MORE-SETTINGS are lines of JSON, each with a comma.
set -euo pipefail
installed=$1 port=$2 folder=$3 vsix=$4 newsmark=$5 more=${6:-}
node=$installed/bin/node
main=$installed/package/lib/vscode/out/server-main.js
rm -rf "$folder"
mkdir -p "$folder/data/User" "$folder/data/Machine" "$folder/extensions"
# A browser saves by itself, asks whether the folder is to be trusted, and greets.
cat > "$folder/data/Machine/settings.json" <<END
{
  $more
  "newsmark.server.path": "$newsmark",
  "files.autoSave": "off",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.reduceMotion": "on",
  "chat.disableAIFeatures": true,
  "editor.cursorBlinking": "solid",
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "git.enabled": false,
  "security.workspace.trust.enabled": ${TRUST:-false},
  "window.autoDetectColorScheme": true,
  "telemetry.telemetryLevel": "off"
}
END
cp "$folder/data/Machine/settings.json" "$folder/data/User/settings.json"
options=(--server-data-dir "$folder" --user-data-dir "$folder/data" --extensions-dir "$folder/extensions"
    --accept-server-license-terms --telemetry-level off)
timeout 60 "$node" "$main" "${options[@]}" --install-extension "$vsix" > "$folder/install.log" 2>&1 \
    || { cat "$folder/install.log" >&2; exit 1; }
# Without its driver for tests it does not take tests.
nohup "$node" "$main" "${options[@]}" --host 127.0.0.1 --port "$port" --without-connection-token \
    --enable-smoke-test-driver > "$folder/log" 2>&1 &
echo $! > "$folder/pid"
for _ in $(seq 80); do
    curl -fs -o /dev/null "http://127.0.0.1:$port/version" && exit 0
    sleep 0.25
done
echo "Visual Studio Code did not start:" >&2
cat "$folder/log" >&2
kill "$(cat "$folder/pid")" 2>/dev/null || true
exit 1
