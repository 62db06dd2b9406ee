#!/usr/bin/env bash
# languages.toml in Helix, typed at in a terminal of tmux, on a copy of the example newsroom.
# NEWSMARK is the server, target/debug/newsmark unless it is said. Takes Helix from Debian's
# packages, into target/editors; tmux has to be installed.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
repository=$(realpath "$here/../..")
downloads=${EDITORS_DOWNLOADS:-$repository/target/editors}
newsmark=$(realpath "${NEWSMARK:-$repository/target/debug/newsmark}")
if [ ! -x "$newsmark" ]; then
    echo "there is no server at $newsmark: build it with \`cargo build\`, or say where it is in NEWSMARK" >&2
    exit 1
fi
if ! command -v tmux >/dev/null; then
    echo "tmux is missing: install it (Debian: tmux)" >&2
    exit 1
fi
mkdir -p "$downloads"
"$here/../tools/unpack.sh" sid "$downloads/helix-sid" hx

work=$(mktemp -d)
# A server of tmux for each start: one that ends takes no others with it.
started=0
tmux=(tmux -L "newsmark-helix-$$-$started")
trap '"${tmux[@]}" kill-server 2>/dev/null || true; rm -rf "$work"' EXIT
cp -r "$repository/examples/newsroom" "$work/desk"
mkdir -p "$work/home/.config/helix" "$work/bin"
cp "$here/languages.toml" "$work/home/.config/helix/"
cp "$newsmark" "$work/bin/newsmark"

helix="$here/../tools/run.sh $downloads/helix-sid hx"
echo "$($helix --version)"
article=$work/desk/2024/04/two-permits.md
failed=0

start() {
    "${tmux[@]}" kill-server 2>/dev/null || true
    started=$((started + 1))
    tmux=(tmux -L "newsmark-helix-$$-$started")
    env -u XDG_CONFIG_HOME HOME="$work/home" PATH="$work/bin:$PATH" XDG_CACHE_HOME="$work/home/.cache" \
        "${tmux[@]}" -f /dev/null new-session -d -x 180 -y 45 \
        "cd $work/desk; TERM=xterm-256color timeout --foreground 50 $helix -v --log $work/log $1; sleep 1"
}
screen() { "${tmux[@]}" capture-pane -p 2>/dev/null || true; }
# A letter that follows at once would make it Alt and that letter.
escape() {
    "${tmux[@]}" send-keys Escape
    sleep 0.3
}
keys() { "${tmux[@]}" send-keys "$@"; }
# Types words as they are.
types() { "${tmux[@]}" send-keys -l "$1"; }
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
# Goes to words in the text.
at() {
    escape
    escape
    keys g g /
    sleep 0.2
    types "$1"
    keys Enter
    sleep 0.3
}

start "$article:11"
sees "as many faults as were planted in the article" "● 3 ● 1" || true
keys Space d
sees "the list of them, and no more" "4/4" || true
sees "with what is wrong" "55 kilometres is 34 miles, not 43 miles" || true
escape

at 'Hanne Brill'
keys Space k
sees "hover over a mention" "person" || true
at '@lpa-0312'
keys Space k
sees "hover over a citation" "Littoral Press" || true
at 'The convoy was held'
keys Space k
sees "hover over a claim" "accus" || true

at '@nwire-0311'
keys g d
sees "to the definition in another file" "Ministry: lorries held at gunpoint" || true
keys C-o
sleep 0.3

keys g e o
types '[@brill-'
sees "completion after \`[@\`" "brill-0402" || true
escape
escape
keys u

at 'kasra-camp'
keys Space r
sleep 0.5
keys C-u
types 'kasra-tents'
keys Enter
sees "an entity gets another name" "[[kasra-tents|desert camp]]" || true
escape
types ':wa'
keys Enter
for _ in $(seq 50); do
    grep -qF 'id: kasra-tents' "$work/desk/registry/entities/places.yaml" && break
    sleep 0.1
done
if grep -qF 'id: kasra-tents' "$work/desk/registry/entities/places.yaml"; then
    echo "  ok      in several files"
else
    echo "  FAILED  the registry has the old name"
    failed=1
fi
escape
types ':qa!'
keys Enter
sleep 0.5

start "$work/desk/2023/02/harbour-raid-morning-after.md"
sees "what is wrong in another article" "● 1 ● 1" || true
at 'Harbor Monitor'
keys Space a
sees "a quick fix is offered" 'Change to `Harbour Monitor`' || true
keys Enter
sees "and made" "[[Harbour Monitor]], a group" || true
sees "and the squiggle goes" "● 1  1 sel" || true
escape
types ":open $work/desk/2026/06/one-permit.md"
keys Enter
sees "an article without faults" "One permit, and a queue" || true
sleep 1
if screen | grep -qF '●'; then
    echo "  FAILED  there are squiggles in it"
    screen | sed 's/^/          /'
    failed=1
else
    echo "  ok      has no squiggle"
fi
types ':qa!'
keys Enter
exit $failed
