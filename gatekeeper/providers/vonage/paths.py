"""What does a method and path mean to Vonage?

Only the paths that are listed may send or change anything: whatever else is no read is refused.
"""

from __future__ import annotations

import re

from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.closed import overridden, refused, unnamed
from gatekeeper.providers.contract import Handling, Operation, RawRequest, Service
from gatekeeper.providers.json_body import read_object

REST = "rest"
SERVICES: tuple[Service, ...] = (
    Service("", ("api.nexmo.com", "api.vonage.com", "api-us.vonage.com", "api-eu.vonage.com")),
    Service(REST, ("rest.nexmo.com",)),
)

MESSAGE = Operation("message", Handling.DECIDE, Channel.SMS)
CALL = Operation("call", Handling.DECIDE, Channel.VOICE)
SMS = Operation("sms", Handling.DECIDE, Channel.SMS)

_SENDS = {
    ("", "/v1/messages"): MESSAGE,
    ("", "/v1/calls"): CALL,
    (REST, "/sms/json"): SMS,
}
_UUID = r"[0-9a-fA-F-]{8,64}"
_CALL = re.compile(rf"/v1/calls/{_UUID}")
_MESSAGE = re.compile(rf"/v1/messages/{_UUID}")
_STOPS = re.compile(rf"/v1/calls/{_UUID}/(?:talk|stream)")
_SPEAKS = re.compile(rf"/v1/calls/{_UUID}/(?:talk|stream|dtmf|play/dtmf)")

_READ_ONLY = re.compile(r"/(?:account|number|search|v1/media|v2/reports)/[A-Za-z0-9/_-]{1,200}")
"""On the older host a GET may send (`/sms/json?to=...`): these paths only read."""

_SILENT = frozenset({"hangup", "mute", "unmute", "earmuff", "unearmuff"})
_MARKS = frozenset({"read", "revoked"})

LIVE = (
    "A live call is named by its id alone, so the gate cannot tell who would hear this. It passes "
    "hangup, mute and earmuff only."
)


def match(raw: RawRequest) -> Operation:
    """The operation; a request that is not listed passes only if it reads."""
    if overridden(raw):
        return unnamed(raw)
    send = _SENDS.get((raw.service, raw.target)) if raw.method == "POST" else None
    if send is not None:
        return send
    if (raw.service, raw.path) in _SENDS and raw.method == "POST":
        return refused("Send parameters in the body, not in the query.")
    if raw.service == REST and not _READ_ONLY.fullmatch(raw.path):
        return refused(_why(raw))
    return _passes(raw) or unnamed(raw, why=_why(raw))


def _passes(raw: RawRequest) -> Operation | None:
    """What changes something and yet says nothing to anybody."""
    if raw.service:
        return None
    if raw.method == "PUT" and _CALL.fullmatch(raw.target):
        return _only(raw, "action", _SILENT, LIVE)
    if raw.method == "PATCH" and _MESSAGE.fullmatch(raw.target):
        return _only(raw, "status", _MARKS, "A message can only be marked as read, or revoked.")
    if raw.method == "DELETE" and _STOPS.fullmatch(raw.target) and not raw.body:
        return Operation("stop", Handling.PASS, Channel.VOICE)
    return None


def _only(raw: RawRequest, name: str, words: frozenset[str], otherwise: str) -> Operation:
    try:
        body = read_object(raw)
    except AmbiguousRequest as unclear:
        return refused(str(unclear), status=unclear.status)
    said = body.get(name)
    if body.keys() == {name} and isinstance(said, str) and said in words:
        return Operation("change", Handling.PASS)
    return refused(otherwise)


def _why(raw: RawRequest) -> str:
    if _SPEAKS.fullmatch(raw.path):
        return LIVE
    return "The gate cannot tell what this Vonage operation would send."
