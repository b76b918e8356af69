"""How is a form body read so that it has exactly one meaning?

The rules are those of the WHATWG URL standard (application/x-www-form-urlencoded parsing), less
everything on which real parsers differ: those bodies are refused instead of guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.places import Placed

MAX_FIELDS = 1000
FORM_TYPE = "application/x-www-form-urlencoded"

Form = Mapping[str, tuple[str, ...]]
"""Values by parameter name, in the order of the body."""

_UNIT = re.compile(rb"%[0-9A-Fa-f]{2}|.", re.DOTALL)
"""How one byte of a value is written."""
_TYPE = re.compile(r'application/x-www-form-urlencoded(?:\s*;\s*charset="?utf-?8"?)?\s*', re.I)


def read_form(raw: RawRequest, *, any_type: bool = False) -> Form:
    """The fields of a form body; raises AmbiguousRequest (400, or 415 for another type).

    `any_type`: the provider reads the body whatever its Content-Type says.
    """
    _require_form_type(raw, any_type)
    try:
        return _fields(raw.body.replace(b"+", b" ").decode())
    except UnicodeDecodeError:
        raise AmbiguousRequest("The form has a broken % escape or is not UTF-8.") from None


def placed(body: bytes, name: str) -> Placed | None:
    """The value of this parameter, placed in a body that `read_form` took; None if it has none."""
    start = 0
    for pair in body.split(b"&"):
        written, equals, value = pair.partition(b"=")
        if equals and _unescaped(written.replace(b"+", b" ").decode()) == name:
            return _placed(value, start + len(written) + 1)
        start += len(pair) + 1
    return None


def _placed(value: bytes, start: int) -> Placed:
    """Each code point with the bytes that it is written in: itself, `+`, or escapes."""
    text = _unescaped(value.replace(b"+", b" ").decode())
    units = _UNIT.finditer(value)
    spans: list[tuple[int, int]] = []
    for character in text:
        first = last = next(units)
        for _ in character.encode()[1:]:
            last = next(units)
        spans.append((start + first.start(), start + last.end()))
    return Placed(text, spans)


def _fields(body: str) -> Form:
    if "\0" in body or "%00" in body or ";" in body:
        raise AmbiguousRequest("The form has a NUL or a bare ';' in it.")
    pieces = list(filter(None, body.split("&")))
    if len(pieces) > MAX_FIELDS:
        raise AmbiguousRequest(f"The form has more than {MAX_FIELDS} fields.")
    escaped: list[str] = []
    for piece in pieces:
        name, equals, value = piece.partition("=")
        if not equals:
            raise AmbiguousRequest("The form has a field without '='.")
        escaped += (name, value)
    plain = _unescaped("\0".join(escaped)).split("\0") if pieces else []
    form: dict[str, tuple[str, ...]] = {}
    for name, value in zip(plain[::2], plain[1::2], strict=True):
        form[name] = (*form[name], value) if name in form else (value,)
    return form


def _unescaped(text: str) -> str:
    """Undo escapes in few C calls: `%41` is read as Python's own `\\x41`.

    Raises UnicodeDecodeError for a broken escape and for bytes that are not UTF-8.
    """
    if "%" not in text:
        return text
    written = text.replace("\\", "\\\\").replace("%", "\\x").encode()
    return written.decode("unicode_escape").encode("latin-1").decode()


def _require_form_type(raw: RawRequest, any_type: bool) -> None:
    types: list[str] = []
    for name, value in raw.headers:
        lowered = name.lower()
        if lowered == "content-type":
            types.append(value)
        elif lowered == "content-encoding" and value.strip().lower() != "identity":
            raise AmbiguousRequest("Send the form without Content-Encoding.", status=415)
    if any_type:
        return
    if len(types) != 1 or not (types[0] == FORM_TYPE or _TYPE.fullmatch(types[0])):
        raise AmbiguousRequest(f"Send the fields as one {FORM_TYPE} body in UTF-8.", status=415)
