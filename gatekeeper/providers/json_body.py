"""How is a JSON body read so that it has exactly one meaning, and how are texts in it masked?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from gatekeeper.domain.match import Span
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.json_once import decoded
from gatekeeper.providers.json_places import strings
from gatekeeper.providers.places import MASK, by_path, masked, utf8

_JSON_TYPE = re.compile(
    r'application/(?:[a-z0-9.+-]+\+)?json(?:\s*;\s*charset="?utf-?8"?)?\s*', re.IGNORECASE
)

_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")


def read_object(raw: RawRequest, *, any_type: bool = False) -> dict[str, Any]:
    """The JSON object in a body; raises AmbiguousRequest (400, or 415 for another type).

    `any_type`: the provider reads the body whatever its Content-Type says.
    """
    value = _read(raw, any_type)
    if not isinstance(value, dict):
        raise AmbiguousRequest("The body is not a JSON object.")
    return value


def read_array(raw: RawRequest, *, most: int) -> list[Any]:
    """The JSON array in a body, whatever its type; AmbiguousRequest for none, or one too long."""
    value = _read(raw, any_type=True)
    if not isinstance(value, list):
        raise AmbiguousRequest("The body is not a JSON array.")
    if len(value) > most:
        raise AmbiguousRequest(f"The body has more than {most} elements.", status=413)
    return value


def _read(raw: RawRequest, any_type: bool) -> Any:
    _require_json(raw, any_type)
    try:
        return decoded(raw.body.decode())
    except UnicodeDecodeError:
        raise AmbiguousRequest("The body is not UTF-8.") from None
    except ValueError as error:
        why = str(error) if str(error) in _SAYABLE else "it is not well-formed"
        raise AmbiguousRequest(f"The body is not JSON with one meaning: {why}.") from None


_SAYABLE = frozenset({"a key is given twice", "not a JSON number", "it goes too deep"})


def masked_json(
    raw: RawRequest, spans: Sequence[Span], mask: bytes = MASK.encode()
) -> RawRequest | None:
    """The request with these spans of its JSON strings masked; None if one lies in no string.

    A path is that of the shape: names and places of the document, joined by `/`. Nor can a string
    with URL escapes be masked: what was screened of it is shorter than what stands there.
    """
    body = raw.body
    for path, inside in by_path(spans):
        document = body.decode()
        inner = {"/".join(map(str, at)): text for at, text in strings(document).items()}.get(path)
        if inner is None or _ESCAPE.search(inner.text):
            return None
        written = masked(body, inner.within(utf8(document)), inside, mask)
        if written is None:
            return None
        body = written
    return RawRequest(raw.method, raw.target, raw.headers, body, raw.service)


def _require_json(raw: RawRequest, any_type: bool) -> None:
    types: list[str] = []
    for name, value in raw.headers:
        lowered = name.lower()
        if lowered == "content-type":
            types.append(value)
        elif lowered == "content-encoding" and value.strip().lower() != "identity":
            raise AmbiguousRequest("Send the body without Content-Encoding.", status=415)
    if not any_type and (len(types) != 1 or not _JSON_TYPE.fullmatch(types[0])):
        raise AmbiguousRequest("Send the body as one application/json in UTF-8.", status=415)
