#!/usr/bin/env python3
"""Holds the tree-sitter grammar to the Rust parser.

    agree.py LIBRARY NEWSMARK [--mutations N] [--tolerate PART] [--seed S] [--articles DIRECTORY]

Every example of SPEC.md, every article of the newsroom and N mutations of them (or, with
--articles, every Markdown file there) are read by both. Claims, citations and mentions must
agree in their places and parts, and no tree may have an ERROR or MISSING node.
"""

import argparse
import collections
import concurrent.futures
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import examples
import reading

# Pieces that meet each other in mutations: each half of every form, and what may come between.
PIECES = [
    "[", "]", "[[", "]]", "{.claim}", "{.quote by=x}", "{.figure what='a b' #n1}", "[@a]", "[@b, p. 2; -@c]",
    "@key", "@{k e}", "@{key}", "-@key", "[[a|b]]", "[[a#b]]", "[[#c]]", "](", ")", "(u)", "](u \"t\")", "![", "`",
    "``", "```", "~~~", "\\", "|", "\n", "\n\n", "\r\n", "\r", "> ", "- ", "1. ", "2) ", "    ", "\t", "# ", "::: {.claim}", ":::",
    "::: quote", "- [ ] ", "\n- [x] ", "\n\n::: {.claim}\n", "\n:::\n", "<!--", "-->", "<!-- newsmark-ignore a: b -->", "<b>", "</b>", "<div>", "\n<div>\n", "<",
    "*", "**", "_", "$", "$$", "&amp;", ";", "; ", "{", "}", "{.claim", " .claim}", "\"", "'", "by=", "{#id .claim}",
    "[^1]", "\n\n[^1]: note\n\n", "[ref]", "\n\n[ref]: u\n\n", "https://x.example/@y", "a@b.example", "<https://x.example>",
    "\n---\n", "---\n", "\n===\n", "\n| a | b |\n| - | - |\n| c | d |\n", " {.claim}", "é", "ж", "\u0301", "\u00a0", "“", "»",
    "\n> - ", "\n  ", "\n\n    ", "\n- [ ] ", "\n***\n", "\n# h {.claim}\n", "!", "^[",
]


# Where the two disagree on purpose: why, what it comes from, and with what in its place they
# agree. SPEC.md has it as the tree has it.
KNOWN = [
    ("a carriage return alone ends no line of code or HTML for newsmark", rb"\r(?!\n)", b"\n"),
    ("a div in a list item with text at the margin: newsmark looks for fences before it has lists",
     rb"(?m)^((?:[-*+]|\d+[.)]| ) *:::[^\n]*\n)(?=[^\n])", rb"\1  "),
    ("whether a link is defined is not for a grammar to know: this one is a heading and no definition",
     rb"(?m)^(\[[^\]\n]*\]:)[ \t]*\n(?=(?:=+|-+)[ \t]*$)", rb"\1 x\n"),
    ("tree-sitter takes a NUL for the end of the text", rb"\0", b"0"),
    ("newsmark counts an escaped hyphen before a key as a part of it", rb"\\-@", b"-@"),
]


def mutate(random, pool, source):
    """A source with a few places changed: cut, doubled, swapped, pieces put in."""
    text = source.decode("utf-8", "replace")
    for _ in range(random.choice([1, 1, 2, 3, 5])):
        at = random.randrange(len(text) + 1)
        kind = random.random()
        if kind < 0.5:
            text = text[:at] + random.choice(PIECES) + text[at:]
        elif kind < 0.7:
            text = text[:at] + text[at + random.choice([1, 1, 1, 2, 5, 20]) :]
        elif kind < 0.8:
            to = min(len(text), at + random.randrange(1, 40))
            place = random.randrange(len(text) + 1)
            text = text[:place] + text[at:to] + text[place:]
        elif kind < 0.9:
            other = random.choice(pool).decode("utf-8", "replace")
            begin = random.randrange(len(other) + 1)
            text = text[:at] + other[begin : begin + random.randrange(1, 80)] + text[at:]
        else:
            # As while somebody types: the text ends here.
            text = text[:at]
    return text.encode("utf-8", "replace")


