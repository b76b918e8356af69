"""What does a binary SMS say, if it says anything?

Data without a character set (TS 23.038 calls it 8-bit): a phone may show it as text, a program on
it may take it for a command. It is read as UTF-8, else as UTF-16, and only if all of it can be
seen. A header that does more than number the parts of a long text (TS 23.040 9.2.3.24) makes it a
matter for a program.
"""

from __future__ import annotations

from collections.abc import Iterator

_CONCATENATED = frozenset({0x00, 0x08})
"""Information elements: parts numbered in 8 or 16 bits."""
_BLANKS = frozenset("\n\r\t")


def readable(data: bytes, header: bytes = b"") -> str | None:
    """The text of the data under this user data header; None if nobody could read it."""
    if header and not _only_numbers_parts(header):
        return None
    for charset in ("utf-8", "utf-16-be"):
        try:
            text = data.decode(charset)
        except UnicodeDecodeError:
            continue
        if all(sign.isprintable() or sign in _BLANKS for sign in text):
            return text
    return None


def _only_numbers_parts(header: bytes) -> bool:
    if header[0] != len(header) - 1:
        return False
    return all(kind in _CONCATENATED for kind in _elements(header[1:]))


def _elements(rest: bytes) -> Iterator[int]:
    """The kind of each information element; -1 for one that is cut off."""
    while rest:
        if len(rest) < 2 or len(rest) < 2 + rest[1]:
            yield -1
            return
        yield rest[0]
        rest = rest[2 + rest[1] :]
