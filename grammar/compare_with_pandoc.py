#!/usr/bin/env python3
"""Compare the examples of the language specification with what Pandoc reads.

Every annotation of newsmark is existing Pandoc syntax, so Pandoc is the second
opinion on each example: this script runs it on the example's input, takes the
claims, citations and mentions out of its syntax tree, and compares them with the
lines `claim`, `cite`, `bare` and `mention` of the expected reading. What a citation
belongs to, and the problems, are newsmark's own and are not compared.

Examples that are meant to differ are listed, each with its reason, in the table of
pandoc-differences.md beside this file. The script ends with status 1 when an example
differs that is not listed there, or when a listed one agrees.

    python3 grammar/compare_with_pandoc.py --spec grammar/SPEC.md

Needs Python 3.9 and either the package pypandoc_binary or a `pandoc` on the PATH.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

# Smart punctuation is off, so that quotation marks stay as they were typed.
FORMAT = "markdown-smart+wikilinks_title_after_pipe"
# Seconds per example. Pandoc needs a fifth of a second for most, but its time is
# exponential in the depth of nested spans.
TIME_LIMIT = 10

CLAIM_CLASSES = {"claim", "quote", "accusation", "response", "figure"}
COMPARED = ("claim", "cite", "bare", "mention")

FENCE = "`" * 32
SIGNS = {"→": "\t", "␍": "\r", "⍽": "\u00a0", "␀": "\0", "⟦BOM⟧": "\ufeff"}


# ---------------------------------------------------------------- the specification


class Example:
    def __init__(self, number, line, source, expected):
        self.number = number
        self.line = line
        self.source = source
        self.expected = expected


def resolve_signs(text):
    """Replace the visible signs of the specification by what they stand for."""
    text = re.sub("␣+$", lambda m: " " * len(m[0]), text, flags=re.M)
    for sign, meaning in SIGNS.items():
        text = text.replace(sign, meaning)
    return re.sub(r"⟦U\+([0-9A-F]{4,6})⟧", lambda m: chr(int(m[1], 16)), text)


def read_examples(text):
    examples = []
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        match = re.fullmatch(FENCE + r" example (\d+)", lines[at])
        if not match:
            at += 1
            continue
        end = lines.index(FENCE, at)
        body = lines[at + 1 : end]
        if "." not in body:
            sys.exit(f"line {at + 1}: the example has no line with a full stop alone")
        middle = body.index(".")
        source = resolve_signs("".join(line + "\n" for line in body[:middle]))
        expected = [resolve_signs(line) for line in body[middle + 1 :]]
        number = int(match[1])
        if number != len(examples) + 1:
            sys.exit(f"line {at + 1}: example {number} where {len(examples) + 1} is due")
        examples.append(Example(number, at + 1, source, expected))
        at = end + 1
    return examples


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def collapse(text):
    return " ".join(text.split())


def comparable(line):
    """An expected line in the form in which Pandoc's reading is written."""
    kind = line.split(" ", 1)[0]
    if kind != "claim":
        return line
    # The keys at the end are newsmark's own; none of them holds a space or a quotation mark.
    return re.sub(r'( @[^\s"]+)*$', "", line)


# -------------------------------------------------------------------- Pandoc's reading


def find_pandoc():
    try:
        import pypandoc

        return pypandoc.get_pandoc_path()
    except (ImportError, OSError):
        return shutil.which("pandoc")


def text_of(node, out):
    """The shown text of a part of Pandoc's tree; a citation group leaves a NUL."""
    if isinstance(node, list):
        for part in node:
            text_of(part, out)
        return
    if not isinstance(node, dict) or "t" not in node:
        return
    kind, content = node["t"], node.get("c")
    if kind == "Str":
        out.append(content)
    elif kind in ("Space", "SoftBreak", "LineBreak"):
        out.append(" ")
    elif kind == "Cite":
        if is_group(content):
            out.append("\0")
        else:
            text_of(content[1], out)
    elif kind in ("Code", "Math"):
        out.append(content[1])
    elif kind in ("RawInline", "RawBlock", "CodeBlock", "Note"):
        pass
    elif kind in ("Para", "Plain", "Header"):
        text_of(content, out)
        out.append(" ")
    else:
        text_of(content, out)


def shown(node):
    out = []
    text_of(node, out)
    return collapse(re.sub(r"\s*\0", "", "".join(out)))


def is_group(cite):
    """Whether a citation stands in brackets of its own."""
    if cite[0][0]["citationMode"]["t"] == "AuthorInText":
        return False
    out = []
    text_of(cite[1], out)
    return "".join(out).startswith("[")


def claim_line(attributes, content):
    identifier, classes, pairs = attributes
    parts = ["claim " + quoted(shown(content))]
    parts += ["." + name for name in classes]
    if identifier:
        parts.append("#" + identifier)
    kept = {}
    for key, value in pairs:
        kept.pop(key, None)  # the last of repeated keys counts, at its own place
        kept[key] = re.sub("[ \\t\\n]+", " ", value)
    parts += [f"{key}={quoted(value)}" for key, value in kept.items()]
    return " ".join(parts)


def mention_line(link):
    target = link[2][0].strip()
    text = shown(link[1])
    if text == target:
        return "mention " + quoted(target)
    return f"mention {quoted(target)} | {quoted(text)}"


