#!/usr/bin/env bash
# newsmark.el in Emacs 30, in batch, on a copy of the example newsroom. NEWSMARK is the server,
# target/debug/newsmark unless it is said. Takes Emacs from Debian's packages, into target/editors.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
source "$here/../tools/prepare.sh"
emacs=$downloads/emacs-trixie
"$here/../tools/unpack.sh" trixie "$emacs" emacs-nox elpa-markdown-mode elpa-yaml-mode
cp -r "$repository/examples/newsroom" "$work/desk"
mkdir "$work/home"
modes=()
for folder in "$emacs"/usr/share/emacs/site-lisp/elpa-src/*/; do modes+=(-L "$folder"); done
"$here/../tools/run.sh" "$emacs" emacs-nox --version 2> /dev/null | head -n 1
status=0
HOME=$work/home DESK=$work/desk NEWSMARK=$newsmark timeout --kill-after=5 55 \
    "$here/../tools/run.sh" "$emacs" emacs-nox --batch -Q "${modes[@]}" -L "$here" -l "$here/test.el" \
    < /dev/null 2> "$work/errors" || status=$?
if [ $status -ne 0 ]; then
    echo "  (exit status of Emacs: $status; what it said besides:)"
    tail -n 15 "$work/errors"
fi
exit $status
