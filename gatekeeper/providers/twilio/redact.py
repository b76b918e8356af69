"""Which texts of a message can be masked, and how is the request written with the mask?

Only those that stand in the form as they are sent: `Body`, and the values of `ContentVariables`.
TwiML, links, references and what a template itself says cannot: they have no plain place here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from gatekeeper.domain.match import Span
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.mask import masked
from gatekeeper.providers.twilio.fields import one
from gatekeeper.providers.twilio.form import read_form, with_value

_BODY, _VARIABLES = "Body", "ContentVariables"


def redact(raw: RawRequest, spans: Sequence[Span]) -> RawRequest | None:
    """The request with these spans masked; None where one of them lies in no plain text."""
    form, body = read_form(raw), raw.body
    for name, inside in _by_field(spans):
        value = one(form, name)
        written = _written(name, value, inside) if value else None
        if written is None:
            return None
        body = with_value(body, name, written)
    return RawRequest(raw.method, raw.target, raw.headers, body)


def _by_field(spans: Sequence[Span]) -> Iterator[tuple[str, list[Span]]]:
    """The spans by the form's parameter that they lie in."""
    for name in dict.fromkeys(span.path.partition("/")[0] for span in spans):
        yield name, [span for span in spans if span.path.partition("/")[0] == name]


def _written(name: str, value: str, spans: list[Span]) -> str | None:
    if name == _BODY and all(span.path == _BODY for span in spans):
        return masked(value, spans)
    return _variables(value, spans) if name == _VARIABLES else None


def _variables(text: str, spans: list[Span]) -> str | None:
    """The JSON object anew, with the same names in the same order."""
    said: dict[str, str] = json.loads(text)
    for span in spans:
        name = span.path.partition("/")[2]
        value = masked(said[name], (span,)) if name in said else None
        if value is None:
            return None
        said[name] = value
    return json.dumps(said, ensure_ascii=False)
