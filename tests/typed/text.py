"""A document as a client sees it: its text, its lines, and positions in units of the encoding
that was agreed on."""

import bisect
import pathlib
import re

from lsprotocol import types

# What ends a line: nothing else does, whatever Python thinks.
LINE_END = re.compile(r"\r\n|\n|\r")


class Document:
    def __init__(self, path: pathlib.Path, encoding: str, text: str | None = None):
        self.path = path
        self.uri = path.as_uri()
        self.encoding = encoding
        if text is None:
            try:
                # Python's own way would turn all ends of lines into one.
                text = path.read_bytes().decode("utf-8")
            except UnicodeDecodeError:
                # A picture: it has a beginning, and that is all.
                text = ""
        self.text = text
        self.starts, self.ends = [0], []
        for end in LINE_END.finditer(self.text):
            self.ends.append(end.start())
            self.starts.append(end.end())
        self.ends.append(len(self.text))

    def units(self, text: str) -> int:
        if text.isascii() or self.encoding == "utf-32":
            return len(text)
        if self.encoding == "utf-8":
            return len(text.encode("utf-8"))
        return len(text.encode("utf-16-le")) // 2

    def position(self, offset: int) -> types.Position:
        """The position of an offset in characters; behind the end of a line is its end."""
        line = bisect.bisect_right(self.starts, offset) - 1
        start = self.starts[line]
        return types.Position(line, self.units(self.text[start : min(offset, self.ends[line])]))

    def offset(self, position: types.Position) -> int | None:
        """The offset in characters of a position; None if the document has no such position:
        no such line, behind the end of the line, or inside a character."""
        if position.line >= len(self.starts):
            return None
        start, end = self.starts[position.line], self.ends[position.line]
        line = self.text[start:end]
        if line.isascii() or self.encoding == "utf-32":
            return start + position.character if position.character <= len(line) else None
        units = 0
        for at, character in enumerate(line):
            if units >= position.character:
                return start + at if units == position.character else None
            units += self.units(character)
        return end if units == position.character else None

    def span(self, range_: types.Range) -> tuple[int, int] | None:
        """A range as offsets in characters; None if the document has no such range."""
        start, end = self.offset(range_.start), self.offset(range_.end)
        if start is None or end is None or start > end:
            return None
        return start, end

    def range(self, start: int, end: int) -> types.Range:
        return types.Range(self.position(start), self.position(end))

    def boundaries(self) -> list[int]:
        """Where words, spaces and signs begin and end."""
        found = {match.start() for match in re.finditer(r"\w+|\s+|[^\w\s]", self.text)}
        return sorted(found | {len(self.text)})

    def edited(self, edits: list) -> str | None:
        """The text after edits of it; None if they cannot be made at once."""
        spans = []
        for edit in edits:
            span = self.span(edit.range)
            if span is None:
                return None
            spans.append((*span, edit.new_text))
        # Stable: what is put in at one place stays in the order that it came in.
        spans.sort(key=lambda span: span[:2])
        for (_, end, _), (start, _, _) in zip(spans, spans[1:]):
            if start < end:
                return None
        text = self.text
        for start, end, new in reversed(spans):
            text = text[:start] + new + text[end:]
        return text
