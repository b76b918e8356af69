"""How is a text file of any size read line by line, in bounded memory, whatever its encoding?

A line that is too long is passed over and stands as `TOO_LONG`; what does not decode stands as
lone surrogates or as U+FFFD, which no text holds. Both make a bad line, not a failure.
"""

from __future__ import annotations

import io
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from gatekeeper.errors import InputRejected

LONGEST = 1 << 18
"""Characters of one line; the longest evidence that may be given is far shorter."""
TOO_LONG = "\udfff"
"""What stands in place of a longer one; no decoding ever makes this character."""
_UNREAD = ("\ufffd", TOO_LONG)

ENCODINGS = {
    "utf-8": "utf-8-sig",
    "utf-16": "utf-16",
    "latin-1": "latin-1",
    "windows-1252": "cp1252",
}
"""What a file may be written in, and Python's name for it."""


class Lines(Iterator[str]):
    """The lines of one open file, each with its ending; close it after use."""

    def __init__(self, raw: BinaryIO, name: str, size: int) -> None:
        errors = "replace" if name == "utf-16" else "surrogateescape"
        self._raw = raw
        self._file = io.TextIOWrapper(raw, encoding=name, errors=errors, newline="")
        self.size = size
        """Bytes of the whole file."""

    def __next__(self) -> str:
        """The next line, or `TOO_LONG` in its place."""
        text = self._file.readline(LONGEST)
        if len(text) >= LONGEST and text[-1] not in "\r\n":
            self._pass_over()
            return TOO_LONG + "\n"
        if not text:
            raise StopIteration
        return text

    @property
    def read(self) -> int:
        """Bytes read so far, with what lies in the buffers."""
        return min(self._raw.tell(), self.size)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _pass_over(self) -> None:
        while (rest := self._file.readline(LONGEST)) and rest[-1] not in "\r\n":
            pass


def opened(path: Path, encoding: str | None = None) -> Lines:
    """Open a file; InputRejected if the gate cannot read it, or not in that encoding.

    Without an encoding the file's own mark tells, and UTF-8 is taken if there is none.
    """
    if encoding is not None and encoding not in ENCODINGS:
        raise InputRejected(f"an encoding is one of: {', '.join(ENCODINGS)}")
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            name = _encoding_of(file.read(4)) if encoding is None else ENCODINGS[encoding]
        return Lines(path.open("rb"), name, size)
    except OSError as error:
        raise InputRejected(f"the gate cannot read the file: {error.strerror}") from None


def why_unread(values: Iterator[str] | list[str], encoding: str | None = None) -> str | None:
    """Why a line is no text, None if it is."""
    for value in values:
        if value.isascii():
            if "\0" in value:
                return "it holds a NUL byte"
        elif TOO_LONG in value:
            return f"it is longer than {LONGEST} characters"
        elif any("\ud800" <= c <= "\udfff" or c == "\ufffd" for c in value):
            wanted = encoding or "UTF-8"
            return f"not {wanted} text: if the file is in another encoding, say so (--encoding)"
        elif "\0" in value:
            return "it holds a NUL byte"
    return None


def _encoding_of(start: bytes) -> str:
    if start.startswith((BOM_UTF32_LE, BOM_UTF32_BE)):
        raise InputRejected("the file is in UTF-32: save it as UTF-8")
    if start.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "utf-16"
    return "utf-8-sig" if start.startswith(BOM_UTF8) else ENCODINGS["utf-8"]
