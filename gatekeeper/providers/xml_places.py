"""Where in an XML document does each character of its texts stand?

For documents that defusedxml has read before: expat, which reads them again, tells the byte at
which each piece of text begins.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from xml.parsers import expat

from gatekeeper.providers.places import Placed

_REFERENCE, _RETURN = b"&", b"\r"


@dataclass(slots=True)
class _Element:
    """An element that is open, and what it has said so far."""

    path: str
    characters: list[str] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    children: Counter[str] = field(default_factory=Counter)

    def add(self, text: str, spans: list[tuple[int, int]]) -> None:
        """Take in a piece of text."""
        self.characters += text
        self.spans += spans


class _Reader:
    """Gathers the texts of all elements; what stands in an inner one belongs to both."""

    def __init__(self, document: bytes, root: str) -> None:
        self._document = document
        self._open = [_Element(root)]
        self.texts: dict[str, Placed] = {}
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = False
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _start(self, name: str, _: object) -> None:
        parent = self._open[-1]
        parent.children[name] += 1
        numbered = f"[{parent.children[name]}]" if len(self._open) > 1 else ""
        self._open.append(_Element(f"{parent.path}/{name}{numbered}"))

    def _end(self, _: str) -> None:
        done = self._open.pop()
        self.texts[done.path] = Placed("".join(done.characters), done.spans)
        self._open[-1].add("".join(done.characters), done.spans)

    def _text(self, text: str) -> None:
        start = self.parser.CurrentByteIndex
        self._open[-1].add(text, self._spans(text, start))

    def _spans(self, text: str, start: int) -> list[tuple[int, int]]:
        first = self._document[start : start + 1]
        if first == _REFERENCE:
            return [(start, self._document.index(b";", start) + 1)]
        if text == "\n" and first == _RETURN:
            return [(start, start + 1 + (self._document[start + 1 : start + 2] == b"\n"))]
        edges = [start]
        for character in text:
            edges.append(edges[-1] + len(character.encode()))
        return list(pairwise(edges))


def texts(document: str, root: str = "") -> dict[str, Placed]:
    """The text of each element with all that stands in it, placed in the document's UTF-8 bytes.

    By path: `root/Response/Say[1]`, each element but the outermost with its place among its like.
    """
    content = document.encode()
    reader = _Reader(content, root)
    reader.parser.Parse(content, True)
    return reader.texts
