#!/bin/sh
# What is wrong with an article, in the form of compilers, as Kakoune's lint wants it:
#
#   lint.sh NEWSMARK PATH TEXT [LETTER]
#
# PATH is where the article stands, TEXT a file with what it holds now, written there or not. Where
# there is a LETTER, TEXT is a copy that nobody needs any longer.
"$1" check --format json --stdin-filename "$2" < "$3" |
    sed -n -E 's/^\{"path":"[^"]*","rule":"([^"]*)","level":"([^"]*)","message":"(([^"\\]|\\.)*)","range":\{"start":\{"line":([0-9]+),"column":([0-9]+).*$/article:\5:\6: \2: \3 [\1]/p' |
    sed 's/\\"/"/g; s/\\\\/\\/g' |
    # Kakoune hands all of them to a shell at once, which takes no more than so many bytes of them:
    # errors go first.
    LC_ALL=C awk '
        { lines[NR] = $0; is_error[NR] = /^article:[0-9]+:[0-9]+: error: / }
        END {
            for (errors = 1; errors >= 0; errors--)
                for (i = 1; i <= NR; i++)
                    if (is_error[i] == errors && shown < 300 && (bytes += length(lines[i])) < 60000) {
                        print lines[i]
                        shown++
                        split(lines[i], part, ":")
                        if (first == 0 || part[2] < first) first = part[2] + 0
                    }
            # Where the first of them is, for that is where one goes.
            if (shown < NR)
                print "article:" first ":1: warning: only " shown " of " NR " findings are marked here, errors first; " \
                    "`newsmark check` in a terminal says all of them"
        }'
if [ $# -gt 3 ]; then rm -f "$3"; fi
