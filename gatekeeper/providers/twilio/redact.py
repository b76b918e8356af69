"""Which texts of a message or call can be masked, and how is the request written with the mask?

Those that stand in the form as they are sent: `Body`, the values of `ContentVariables`, and in
TwiML what is said or texted. Links, references and what a template itself says cannot.
"""

from __future__ import annotations

from collections.abc import Sequence

from gatekeeper.domain.match import Span
from gatekeeper.providers.contract import RawRequest
from gatekeeper.providers.form_body import placed
from gatekeeper.providers.json_places import strings
from gatekeeper.providers.places import MASK, Placed, by_path, masked, utf8
from gatekeeper.providers.twilio.verbs import TEXTS
from gatekeeper.providers.xml_places import texts

_BODY, _VARIABLES, _TWIML = "Body", "ContentVariables", "Twiml"
_SAID = "Say"
_SILENCE = b"+"
"""A space in a form: a voice would read a sign aloud."""


def redact(raw: RawRequest, spans: Sequence[Span]) -> RawRequest | None:
    """The request with these spans masked; None where one of them lies in no plain text."""
    body = raw.body
    for path, inside in by_path(spans):
        found = _found(body, path)
        mask = _SILENCE if f"/{_SAID}[" in path else MASK.encode()
        written = masked(body, found, inside, mask) if found else None
        if written is None:
            return None
        body = written
    return RawRequest(raw.method, raw.target, raw.headers, body, raw.service)


def _found(body: bytes, path: str) -> Placed | None:
    """The text of that path, placed in the body; None if it is no text that can be masked."""
    field, _, within = path.partition("/")
    if field not in (_BODY, _VARIABLES, _TWIML) or bool(within) is (field == _BODY):
        return None
    outer = placed(body, field)
    if outer is None or field == _BODY:
        return outer
    inner = strings(outer.text).get((within,)) if field == _VARIABLES else _twiml(outer.text, path)
    return inner.within(outer) if inner else None


def _twiml(document: str, path: str) -> Placed | None:
    """What an element says, less the blanks around it; in characters of the document."""
    verb = path.rpartition("/")[2].partition("[")[0]
    found = texts(document, _TWIML)
    whole = found.get(path)
    mixed = verb != _SAID and any(other.startswith(f"{path}/") for other in found)
    if verb not in TEXTS or whole is None or mixed:
        return None
    begin = len(whole.text) - len(whole.text.lstrip())
    said = Placed(whole.text.strip(), whole.spans[begin : begin + len(whole.text.strip())])
    return _in_characters(said, utf8(document))


def _in_characters(inner: Placed, document: Placed) -> Placed:
    """Byte places in a document as places of its characters."""
    at = {start: index for index, (start, _) in enumerate(document.spans)}
    at[document.spans[-1][1]] = len(document.spans)
    return Placed(inner.text, [(at[start], at[end]) for start, end in inner.spans])