def cut(random, source):
    """Some lines of a long article, so that mutations meet."""
    lines = source.split(b"\n")
    if len(lines) <= 12:
        return source
    begin = random.randrange(len(lines) - 8)
    return b"\n".join(lines[begin : begin + random.randrange(2, 12)]) + b"\n"


class Comparison:
    """Reads texts by both parsers."""

    def __init__(self, library, newsmark, folder):
        self.library, self.newsmark, self.folder = library, newsmark, pathlib.Path(folder)

    def disagreements(self, name, source):
        """What is wrong with a text, a line each, and why, if that is known."""
        lines = self.differences(name, source)
        for reason, pattern, other in KNOWN if lines else []:
            if re.search(pattern, source) and not self.differences(name, re.sub(pattern, other, source)):
                return lines, reason
        return lines, None

    def differences(self, name, source):
        folder = self.folder / name
        folder.mkdir()
        (folder / "article.md").write_bytes(source)
        done = subprocess.run(
            [self.newsmark, "parse", "article.md"], cwd=folder, capture_output=True, timeout=60, check=False
        )
        (folder / "article.md").unlink()
        folder.rmdir()
        nothing = {"claims": [], "citations": [], "mentions": []}
        try:
            answer = nothing if b"this file is empty" in done.stderr else json.loads(done.stdout)
        except ValueError:
            return [f"newsmark says nothing: {done.stderr.decode()[:200]}"]
        tree = reading.parser(self.library).parse(source)
        lines = reading.differences(tree, answer, source)
        if tree.root_node.has_error:
            wrong = next(n for n in reading.nodes(tree.root_node) if n.is_error or n.is_missing)
            lines.append(f"the tree has {wrong.type} at byte {wrong.start_byte}")
        return lines


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    options.add_argument("library")
    options.add_argument("newsmark")
    options.add_argument("--mutations", type=int, default=3000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--articles")
    options.add_argument(
        "--tolerate", type=float, default=0, help="which part of the mutations may disagree for no known reason"
    )
    options.add_argument("--show", type=int, default=20, help="how many disagreeing texts are shown")
    options = options.parse_args()

    texts = []
    if options.articles:
        for path in sorted(pathlib.Path(options.articles).rglob("*")):
            if path.suffix in (".md", ".markdown", ".newsmark") and path.is_file():
                texts.append((str(path), path.read_bytes()))
        pool = [source for _, source in texts]
    else:
        texts += [(f"example {number}", source) for number, source in examples.spec()]
        pool = [source for _, source in texts]
        articles = list(examples.newsroom())
        texts += articles
        pool = pool * 2 + [source for _, source in articles]
    chance = random.Random(options.seed)
    for number in range(options.mutations):
        texts.append((f"mutation {number}", mutate(chance, pool, cut(chance, chance.choice(pool)))))

    counts = collections.Counter()
    shown = 0
    with tempfile.TemporaryDirectory() as folder:
        comparison = Comparison(options.library, str(pathlib.Path(options.newsmark).resolve()), folder)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            jobs = [
                (name, source, pool.submit(comparison.disagreements, str(number), source))
                for number, (name, source) in enumerate(texts)
            ]
            for name, source, job in jobs:
                kind = name.split()[0] if " " in name else "article"
                counts[kind] += 1
                lines, reason = job.result()
                if not lines:
                    continue
                if reason:
                    counts[f"({reason})"] += 1
                    continue
                counts[f"{kind} that disagrees"] += 1
                if shown < options.show:
                    shown += 1
                    print(f"{name}:", *lines, sep="\n  ")
                    if len(source) < 400:
                        print(f"  in {source!r}")
    print(", ".join(f"{kind}: {count}" for kind, count in sorted(counts.items())))
    disagreeing = sum(count for kind, count in counts.items() if "disagrees" in kind)
    sys.exit(disagreeing > options.mutations * options.tolerate)


if __name__ == "__main__":
    main()