def read_tree(node, lines, notes):
    if isinstance(node, list):
        for part in node:
            read_tree(part, lines, notes)
        return
    if not isinstance(node, dict) or "t" not in node:
        return
    kind, content = node["t"], node.get("c")
    if kind == "Note":
        notes.append(content)  # its text stands further down in the source
        return
    if kind == "Figure":
        # A picture alone in its paragraph: the caption repeats the description, and
        # the identifier has moved to the figure.
        inner = []
        read_tree(content[2], inner, notes)
        if content[0][0]:
            inner = [re.sub(r'^(claim "(?:[^"\\]|\\.)*"(?: \.\S+)*)', rf"\1 #{content[0][0]}", line, count=1)
                     if at == 0 else line for at, line in enumerate(inner)]
        lines += inner
        return
    if kind == "Cite":
        keys = " ".join("@" + part["citationId"] for part in content[0])
        lines.append(("cite " if is_group(content) else "bare ") + keys)
        return
    if kind in ("Span", "Div", "Image", "Header"):
        attributes = content[1] if kind == "Header" else content[0]
        inside = content[2] if kind == "Header" else content[1]
        if CLAIM_CLASSES & set(attributes[1]):
            lines.append(claim_line(attributes, inside))
    elif kind == "Link" and "wikilink" in content[0][1]:
        lines.append(mention_line(content))
        return
    read_tree(content, lines, notes)


def pandoc_reading(pandoc, source):
    try:
        done = subprocess.run(
            [pandoc, "-f", FORMAT, "-t", "json"],
            input=source.encode(), capture_output=True, timeout=TIME_LIMIT,
        )
    except subprocess.TimeoutExpired:
        return [f"(no answer within {TIME_LIMIT} seconds)"]
    if done.returncode:
        return ["(error: " + collapse(done.stderr.decode()) + ")"]
    lines, notes = [], []
    read_tree(json.loads(done.stdout)["blocks"], lines, notes)
    seen = []
    while notes:
        note = []
        read_tree(notes.pop(0), note, notes)
        if note not in seen:  # a footnote that is referred to twice stands twice in the tree
            seen.append(note)
            lines += note
    return lines


# ------------------------------------------------------------------------- comparing


def same(expected, read):
    if len(expected) != len(read):
        return False
    for ours, theirs in zip(expected, read):
        # A pipe whose two sides are equal leaves no trace in Pandoc's tree.
        match = re.fullmatch(r'mention ("(?:[^"\\]|\\.)*") \| \1', ours)
        if (f"mention {match[1]}" if match else ours) != theirs:
            return False
    return True


def listed_differences(path):
    """The example numbers in the first column of the table of known differences."""
    if not path.exists():
        return set()
    rows = re.findall(r"^\| *(\d+) *\|", path.read_text(encoding="utf-8"), flags=re.M)
    return {int(number) for number in rows}


def main():
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--spec", type=Path, default=here / "SPEC.md")
    parser.add_argument("--known", type=Path, default=here / "pandoc-differences.md")
    parser.add_argument("--pandoc", help="the pandoc to run")
    options = parser.parse_args()

    pandoc = options.pandoc or find_pandoc()
    if not pandoc:
        sys.exit("no pandoc: install pypandoc_binary, or put pandoc on the PATH")
    version = subprocess.run([pandoc, "--version"], capture_output=True, text=True, check=True)
    version = version.stdout.split("\n", 1)[0]

    examples = read_examples(options.spec.read_text(encoding="utf-8"))
    known = listed_differences(options.known)
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        readings = list(pool.map(lambda e: pandoc_reading(pandoc, e.source), examples))

    agreeing = 0
    unlisted, gone = [], []
    compared = 0
    for example, read in zip(examples, readings):
        expected = [comparable(line) for line in example.expected if line.split(" ", 1)[0] in COMPARED]
        compared += len(expected)
        if same(expected, read):
            agreeing += 1
            if example.number in known:
                gone.append(example.number)
            continue
        if example.number not in known:
            unlisted.append(example.number)
        print(f"example {example.number} ({options.spec.name}:{example.line})"
              + ("" if example.number in known else ", not listed"))
        for line in expected:
            print(("    both     " if line in read else "    newsmark ") + line)
        for line in read:
            if line not in expected:
                print("    pandoc   " + line)

    counts = (f"{version}: {len(examples)} examples with {compared} readings; "
              f"{agreeing} agree, {len(examples) - agreeing} differ")
    print(counts + (f", not listed: {unlisted}" if unlisted else ""))
    if gone:
        print("listed in", options.known.name, "but now agreeing:", *gone)
    stray = sorted(number for number in known if number > len(examples))
    if stray:
        print("listed in", options.known.name, "but no such example:", *stray)
    # Another Pandoc may count otherwise; the one that the results are kept of may not.
    kept = options.known.read_text(encoding="utf-8") if options.known.exists() else ""
    outdated = f"\n{version}: " in kept and f"\n{counts}\n" not in kept
    if outdated:
        print("the counts in", options.known.name, "are outdated")
    return 1 if unlisted or gone or stray or outdated else 0


if __name__ == "__main__":
    sys.exit(main())
