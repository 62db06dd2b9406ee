#!/usr/bin/env bash
# The plugin in Neovim 0.10 and 0.12, without a screen, on a copy of the example newsroom.
# NEWSMARK is the server, target/debug/newsmark unless it is said. Takes Neovim from Debian's
# packages and stylua from npm, into target/editors.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
source "$here/../tools/prepare.sh"
status=0

echo "stylua"
stylua=$downloads/stylua/node_modules/@johnnymorganz/stylua
if [ ! -d "$stylua" ]; then
    if ! timeout 60 npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$downloads/stylua" \
        @johnnymorganz/stylua@2.5.2 > "$work/npm" 2>&1; then
        cat "$work/npm" >&2
        echo "could not get stylua from npm: are Node.js and npm installed?" >&2
        exit 1
    fi
fi
find "$here" -name '*.lua' -print0 | timeout 20 xargs -0 node "$here/test/stylua.cjs" "$stylua" || status=1

# The grammar's parser.
grammar=$repository/grammar/tree-sitter-newsmark
parser=$work/parser
mkdir -p "$parser/parser"
if ! timeout 60 cc -O1 -shared -fPIC -I "$grammar/src" "$grammar/src/parser.c" "$grammar/src/scanner.c" \
    -o "$parser/parser/newsmark.so"; then
    echo "the tree-sitter parser could not be built: is there a C compiler, and all of $grammar/src?" >&2
    exit 1
fi

# Neovim 0.10 counts positions in UTF-16, 0.12 in UTF-8.
for release in trixie sid; do
    "$here/../tools/unpack.sh" "$release" "$downloads/neovim-$release" neovim
    # The plugin as it is installed: a folder for itself, in which the help gets its tags.
    rm -rf "$work/plugin" "$work/desk"
    cp -r "$here" "$work/plugin"
    rm "$work/plugin/queries/newsmark"
    cp -r "$grammar/queries" "$work/plugin/queries/newsmark"
    cp -r "$repository/examples/newsroom" "$work/desk"
    mkdir -p "$work/home"
    echo "Neovim of Debian's $release"
    HOME=$work/home XDG_CONFIG_HOME=$work/home XDG_DATA_HOME=$work/home XDG_STATE_HOME=$work/home \
        XDG_CACHE_HOME=$work/home XDG_RUNTIME_DIR=$work/home \
        PLUGIN=$work/plugin DESK=$(realpath "$work/desk") NEWSMARK=$newsmark REPOSITORY=$repository \
        PARSER=$parser \
        timeout --kill-after=5 60 "$here/../tools/run.sh" "$downloads/neovim-$release" nvim \
        --headless --clean --cmd "autocmd VimEnter * ++nested luafile $here/test/run.lua" < /dev/null 2> "$work/errors" || {
        echo "  (exit status of Neovim: $?; what it said besides:)"
        status=1
        tail -n 20 "$work/errors"
    }
done
exit $status
