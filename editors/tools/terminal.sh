# An editor in a terminal of tmux, typed at, on a copy of the example newsroom in $work/desk. To be
# sourced after prepare.sh; `editor` is its name. What goes wrong is counted in $failed.
if ! command -v tmux >/dev/null; then
    echo "tmux is missing: install it (Debian: tmux)" >&2
    exit 1
fi
# A server of tmux for each start: one that ends takes no others with it.
started=0
tmux=(tmux -L "newsmark-$editor-$$-$started")
trap '"${tmux[@]}" kill-server 2>/dev/null || true; rm -rf "$work"' EXIT
cp -r "$repository/examples/newsroom" "$work/desk"
mkdir -p "$work/home/.config" "$work/bin"
cp "$newsmark" "$work/bin/newsmark"
article=$work/desk/2024/04/two-permits.md
failed=0

# in_terminal COMMAND [VARIABLE=VALUE...]: a line for the shell, in the place of what ran before.
in_terminal() {
    local command=$1
    shift
    "${tmux[@]}" kill-server 2>/dev/null || true
    started=$((started + 1))
    tmux=(tmux -L "newsmark-$editor-$$-$started")
    env -u XDG_CONFIG_HOME HOME="$work/home" PATH="$work/bin:$PATH" "$@" \
        "${tmux[@]}" -f /dev/null new-session -d -x 180 -y 45 "cd $work/desk; TERM=xterm-256color $command"
}
screen() { "${tmux[@]}" capture-pane -p 2>/dev/null || true; }
keys() { "${tmux[@]}" send-keys "$@"; }
# Types words as they are.
types() { keys -l "$1"; }
# A letter that follows at once would make it Alt and that letter.
escape() {
    keys Escape
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
