#!/usr/bin/env python3
"""Parses anything, and after an edit the same as anew.

    edits.py LIBRARY [--edits N] [--seed S]

Random bytes and random edits of the examples and the newsroom, typed, cut and pasted: no
tree may have an ERROR node, end before the text does, or differ from the tree of a fresh
parse. Texts made to be slow have to be read in seconds.
"""

import argparse
import random
import sys
import time

import examples
import reading
from agree import PIECES

# Each is repeated, alone and between words.
HOSTILE = [
    b"[", b"]", b"[[", b"]]", b"![", b"[a](", b"[a](b \"", b"]{", b"]{a=\"", b"]{.a ", b"{", b"[@a", b"[@a][", b"[@a;", b"@{",
    b"@", b"`", b"``` ", b"*", b"_a ", b"**a ", b"$", b"$a", b"<", b"<!--", b"<a ", b"&", b"\\", b"> ", b"- ", b"1. ", b"\t",
    b"::: a\n", b"::: a\n\n", b":::\n", b"|", b"|a|b\n", b"[^a]: ", b"[a]: b\n", b"\n", b"\r", b"---\n", b"#", b"# a\n", b"{.claim} ",
    b"[a]{.claim} ", b"[[a]] ", b"\0", b"\xff", b"\xe2\x82", b"(", b"[a](<", b"<a b='", b"a@b", b"https://", b"``` \n", b"    a\n",
]

# Of these a hundred kilobytes are read at once: nothing is looked for again that was not there before.
LINEAR = [b"<?", b"<!a", b"<![CDATA[", b"<!--", b"{a=", b"]{a=", b"{class="]


def point(source, at):
    line = source.rfind(b"\n", 0, at) + 1
    return source.count(b"\n", 0, at), at - line


def faults(tree, source):
    """What is wrong with a tree by itself."""
    if tree.root_node.has_error:
        return "an ERROR node"
    if tree.root_node.end_byte < len(source.rstrip(b"\0")) - 4:
        return f"the tree ends at byte {tree.root_node.end_byte}"
    return None


def edited(chance, source):
    """A random edit: where, how much goes, what comes."""
    at = chance.randrange(len(source) + 1)
    gone = chance.choice([0, 0, 0, 1, 1, 4, 30])
    new = chance.choice([b"", b"a", b" ", b"\n", chance.choice(PIECES).encode(), chance.choice(PIECES).encode()])
    return at, min(len(source), at + gone), new


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    options.add_argument("library")
    options.add_argument("--edits", type=int, default=4000)
    options.add_argument("--seed", type=int, default=1)
    options = options.parse_args()
    chance = random.Random(options.seed)
    parser = reading.parser(options.library)
    wrong = 0

    def check(what, fault, source):
        nonlocal wrong
        if fault:
            wrong += 1
            if wrong < 12:
                print(f"{what}: {fault} in {source[:300]!r}")

    alphabet = [piece.encode() for piece in PIECES]
    for number in range(options.edits // 2):
        if number % 2:
            source = bytes(chance.randrange(256) for _ in range(chance.randrange(200)))
        else:
            source = b"".join(chance.choice(alphabet) for _ in range(chance.randrange(30)))
        check("random bytes", faults(parser.parse(source), source), source)

    texts = [source for _, source in examples.spec()] + [source for _, source in examples.newsroom()] * 2
    done = 0
    while done < options.edits:
        source = chance.choice(texts)
        tree = parser.parse(source)
        for _ in range(8):
            at, to, new = edited(chance, source)
            before = source
            source = source[:at] + new + source[to:]
            tree.edit(at, to, at + len(new), point(before, at), point(before, to), point(source, at + len(new)))
            tree = parser.parse(source, tree)
            done += 1
            fault = faults(tree, source)
            if not fault and str(tree.root_node) != str(parser.parse(source).root_node):
                fault = f"not the tree of a fresh parse after an edit at byte {at}"
            check("edit", fault, source)

    for piece in HOSTILE:
        for between in (b"", b"word "):
            times = []
            for count in (2000, 8000):
                source = (piece + between) * count
                start = time.perf_counter()
                tree = parser.parse(source)
                times.append(time.perf_counter() - start)
                check("hostile", faults(tree, source), source)
            # A machine that does other things besides is slow, but not that slow.
            if times[1] > 5:
                check("hostile", f"{times[0]:.2f} s for 2000 times, {times[1]:.2f} s for 8000", piece + between)
    for piece in LINEAR:
        source = b"a " + piece * 60000
        start = time.perf_counter()
        tree = parser.parse(source)
        spent = time.perf_counter() - start
        check("hostile", faults(tree, source), source)
        if spent > 5:
            check("hostile", f"{spent:.2f} s for 60000 times", piece)
    print(f"{done} edits, {options.edits // 2} random texts, {2 * len(HOSTILE) + len(LINEAR)} hostile ones: {wrong} faults")
    sys.exit(wrong > 0)


main()
