# newsmark in Kakoune. `newsmark-lint`, and each write, marks what is wrong with an article; with
# kak-lsp the language server does, and all the rest.

declare-option -docstring 'the program newsmark' str newsmark_command newsmark
# The folder of this file.
declare-option -hidden str newsmark_folder %sh{ dirname "$kak_source" }
# What a buffer is to a corpus: an article, another file of it, or nothing.
declare-option -hidden str newsmark_kind

hook -group newsmark global BufCreate .*\.newsmark %{
    set-option buffer filetype markdown
}

# In the files of a corpus, a folder with a newsmark.toml at its top, and nowhere else.
hook -group newsmark global BufSetOption filetype=(?:markdown|yaml|json|bibtex|toml) %{
    evaluate-commands %sh{
        root=$(dirname "$kak_buffile")
        while [ ! -f "$root/newsmark.toml" ]; do
            case $root in / | .) exit 0 ;; esac
            root=$(dirname "$root")
        done
        # A word for a shell, and then one for Kakoune.
        quoted() { printf "'%s'" "$(printf %s "$1" | sed "s/'/'\\\\''/g")"; }
        kakoune() { printf "'%s'" "$(printf %s "$1" | sed "s/'/''/g")"; }
        toml() { printf '"%s"' "$(printf %s "$1" | sed 's/[\\"]/\\&/g')"; }
        servers="[newsmark]
command = $(toml "$kak_opt_newsmark_command")
args = [\"lsp\"]
root = $(toml "$root")"
        echo 'set-option buffer newsmark_kind other'
        # Only where kak-lsp is there is there such an option.
        echo "try %{ set-option buffer lsp_servers $(kakoune "$servers") }"
        case $kak_buffile in
        *.md | *.markdown | *.newsmark)
            lint="$(quoted "$kak_opt_newsmark_folder/lint.sh") $(quoted "$kak_opt_newsmark_command") $(quoted "$kak_buffile")"
            echo "set-option buffer lintcmd $(kakoune "$lint")"
            echo 'set-option buffer newsmark_kind article'
            # Once, however often the type of the file is set.
            echo 'remove-hooks buffer newsmark-lint'
            echo 'hook -group newsmark-lint buffer BufWritePost .* newsmark-lint'
            ;;
        esac
    }
}

define-command newsmark-lint -docstring 'mark what is wrong with this article' %{
    evaluate-commands %sh{
        quoted() { printf "'%s'" "$(printf %s "$1" | sed "s/'/'\\\\''/g")"; }
        kakoune() { printf "'%s'" "$(printf %s "$1" | sed "s/'/''/g")"; }
        case $kak_opt_newsmark_kind in
        article)
            # `lint-buffer` hands the text to a shell in a variable, and a long article is too long for
            # that: it is handed over in a file, and the linter told of the first letter alone.
            text=$(mktemp "${TMPDIR:-/tmp}/newsmark-lint.XXXXXX")
            lint="$(quoted "$kak_opt_newsmark_folder/lint.sh") $(quoted "$kak_opt_newsmark_command")"
            lint="$lint $(quoted "$kak_buffile") $(quoted "$text")"
            echo "evaluate-commands -no-hooks %{ write -force $(kakoune "$text") }"
            echo "evaluate-commands -draft %{ execute-keys gg; lint-selections -command $(kakoune "$lint") }"
            ;;
        other) echo "fail 'newsmark: only articles are marked here; newsmark check, in a terminal, looks at the whole corpus'" ;;
        *) echo "fail 'newsmark: this is no article of a corpus, which has a newsmark.toml at its top'" ;;
        esac
    }
}
