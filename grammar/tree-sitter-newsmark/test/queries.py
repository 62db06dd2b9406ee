#!/usr/bin/env python3
"""Runs every query over the newsroom: queries.py LIBRARY. Each has to compile, and each of
its captures to find something there or in the examples."""

import pathlib
import sys
import warnings

import examples
import reading
from tree_sitter import Query, QueryCursor


def main():
    warnings.simplefilter("ignore", DeprecationWarning)
    parser = reading.parser(sys.argv[1])
    texts = [source for _, source in examples.newsroom()] + [source for _, source in examples.spec()]
    texts.append(b"###### six\n\n##### five\n\n#### four\n\n- [x] done\n\n![](a.png){- .claim}\n\n![a](b){.claim #c}\n")
    trees = [parser.parse(source) for source in texts]
    failed = False
    for path in sorted((pathlib.Path(__file__).parent.parent / "queries").glob("*.scm")):
        query = Query(parser.language, path.read_text())
        found = set()
        for tree in trees:
            found |= QueryCursor(query).captures(tree.root_node).keys()
        missing = {query.capture_name(i) for i in range(query.capture_count)} - found
        print(f"{path.name}: {len(found)} captures" + (f", never: {', '.join(sorted(missing))}" if missing else ""))
        failed |= bool(missing)
    sys.exit(failed)


main()
