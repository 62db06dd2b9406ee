#!/usr/bin/env bash
# languages.toml in Helix, typed at in a terminal of tmux, on a copy of the example newsroom.
# NEWSMARK is the server, target/debug/newsmark unless it is said. Takes Helix from Debian's
# packages, into target/editors; tmux has to be installed.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
source "$here/../tools/prepare.sh"
editor=helix
source "$here/../tools/terminal.sh"
"$here/../tools/unpack.sh" sid "$downloads/helix-sid" hx
mkdir -p "$work/home/.config/helix"
cp "$here/languages.toml" "$work/home/.config/helix/"

helix="$here/../tools/run.sh $downloads/helix-sid hx"
$helix --version

start() {
    in_terminal "timeout --foreground 50 $helix -v --log $work/log $1; sleep 1" XDG_CACHE_HOME="$work/home/.cache"
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
