#!/usr/bin/env python3
"""Whether `newsmark check --format json` found the broken references of a generated corpus.

  compare_with_truth.py DIR FINDINGS.jsonl

DIR is what gen.py wrote; its truth.json lists every broken reference with its place. Says
what is missing and what is too much; exits 1 where there is either."""
import json
import sys

RULES = {"source": "undefined-source", "entity": "undefined-entity"}


def main():
    truth = json.load(open(f"{sys.argv[1]}/truth.json", encoding="utf-8"))
    expected = {(t["file"], RULES[t["kind"]], t["line0"] + 1, t["key"]) for t in truth}
    found = set()
    for line in open(sys.argv[2], encoding="utf-8"):
        finding = json.loads(line)
        if finding["rule"] in RULES.values():
            key = finding["message"].split("`")[1]
            found.add((finding["path"], finding["rule"], finding["range"]["start"]["line"], key))
    for one in sorted(expected - found):
        print("not found:", *one)
    for one in sorted(found - expected):
        print("too much: ", *one)
    print(f"{len(expected & found)} of {len(expected)} broken references found, {len(found - expected)} too many")
    sys.exit(found != expected)


main()
