#!/usr/bin/env bash
# Runs a program that unpack.sh has unpacked, with the libraries that came with it.
#
#   run.sh FOLDER PROGRAM [ARGUMENT...]
set -euo pipefail
folder=$(realpath "$1") program=$2
shift 2
libraries=$folder/usr/lib/$(uname -m)-linux-gnu
name=$program
loader=$(echo "$folder"/lib*/ld-linux*.so.* | cut -d ' ' -f 1)
case $program in
nvim)
    export VIMRUNTIME=$folder/usr/share/nvim/runtime
    export LUA_PATH="$folder/usr/share/lua/5.1/?.lua;$folder/usr/share/lua/5.1/?/init.lua;;"
    export LUA_CPATH="$libraries/lua/5.1/?.so;;"
    set -- --cmd "set runtimepath^=$folder/usr/lib/nvim" "$@"
    ;;
hx) export HELIX_RUNTIME=$folder/usr/lib/hx/runtime ;;
emacs-nox)
    # It looks for its own parts beside where it is called.
    name=$folder/usr/bin/emacs-nox
    lisp=$(echo "$folder"/usr/share/emacs/[0-9]*/lisp)
    data=$(dirname "$lisp")/etc
    export EMACSDATA=$data EMACSDOC=$data TERMINFO=${TERMINFO:-/usr/share/terminfo}
    EMACSPATH=$(echo "$folder"/usr/libexec/emacs/*/*-linux-gnu)
    EMACSLOADPATH=$(find "$lisp" -type d -printf '%p:')
    export EMACSPATH EMACSLOADPATH
    set -- --dump-file="$(echo "$EMACSPATH"/*.pdmp)" "$@"
    ;;
vim.basic) export VIMRUNTIME; VIMRUNTIME=$(echo "$folder"/usr/share/vim/vim[0-9]*) ;;
kak) export KAKOUNE_RUNTIME=$folder/usr/share/kak ;;
esac
exec "$loader" --library-path "$libraries" --argv0 "$name" "$(readlink -f "$folder/usr/bin/$program")" "$@"
