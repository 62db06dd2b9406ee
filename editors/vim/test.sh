#!/usr/bin/env bash
# The linters for ALE in Vim, without a screen, on a copy of the example newsroom. NEWSMARK is the
# server, target/debug/newsmark unless it is said. Takes Vim and ALE from Debian's packages, into
# target/editors.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
source "$here/../tools/prepare.sh"
vim=$downloads/vim-trixie
"$here/../tools/unpack.sh" trixie "$vim" vim vim-ale
cp -r "$repository/examples/newsroom" "$work/desk"
"$here/../tools/run.sh" "$vim" vim.basic --version | head -n 1
status=0
HOME=$work PLUGIN=$here ALE=$vim/usr/share/vim-ale DESK=$(realpath "$work/desk") NEWSMARK=$newsmark \
    RESULT=$work/result timeout --kill-after=5 55 \
    "$here/../tools/run.sh" "$vim" vim.basic -N -u "$here/test/run.vim" -i NONE -es \
    < /dev/null > "$work/said" 2>&1 || status=$?
if [ ! -f "$work/result" ]; then
    echo "  Vim ended with status $status and tried nothing to its end; it said:"
    tail -n 15 "$work/said"
    exit 1
fi
sed '$d' "$work/result"
[ "$(tail -n 1 "$work/result")" = passed ]
