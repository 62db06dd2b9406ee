"""The examples of grammar/SPEC.md and the articles of the example newsroom."""

import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[3]
FENCE = "`" * 32
SIGNS = {"␍": "\r", "→": "\t", "␣": " ", "⍽": "\u00a0", "␀": "\0", "⟦BOM⟧": "\ufeff"}


def real(text):
    """A source with the signs of the specification turned into what they stand for."""
    for sign, character in SIGNS.items():
        text = text.replace(sign, character)
    return re.sub("⟦U\\+([0-9A-F]+)⟧", lambda match: chr(int(match[1], 16)), text)


def spec():
    """Number and source of each example."""
    lines = (ROOT / "grammar/SPEC.md").read_text(encoding="utf-8").split("\n")
    number, source = None, []
    for line in lines:
        if number is None:
            match = re.fullmatch(FENCE + " example (\\d+)", line)
            if match:
                number, source, reading = int(match[1]), [], False
        elif line == FENCE:
            yield number, real("".join(line + "\n" for line in source)).encode()
            number = None
        elif line == ".":
            reading = True
        elif not reading:
            source.append(line)


def newsroom():
    """Path and source of each article and page of the example newsroom."""
    for path in sorted((ROOT / "examples/newsroom").rglob("*.md")):
        yield str(path.relative_to(ROOT)), path.read_bytes()
