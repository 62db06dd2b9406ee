# What the tests of an editor begin with. To be sourced; `here` is the editor's folder. Afterwards
# there are the program, $newsmark, a folder for what is taken from package registries,
# $downloads, and one for this run, $work, which goes at its end.
repository=$(realpath "$here/../..")
downloads=${EDITORS_DOWNLOADS:-$repository/target/editors}
newsmark=$(realpath "${NEWSMARK:-$repository/target/debug/newsmark}")
if [ ! -x "$newsmark" ]; then
    echo "there is no server at $newsmark: build it with \`cargo build\`, or say where it is in NEWSMARK" >&2
    exit 1
fi
mkdir -p "$downloads"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
