#!/usr/bin/env bash
# newsmark.kak in Kakoune, typed at in a terminal of tmux, on a copy of the example newsroom.
# NEWSMARK is the server, target/debug/newsmark unless it is said; KAK_LSP is kak-lsp, the one in
# PATH unless it is said. Takes Kakoune from Debian's packages, into target/editors; tmux has to be
# installed. Debian has no kak-lsp: without it its part is not tried, which is said.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
repository=$(realpath "$here/../..")
downloads=${EDITORS_DOWNLOADS:-$repository/target/editors}
newsmark=$(realpath "${NEWSMARK:-$repository/target/debug/newsmark}")
kak_lsp=${KAK_LSP:-$(command -v kak-lsp || true)}
if [ ! -x "$newsmark" ]; then
    echo "there is no server at $newsmark: build it with \`cargo build\`, or say where it is in NEWSMARK" >&2
    exit 1
fi
if ! command -v tmux >/dev/null; then
    echo "tmux is missing: install it (Debian: tmux)" >&2
    exit 1
fi
mkdir -p "$downloads"
"$here/../tools/unpack.sh" sid "$downloads/kakoune-sid" kakoune

work=$(mktemp -d)
started=0
tmux=(tmux -L "newsmark-kakoune-$$-$started")
trap '"${tmux[@]}" kill-server 2>/dev/null || true; rm -rf "$work"' EXIT
cp -r "$repository/examples/newsroom" "$work/desk"
mkdir -p "$work/home/.config/kak" "$work/bin" "$work/run"
chmod 700 "$work/run"
cp "$newsmark" "$work/bin/newsmark"
# Kakoune and its scripts call `kak` again.
printf '#!/bin/sh\nexec "%s" "%s" kak "$@"\n' "$here/../tools/run.sh" "$downloads/kakoune-sid" > "$work/bin/kak"
chmod +x "$work/bin/kak"
echo "Kakoune $(zcat "$downloads/kakoune-sid/usr/share/doc/kakoune/changelog.Debian.gz" | sed -n '1s/.*(\(.*\)).*/\1/p')"
article=$work/desk/2024/04/two-permits.md
failed=0

start() {
    "${tmux[@]}" kill-server 2>/dev/null || true
    started=$((started + 1))
    tmux=(tmux -L "newsmark-kakoune-$$-$started")
    env -u XDG_CONFIG_HOME HOME="$work/home" PATH="$work/bin:$PATH" XDG_RUNTIME_DIR="$work/run" \
        "${tmux[@]}" -f /dev/null new-session -d -x 180 -y 45 \
        "cd $work/desk; TERM=xterm-256color timeout --foreground 40 kak $1 2> $work/errors; cat $work/errors; sleep 5"
}
screen() { "${tmux[@]}" capture-pane -p 2>/dev/null || true; }
keys() { "${tmux[@]}" send-keys "$@"; }
# A letter that follows at once would make it Alt and that letter.
escape() {
    keys Escape
    sleep 0.3
}
# Types a command.
command_line() {
    escape
    keys :
    sleep 0.2
    "${tmux[@]}" send-keys -l "$1"
    sleep 0.2
    keys Enter
}
# Selects words of the text.
at() {
    command_line "execute-keys 'gg/$1<ret>'"
    sleep 0.3
}
# Waits until the screen shows words, for at most eight seconds.
sees() {
    local times
    for times in $(seq 80); do
        if screen | grep -qF -- "$2"; then
            echo "  ok      $1"
            return 0
        fi
        sleep 0.1
    done
    echo "  FAILED  $1: \`$2\` is not on the screen:"
    screen | sed 's/^/          /'
    failed=1
    return 1
}

echo "source $here/newsmark.kak" > "$work/home/.config/kak/kakrc"
start "$article"
sees "an article is opened" "A lorry with aid" || true
command_line newsmark-lint
sees "as many faults as were planted in the article" "1 error(s)  3 warning(s)" || true
command_line lint-next-message
sees "the first of them" "are one source" || true
command_line "edit $work/desk/2026/06/one-permit.md"
sees "another article" "a woman who can" || true
command_line newsmark-lint
sees "in which nothing is wrong" "0 error(s)  0 warning(s)" || true
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
