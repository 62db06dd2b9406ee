#!/usr/bin/env python3
"""Writes src/letters.h: what counts as a letter or digit in names and keys.

Needs the package `regex` for Unicode's derived property Alphabetic, which is what
Rust's `char::is_alphanumeric` asks for, with the numbers added.
"""

import pathlib

import regex

WORD = regex.compile(r"[\p{Alphabetic}\p{N}]")
LETTER = regex.compile(r"\p{Alphabetic}")


def ranges(pattern):
    found, start = [], None
    for code in range(0x80, 0x32000):
        is_in = not 0xD800 <= code < 0xE000 and pattern.match(chr(code)) is not None
        if is_in and start is None:
            start = code
        elif not is_in and start is not None:
            found.append((start, code - 1))
            start = None
    return found


def table(name, pattern):
    pairs = [f"{{0x{first:X}, 0x{last:X}}}" for first, last in ranges(pattern)]
    lines, line = [], "  "
    for pair in pairs:
        if len(line) + len(pair) > 96:
            lines.append(line.rstrip())
            line = "  "
        line += pair + ", "
    lines.append(line.rstrip())
    body = "\n".join(lines)
    return f"static const int32_t {name}[][2] = {{\n{body}\n}};\n"


text = "/* Written by scripts/letters.py: do not edit. */\n\n#include <stdint.h>\n\n"
text += table("WORD_RANGES", WORD) + "\n"
text += "/* Of these, the numbers: they begin no class and no key. */\n"
text += table("NUMBER_RANGES", regex.compile(r"[\p{N}--\p{Alphabetic}]", regex.V1))
pathlib.Path(__file__).parent.parent.joinpath("src/letters.h").write_text(text)
