#!/bin/sh
# What is wrong with an article, in the form of compilers, as Kakoune's lint wants it:
#
#   lint.sh NEWSMARK PATH TEXT
#
# PATH is where the article stands, TEXT a file with what it holds now, written there or not.
"$1" check --format json --stdin-filename "$2" < "$3" |
    sed -n -E 's/^\{"path":"[^"]*","rule":"([^"]*)","level":"([^"]*)","message":"(([^"\\]|\\.)*)","range":\{"start":\{"line":([0-9]+),"column":([0-9]+).*$/article:\5:\6: \2: \3 [\1]/p' |
    sed 's/\\"/"/g; s/\\\\/\\/g'
