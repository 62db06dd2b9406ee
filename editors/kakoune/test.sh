#!/usr/bin/env bash
# newsmark.kak in Kakoune, typed at in a terminal of tmux, on a copy of the example newsroom.
# NEWSMARK is the server, target/debug/newsmark unless it is said; KAK_LSP is kak-lsp, the one in
# PATH unless it is said. Takes Kakoune from Debian's packages, into target/editors; tmux has to be
# installed. Debian has no kak-lsp: without it its part is not tried, which is said.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
source "$here/../tools/prepare.sh"
editor=kakoune
source "$here/../tools/terminal.sh"
kak_lsp=${KAK_LSP:-$(command -v kak-lsp || true)}
"$here/../tools/unpack.sh" sid "$downloads/kakoune-sid" kakoune
mkdir -p "$work/home/.config/kak" "$work/run"
chmod 700 "$work/run"
# Kakoune and its scripts call `kak` again.
printf '#!/bin/sh\nexec "%s" "%s" kak "$@"\n' "$here/../tools/run.sh" "$downloads/kakoune-sid" > "$work/bin/kak"
chmod +x "$work/bin/kak"
echo "Kakoune $(zcat "$downloads/kakoune-sid/usr/share/doc/kakoune/changelog.Debian.gz" | sed -n '1s/.*(\(.*\)).*/\1/p')"

start() {
    in_terminal "timeout --foreground 40 kak $1 2> $work/errors; cat $work/errors; sleep 5" XDG_RUNTIME_DIR="$work/run"
}
# Types a command.
command_line() {
    escape
    keys :
    sleep 0.2
    types "$1"
    sleep 0.2
    keys Enter
}
# Selects words of the text.
at() {
    command_line "execute-keys 'gg/$1<ret>'"
    sleep 0.3
}

echo "source $here/newsmark.kak" > "$work/home/.config/kak/kakrc"
start "$article"
sees "an article is opened" "A lorry with aid" || true
command_line newsmark-lint
sees "as many faults as were planted in the article" "1 error(s)  3 warning(s)" || true
command_line lint-next-message
sees "the first of them" "are one source" || true
# The type of a file is set more than once in its life.
command_line "set-option buffer filetype ''"
command_line 'set-option buffer filetype markdown'
printf '#!/bin/sh\nprintf x >> "%s"\n' "$work/linted" > "$work/bin/counts"
chmod +x "$work/bin/counts"
command_line "set-option buffer newsmark_command $work/bin/counts"
command_line write
sleep 1
if [ "$(cat "$work/linted" 2>/dev/null)" = x ]; then
    echo "  ok      what is written is looked at once"
else
    echo "  FAILED  what is written is looked at: \`$(cat "$work/linted" 2>/dev/null)\`"
    failed=1
fi
command_line "edit $work/desk/2026/06/one-permit.md"
sees "another article" "a woman who can" || true
command_line newsmark-lint
sees "in which nothing is wrong" "0 error(s)  0 warning(s)" || true
command_line "edit $work/desk/registry/entities/places.yaml"
sees "a registry" "kasra-camp" || true
command_line newsmark-lint
sees "which is no article" "only articles are marked here" || true
echo '[The road is closed]{.claim}.' > "$work/outside.md"
command_line "edit $work/outside.md"
sees "a page of no corpus" "The road is closed" || true
command_line newsmark-lint
sees "is not looked at" "this is no article of a corpus" || true
# More than a shell takes at once.
{
    cat "$work/desk/2026/06/one-permit.md"
    printf '\n[The road number %d is closed]{.claim}.\n' $(seq 900)
    printf '\nThis is said of road %d, and of no other, by nobody at all who has ever been on it.\n' $(seq 2000)
} \
    > "$work/desk/2026/06/nine-hundred.md"
command_line "edit $work/desk/2026/06/nine-hundred.md"
sees "a long article" "nine-hundred.md" || true
command_line newsmark-lint
sees "not all of its faults" "300 error(s)  1 warning(s)" || true
command_line lint-next-message
sees "and the first says so" "only 300 of 1800 findings are marked here" || true
command_line 'quit!'
sleep 0.5

if [ -z "$kak_lsp" ]; then
    echo "  NOT TRIED: the language server in Kakoune, for kak-lsp is not installed (\`cargo install kak-lsp\`, or say where it is in KAK_LSP)"
    exit $failed
fi
cp "$kak_lsp" "$work/bin/kak-lsp"
echo "  with kak-lsp $("$kak_lsp" --version)"
printf 'source %s\neval %%sh{kak-lsp}\nlsp-enable\nset-option global lsp_diagnostic_line_error_sign E\n' "$here/newsmark.kak" \
    > "$work/home/.config/kak/kakrc"
start "$article"
sees "with the server: a mark where words are not in the source" 'E["No soldier' || true
sees "and where a number is wrong" '!The barrier stands' || true
at 'Hanne Brill'
command_line lsp-hover
sees "hover over a mention" "person" || true
at '@lpa-0312'
command_line lsp-hover
sees "hover over a citation" "Littoral Press" || true
at '@nwire-0311'
command_line lsp-definition
sees "to the definition in another file" "statements.json" || true
command_line "edit $article"
at 'kasra-camp'
command_line 'lsp-rename kasra-tents'
sees "an entity gets another name" "[[kasra-tents|desert camp]]" || true
command_line 'quit!'
exit $failed
