"""What does a method and path mean to Plivo?

Every path stands below `/v1/Account/{auth_id}/` and ends in a slash. Only those that are listed
may send or change anything: whatever else is no read is refused.
"""

from __future__ import annotations

import re

from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.closed import overridden, refused, unnamed
from gatekeeper.providers.contract import Handling, Operation, RawRequest, Service
from gatekeeper.providers.json_body import read_object

SERVICES: tuple[Service, ...] = (
    Service("", ("api.plivo.com",)),
    Service("phlo", ("phlorunner.plivo.com",)),
)
"""The second starts flows that somebody has drawn at Plivo: nothing there can be read."""

ACCOUNT = r"(?:MA|SA)[A-Z0-9]{18}"
ROOT = re.compile(rf"/v1/Account/({ACCOUNT})/")
_UUID = r"[0-9a-zA-Z-]{1,64}"
_NAME = r"[A-Za-z0-9_.-]{1,128}"

SENDS = (
    (re.compile("Message/"), "message", Channel.SMS),
    (re.compile("Call/"), "call", Channel.VOICE),
    (re.compile("Verify/Session/"), "verification", Channel.SMS),
    (re.compile(rf"MultiPartyCall/{_NAME}/Participant/"), "participant", Channel.VOICE),
    (re.compile(rf"Call/{_UUID}/Speak/"), "speak", Channel.VOICE),
    (re.compile(rf"Call/{_UUID}/Play/"), "play", Channel.VOICE),
    (re.compile(rf"Call/{_UUID}/DTMF/"), "digits", Channel.VOICE),
    (re.compile(rf"Call/{_UUID}/Record/"), "record", Channel.VOICE),
    (re.compile(rf"Call/{_UUID}/"), "transfer", Channel.VOICE),
)
"""What is decided about, by the path below the account."""

LIVE = frozenset({"speak", "play", "digits", "record", "transfer"})
"""Commands on a live call: whom it concerns, Plivo has to tell."""

_ENDS = re.compile(
    rf"(?:Call/{_UUID}/(?:(?:Speak|Play|Record|Stream)/|Stream/{_UUID}/)?|Request/{_UUID}/"
    rf"|(?:Conference|MultiPartyCall)/{_NAME}/(?:[A-Za-z0-9_./-]*/)?)"
)
"""What ends a call or something in it."""
_CHECKS = re.compile(rf"Verify/Session/{_UUID}/")
_SILENT = frozenset(
    {"call_uuid", "stream_id", "request_uuid", "callback_url", "callback_method", "URL"}
)
"""Members that the end of something may have: nobody hears them."""
_SECRETS = re.compile(r"(?:(?:Sub[Aa]ccount|Endpoint)/.*|JWT/.*)?")
"""What Plivo answers with an auth token or password: the account itself among them."""

WHY = "The gate cannot tell what this Plivo operation would send."
ENDED = "What ends a call can have no text and no recipient."
SECRET = "This would show a secret that the gate keeps from the app."


def match(raw: RawRequest) -> Operation:
    """The operation; a request that is not listed passes only if it reads."""
    root = ROOT.match(raw.target)
    if root is None or overridden(raw):
        return _foreign(raw)
    account, rest = root[1], raw.target[root.end() :]
    if raw.method == "POST":
        for path, name, channel in SENDS:
            if path.fullmatch(rest):
                return Operation(name, Handling.DECIDE, channel, account)
        if _CHECKS.fullmatch(rest):
            return _silent(raw, Operation("check", Handling.PASS, account=account), {"otp"})
    if raw.method == "DELETE" and _ENDS.fullmatch(rest):
        return _silent(raw, Operation("end", Handling.PASS, Channel.VOICE, account), _SILENT)
    if raw.method in ("GET", "HEAD") and _SECRETS.fullmatch(rest.partition("?")[0]):
        return refused(SECRET, account)
    return unnamed(raw, account, WHY)


def _foreign(raw: RawRequest) -> Operation:
    """Below no account there is nothing to send, and nothing that the gate reads."""
    told = unnamed(raw, why=WHY)
    return told if told.handling is Handling.REFUSE else refused(WHY, status=404)


def _silent(raw: RawRequest, operation: Operation, known: frozenset[str] | set[str]) -> Operation:
    """The operation, unless its body has more in it than what nobody hears."""
    try:
        named = read_object(raw) if raw.body else {}
    except AmbiguousRequest as unclear:
        return refused(str(unclear), operation.account, unclear.status)
    return operation if named.keys() <= known else refused(ENDED, operation.account)
