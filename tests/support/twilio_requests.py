"""Requests as a Twilio SDK would write them, built by hand for the odd cases."""

from __future__ import annotations

from base64 import b64encode
from urllib.parse import urlencode

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.providers import TWILIO
from gatekeeper.providers.contract import Operation, RawRequest

ACCOUNT = "AC" + "0a" * 16
SECRET = "a-secret"
FORM = "application/x-www-form-urlencoded"
BASIC = "Basic " + b64encode(f"{ACCOUNT}:{SECRET}".encode()).decode()
BASE = f"/2010-04-01/Accounts/{ACCOUNT}"
MESSAGES = f"{BASE}/Messages.json"
CALLS = f"{BASE}/Calls.json"
SMS = {"To": "+12122000123", "From": "+13122000100", "Body": "Hello"}
CALL = {"To": "+12122000123", "From": "+13122000100"}


def request(
    target: str, body: bytes = b"", *, method: str = "POST", kind: str = FORM
) -> RawRequest:
    """A request with the headers an SDK sends."""
    headers = (
        ("Host", "gate.example"),
        ("User-Agent", "twilio-python/9.13.0"),
        ("Accept", "application/json"),
        ("Authorization", BASIC),
        ("Content-Type", kind),
        ("Content-Length", str(len(body))),
    )
    return RawRequest(method, target, headers, body)


def form(target: str, fields: dict[str, object]) -> RawRequest:
    """A POST of these fields; a list repeats its name."""
    return request(target, urlencode(fields, doseq=True).encode())


def parsed(raw: RawRequest) -> OutboundRequest:
    """The request as the gate reads it."""
    operation = TWILIO.match(raw)
    assert isinstance(operation, Operation)
    return TWILIO.parse(raw, operation)


def message(**fields: object) -> OutboundRequest:
    """A message of these fields, beside To, From and Body; None leaves one out."""
    return parsed(form(MESSAGES, _without_none({**SMS, **fields})))


def call(**fields: object) -> OutboundRequest:
    """A call of these fields, beside To and From."""
    return parsed(form(CALLS, _without_none({**CALL, **fields})))


def sent(target: str, **fields: object) -> OutboundRequest:
    """What a POST of these fields to this path is read as; None leaves one out."""
    return parsed(form(target, _without_none(dict(fields))))


def twiml(inner: str) -> OutboundRequest:
    """A call whose TwiML has this inside its Response."""
    return call(Twiml=f"<Response>{inner}</Response>")


def _without_none(fields: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in fields.items() if value is not None}
