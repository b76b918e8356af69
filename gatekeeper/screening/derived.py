"""Which further readings of a text does its shape call for: escapes, entities, base64, hex?

One reading per level: everything that is encoded in a text is decoded at once. Two levels are
read; a text that is still encoded then is told as not inspected.
"""

from __future__ import annotations

import binascii
import html
import re
from collections.abc import Callable, Iterator

from gatekeeper.screening.characters import plain
from gatekeeper.screening.views import Draft, View, plain_view

DEPTH = 2

_ENCODED = re.compile(
    r"(?P<percent>(?:%[0-9A-Fa-f]{2})+)|(?P<quoted>(?:=[0-9A-Fa-f]{2}){2,})"
    r"|(?P<octets>(?:\\x[0-9A-Fa-f]{2})+)"
    r"|(?:\\u\{?|%u|\\U0000)(?P<code>[0-9A-Fa-f]{4})\}?"
    r"|(?P<entity>&(?:#\d{1,7};?|#[xX][0-9A-Fa-f]{1,6};?|[A-Za-z]\w{1,30};"
    r"|(?:nbsp|amp|quot|shy|lt|gt|middot)(?![A-Za-z])))"
    r"|(?P<hex>(?<![\w+/-])(?:0x)?[2-7][0-9A-Fa-f](?:[ :,-]?(?:0x)?[2-7][0-9A-Fa-f]){11,}(?!\w))"
    r"|(?P<base64>(?<![\w+/-])(?:[A-Za-z0-9+/_-]{16,}[ \t]*\r?\n[ \t]*)*[A-Za-z0-9+/_-]{16,}"
    r"(?:\s*\n[A-Za-z0-9+/_-]{2,15})?={0,2}(?![\w+/-]))"
)
_BETWEEN = re.compile(r"[ :,-]|0x")
_PRINTABLE = 0.8
_READABLE = re.compile(r"[^\W_]{2}")


def decoded(view: View) -> Iterator[View]:
    """The decoded reading of a plain view, and that of the reading."""
    for _ in range(DEPTH):
        reading = _reading(view)
        if reading is None:
            return
        yield reading
        view = reading


def goes_deeper(view: View) -> bool:
    """Whether the last of the readings hides another readable text."""
    reading = _reading(view)
    return reading is not None and _READABLE.search(reading.text) is not None


def _reading(view: View) -> View | None:
    """The text with all that is encoded in it decoded; None if nothing is."""
    draft, end, found = Draft.over(view), 0, False
    for run in _ENCODED.finditer(view.text):
        characters = _DECODERS[run.lastgroup or ""](run[run.lastgroup or ""])
        if characters is None:
            continue
        found = True
        draft.keep(end, run.start())
        position, end = run.start(), run.end()
        for character, size in characters:
            _put(draft, character, position, position + size if size else end)
            position += size
    if not found:
        return None
    draft.keep(end, len(view.text))
    return plain_view(draft.view("decoded"))


Characters = list[tuple[str, int]]
"""Decoded characters with the length of what each is written with; 0: they share all of it."""


def _put(draft: Draft, characters: str, start: int, end: int) -> None:
    for character in characters:
        draft.put(plain(character), start, end)


def _octets(written: str) -> Characters:
    """`%C3%A9`, `=C3=A9` or `\\xc3\\xa9`: each octet is written alike."""
    sign = "\\x" if written[0] == "\\" else written[0]
    width = len(sign) + 2
    octets = bytes.fromhex(written.replace(sign, ""))
    try:
        text, encoding = octets.decode(), "utf-8"
    except UnicodeDecodeError:
        text, encoding = octets.decode("latin-1"), "latin-1"
    return [(character, width * len(character.encode(encoding))) for character in text]


def _entity(written: str) -> Characters | None:
    text = html.unescape(written)
    return None if text == written else [(text, 0)]


def _hex(written: str) -> Characters | None:
    """Printable ASCII in hexadecimal; a number is read so only if it stands for digits."""
    text = bytes.fromhex(_BETWEEN.sub("", written)).decode("ascii")
    digits = sum(map(str.isdigit, text))
    number = written.replace(" ", "").isdecimal() and digits * 2 < len(text)
    return None if number or not text.isprintable() else [(text + "\n", 0)]


def _base64(written: str) -> Characters | None:
    """The text that a run of the alphabet stands for; None when it is no readable text."""
    run = "".join(written.split())
    if run.isdigit() or (run.isalpha() and run.islower()):
        return None
    body = run.rstrip("=").replace("-", "+").replace("_", "/")
    if len(body) % 4 == 1:
        return None
    content = binascii.a2b_base64(body + "=" * (-len(body) % 4))
    text = content.decode("utf-8", "replace")
    readable = sum((c.isprintable() and c != "\ufffd") or c in "\r\n\t" for c in text)
    return [(text + "\n", 0)] if readable >= _PRINTABLE * len(text) else None


_DECODERS: dict[str, Callable[[str], Characters | None]] = {
    "percent": _octets,
    "quoted": _octets,
    "octets": _octets,
    "code": lambda written: [(chr(int(written, 16)), 0)],
    "entity": _entity,
    "hex": _hex,
    "base64": _base64,
}
