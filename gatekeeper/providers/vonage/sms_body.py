"""How is the body of Vonage's legacy SMS API read, whatever its Content-Type says?

The Python SDK sends a form under `application/json` once a JSON call was made with the same
client, so the body itself tells: it begins with `{`, or it is a form. JSON under another label
could be read as a form too, with another recipient in it: that is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote_plus

from gatekeeper.domain.match import Span
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.form_body import placed, read_form
from gatekeeper.providers.json_body import masked_json, read_object
from gatekeeper.providers.json_edit import with_text
from gatekeeper.providers.places import by_path, masked


def is_json(raw: RawRequest) -> bool:
    """Whether the body is JSON."""
    return raw.body.lstrip()[:1] == b"{"


def fields_of(raw: RawRequest) -> dict[str, Any]:
    """The fields, each given once; raises AmbiguousRequest for a body with no one meaning."""
    if is_json(raw):
        return read_object(raw)
    form = read_form(raw, any_type=True)
    for name, values in form.items():
        if len(values) > 1:
            shown = f" {name}" if name.isalpha() and name.isascii() else ""
            raise AmbiguousRequest(f"The parameter{shown} is given more than once.")
    return {name: values[0] for name, values in form.items()}


def redacted(raw: RawRequest, spans: Sequence[Span]) -> RawRequest | None:
    """The same body with these spans masked; None where they lie in no text of it."""
    if is_json(raw):
        return masked_json(raw, spans)
    body = raw.body
    for path, inside in by_path(spans):
        found = placed(body, path)
        written = masked(body, found, inside) if found else None
        if written is None:
            return None
        body = written
    return _with(raw, body)


def with_secret(raw: RawRequest, key: str, secret: str) -> RawRequest:
    """The same body with another `api_key` and `api_secret`; every other byte stays."""
    if is_json(raw):
        document = raw.body.decode()
        for name, value in (("api_key", key), ("api_secret", secret)):
            document = with_text(document, (name,), value)
        return _with(raw, document.encode())
    new = {b"api_key": quote_plus(key).encode(), b"api_secret": quote_plus(secret).encode()}
    pairs = []
    for pair in raw.body.split(b"&"):
        field = pair.partition(b"=")[0]
        pairs.append(field + b"=" + new[field] if field in new else pair)
    return _with(raw, b"&".join(pairs))


def _with(raw: RawRequest, body: bytes) -> RawRequest:
    return RawRequest(raw.method, raw.target, raw.headers, body, raw.service)
