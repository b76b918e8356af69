"""What does a method and path mean to Vonage?

Only the paths that are listed may send or change anything. Vonage's older APIs send by GET as
well (`/sms/json?to=...`, `/verify/json?number=...`), on either host: a read passes only where it
is known to be one, which is every versioned resource, and what else is listed.
"""

from __future__ import annotations

import re

from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.closed import READS, overridden, refused, unnamed
from gatekeeper.providers.contract import Handling, Operation, RawRequest, Service
from gatekeeper.providers.json_body import read_object

REST = "rest"
SERVICES: tuple[Service, ...] = (
    Service(
        "",
        (
            "api.nexmo.com",
            "api.vonage.com",
            *(
                f"api-{area}.{vendor}.com"
                for area in ("us", "eu", "ap")
                for vendor in ("vonage", "nexmo")
            ),
        ),
    ),
    Service(REST, ("rest.nexmo.com",)),
)  # fmt: skip

MESSAGE = Operation("message", Handling.DECIDE, Channel.SMS)
CALL = Operation("call", Handling.DECIDE, Channel.VOICE)
SMS = Operation("sms", Handling.DECIDE, Channel.SMS)
VERIFY = Operation("verify", Handling.DECIDE, Channel.SMS)

_SENDS = {
    ("", "/v1/messages"): MESSAGE,
    ("", "/v1/calls"): CALL,
    ("", "/v2/verify"): VERIFY,
    ("", "/v2/verify/"): VERIFY,
    (REST, "/sms/json"): SMS,
}
_UUID = r"[0-9a-fA-F-]{8,64}"
_CALL = re.compile(rf"/v1/calls/{_UUID}")
_MESSAGE = re.compile(rf"/v1/messages/{_UUID}")
_STOPS = re.compile(rf"/v1/calls/{_UUID}/(?:talk|stream)")
_SPEAKS = re.compile(rf"/v1/calls/{_UUID}/(?:talk|stream|dtmf|play/dtmf)")

_RESOURCE = re.compile(r"/v[0-9]+(?:\.[0-9]+)?(?:/[A-Za-z0-9_:@+-][A-Za-z0-9_.:@+-]*)+/?")
"""A versioned resource: read by GET, and by nothing else."""
_VERSIONED = re.compile(r"/v[0-9]")
_LISTED = re.compile(
    r"/(?:account/(?:get-balance|numbers|get-(?:prefix-|phone-|full-)?pricing/[a-z/-]{1,60})"
    r"|number/search|search/(?:message|messages|rejections)|verify/search/json"
    r"|ni/(?:basic|standard|advanced)/json)"
)
"""What the older APIs only read."""
_VERIFIED = re.compile(rf"/v2/verify/{_UUID}")
_NEXT = re.compile(rf"/v2/verify/{_UUID}/next[-_]workflow")

_SILENT = frozenset({"hangup", "mute", "unmute", "earmuff", "unearmuff"})
_MARKS = frozenset({"read", "revoked"})

LIVE = (
    "A live call is named by its id alone, so the gate cannot tell who would hear this. It passes "
    "hangup, mute and earmuff only."
)
OLDER = (
    "The gate cannot tell what this Vonage operation would send: the older APIs pass it by POST "
    "/sms/json alone, and their reads."
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
    if raw.method in READS and not (_RESOURCE.fullmatch(raw.path) or _LISTED.fullmatch(raw.path)):
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
    return _verified(raw)


def _verified(raw: RawRequest) -> Operation | None:
    """A verification that goes on as it was judged, ends, or has its code checked."""
    if raw.method == "DELETE" and _VERIFIED.fullmatch(raw.target) and not raw.body:
        return Operation("cancel", Handling.PASS)
    if raw.method != "POST":
        return None
    if _NEXT.fullmatch(raw.target) and raw.body.strip() in (b"", b"{}"):
        return Operation("next", Handling.PASS)
    return Operation("check", Handling.PASS) if _VERIFIED.fullmatch(raw.target) else None


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
    if not _VERSIONED.match(raw.path):
        return OLDER
    return "The gate cannot tell what this Vonage operation would send."
