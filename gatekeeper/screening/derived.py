"""Which further readings of a text does its shape call for: escapes, entities, base64?

Each reading is built only when its trigger is there, and at most two deep.
"""

from __future__ import annotations

import binascii
import html
import re
from collections.abc import Iterator

from gatekeeper.screening.characters import plain
from gatekeeper.screening.views import Draft, View, plain_view

DEPTH = 2

_ESCAPE = re.compile(
    r"(?P<percent>(?:%[0-9A-Fa-f]{2})+)|\\u(?P<code>[0-9A-Fa-f]{4})"
    r"|&(?:#\d{1,7};?|#[xX][0-9A-Fa-f]{1,6};?|\w{2,8};)"
)
_BASE64 = re.compile(r"(?<![\w+/-])[A-Za-z0-9+/_-]{16,}={0,2}(?![\w+/-])")
_SIGNS = re.compile(r"[%&\\]")
_LONG = 16
_PRINTABLE = 0.8


def decoded(view: View) -> Iterator[View]:
    """The decoded readings of a plain view, and theirs."""
    level = [view]
    for _ in range(DEPTH):
        level = [reading for each in level for reading in _readings(each)]
        yield from level


def _readings(view: View) -> Iterator[View]:
    text = view.text
    if _SIGNS.search(text) and _ESCAPE.search(text):
        yield _unescaped(view)
    if (unpacked := _unpacked(view)) is not None:
        yield unpacked


def called_for(view: View) -> bool:
    """Whether the text has anything that looks encoded: an escape or a very long word."""
    text = view.text
    return _SIGNS.search(text) is not None or max(map(len, text.split()), default=0) >= _LONG


def _unescaped(view: View) -> View:
    draft, end = Draft.over(view), 0
    for escape in _ESCAPE.finditer(view.text):
        draft.keep(end, escape.start())
        end = escape.end()
        if escape["percent"]:
            _percent(draft, escape)
        elif escape["code"]:
            _put(draft, chr(int(escape["code"], 16)), escape.start(), end)
        else:
            _put(draft, html.unescape(escape.group()), escape.start(), end)
    draft.keep(end, len(view.text))
    return plain_view(draft.view("escapes"))


def _percent(draft: Draft, escape: re.Match[str]) -> None:
    octets = bytes.fromhex(escape.group().replace("%", ""))
    try:
        characters, encoding = octets.decode(), "utf-8"
    except UnicodeDecodeError:
        characters, encoding = octets.decode("latin-1"), "latin-1"
    position = escape.start()
    for character in characters:
        size = 3 * len(character.encode(encoding))
        _put(draft, character, position, position + size)
        position += size


def _put(draft: Draft, characters: str, start: int, end: int) -> None:
    for character in characters:
        draft.put(plain(character), start, end)


def _unpacked(view: View) -> View | None:
    draft: Draft | None = None
    for run in _BASE64.finditer(view.text):
        content = _base64(run.group())
        if content is None:
            continue
        draft = draft or Draft.over(view)
        _put(draft, content + "\n", *run.span())
    return plain_view(draft.view("base64")) if draft else None


def _base64(run: str) -> str | None:
    """The text that a run of the alphabet stands for; None when it is no readable text."""
    if run.isdigit() or (run.isalpha() and run.islower()):
        return None
    body = run.rstrip("=").replace("-", "+").replace("_", "/")
    if len(body) % 4 == 1:
        return None
    content = binascii.a2b_base64(body + "=" * (-len(body) % 4))
    text = content.decode("utf-8", "replace")
    readable = sum((c.isprintable() and c != "\ufffd") or c in "\r\n\t" for c in text)
    return text if readable >= _PRINTABLE * len(text) else None
