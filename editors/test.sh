#!/usr/bin/env bash
# Tries newsmark in the editors that it is said to work in, as somebody at the keyboard would:
#
#   editors/test.sh               in all of them, two at a time
#   editors/test.sh neovim helix  in those
#
# What is needed for it is installed below target/editors, or EDITORS_DOWNLOADS, from the package registries of
# Debian, npm and PyPI; what cannot be installed fails, with a word on what is missing. The
# server is $NEWSMARK, or target/debug/newsmark.
set -uo pipefail
cd "$(dirname "$0")/.."

export NEWSMARK=${NEWSMARK:-$PWD/target/debug/newsmark}
if [ ! -x "$NEWSMARK" ]; then
    echo "there is no server at $NEWSMARK: build it, cargo build" >&2
    exit 1
fi

# No editor takes longer, whatever hangs.
LIMIT=300
logs=target/editors/logs
mkdir -p "$logs"

tests=()
for name in "${@:-}"; do
    case $name in
        "") tests+=(editors/*/test.sh grammar/*/test.sh) ;;
        *)
            test=$(ls -d "editors/$name/test.sh" "grammar/$name/test.sh" 2>/dev/null | head -1)
            if [ -z "$test" ]; then
                echo "there are no tests for $name; there are some for:" >&2
                for test in editors/*/test.sh grammar/*/test.sh; do basename "$(dirname "$test")" >&2; done
                exit 2
            fi
            tests+=("$test")
            ;;
    esac
done

try() {
    local name start status=0
    name=$(basename "$(dirname "$1")") start=$SECONDS
    timeout --kill-after=10 "$LIMIT" "$1" > "$2/$name.log" 2>&1 < /dev/null || status=$?
    case $status in
        0)
            echo "ok      $name, $((SECONDS - start)) s"
            # What a test could not try is said here, too.
            grep -i "^ *not \(tried\|compared\):" "$2/$name.log" || true
            ;;
        124 | 137) echo "FAILED  $name: it took longer than $LIMIT s"; sed "s/^/    /" "$2/$name.log" | tail -40; return 1 ;;
        *) echo "FAILED  $name, status $status"; sed "s/^/    /" "$2/$name.log" | tail -60; return 1 ;;
    esac
}
export -f try
export LIMIT
printf '%s\n' "${tests[@]}" | xargs -P 2 -I {} bash -c 'try {} '"$logs"
