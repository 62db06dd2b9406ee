# newsmark in Kakoune. `newsmark-lint` (and each write) marks what is wrong with an article; with
# kak-lsp the language server does, and all the rest.

hook global BufCreate .*\.newsmark %{
    set-option buffer filetype markdown
}

declare-option -docstring 'the program newsmark' str newsmark_command newsmark
# The top of the corpus that the file belongs to, or nothing.
declare-option -hidden str newsmark_root

hook -group newsmark global BufSetOption filetype=(?:markdown|yaml|json|bibtex|toml) %{
    set-option buffer newsmark_root %sh{
        folder=$(dirname "$kak_buffile")
        while [ "$folder" != / ] && [ "$folder" != . ]; do
            [ -f "$folder/newsmark.toml" ] && printf %s "$folder" && break
            folder=$(dirname "$folder")
        done
    }
    evaluate-commands %sh{
        [ -n "$kak_opt_newsmark_root" ] || exit 0
        # kak-lsp, if it is there: with this file newsmark is the server of a corpus.
        echo 'try %{ set-option buffer lsp_servers %{
            [newsmark]
            command = "'"$kak_opt_newsmark_command"'"
            args = ["lsp"]
            root = "'"$kak_opt_newsmark_root"'"
        } }'
        # Articles alone are checked as they are typed; the rest is checked with them.
        case $kak_buffile in
        *.md | *.markdown | *.newsmark) echo newsmark-lint-here ;;
        esac
    }
}

define-command -hidden newsmark-lint-here %{
    # What is found, in the form of compilers. The text is the buffer's, written or not.
    set-option buffer lintcmd %{ newsmark_lint() {
        "${kak_opt_newsmark_command:-newsmark}" check --format json --stdin-filename "$kak_buffile" < "$1" |
            sed -n -E 's/^\{"path":"[^"]*","rule":"([^"]*)","level":"([^"]*)","message":"(([^"\\]|\\.)*)","range":\{"start":\{"line":([0-9]+),"column":([0-9]+).*$/article:\5:\6: \2: \3 [\1]/p' |
            sed 's/\\"/"/g; s/\\\\/\\/g'
        : "$kak_opt_newsmark_command"
    }; newsmark_lint }
    hook -group newsmark-lint buffer BufWritePost .* lint-buffer
}

define-command newsmark-lint -docstring 'mark what is wrong with this article' %{
    lint-buffer
}
