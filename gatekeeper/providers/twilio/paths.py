"""What does a method and path mean to Twilio?

Only the exact spelling of a path has a meaning here. A path that a lenient server could take for
one of Twilio's (other letter case, doubled or encoded slashes, dots, parameters) is refused, and
so is everything that could send and that the gate cannot read: the list is closed by default.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Handling, Operation, RawRequest, Service
from gatekeeper.providers.form_body import read_form

SERVICES: tuple[Service, ...] = (
    Service("", ("api.twilio.com",)),
    Service("conversations", ("conversations.twilio.com",)),
    Service("verify", ("verify.twilio.com",)),
    Service("studio", ("studio.twilio.com",)),
    Service("notify", ("notify.twilio.com",)),
)

ACCOUNT = r"AC[0-9a-fA-F]{32}"

_SENDS = re.compile(rf"/2010-04-01/Accounts/({ACCOUNT})/(Messages|Calls)\.json")
_CHANGES = re.compile(
    rf"/2010-04-01/Accounts/({ACCOUNT})/(?:(Messages)/(?:SM|MM)|(Calls)/CA)[0-9a-fA-F]{{32}}\.json"
)
_EXACT = re.compile(
    rf"/2010-04-01/Accounts(?:\.json|/({ACCOUNT})(?:/[A-Za-z0-9_-]+)*(?:\.[a-z0-9]+)?)"
)
_SHOWS_TOKEN = re.compile(rf"/2010-04-01/Accounts(?:/{ACCOUNT})?(?:\.[a-z0-9]+)?")
_DELETABLE = re.compile(
    rf"/2010-04-01/Accounts/{ACCOUNT}(?:/(?:Messages|Calls)/[A-Z]{{2}}[0-9a-fA-F]{{32}})?"
    r"/(?:Messages|Media|Calls|Recordings)/[A-Z]{2}[0-9a-fA-F]{32}(?:\.json)?"
)
_ELSEWHERE = re.compile(
    r"/v[0-9]+/(?:conversations\b|services/[^/]+/(?:conversations|verifications|notifications"
    r"|channels|sessions)\b|flows/[^/]+/(?:executions|engagements)\b)"
)
"""Send surfaces that Twilio keeps on other hosts; a base URL that maps them here must not send."""

_READS = ("GET", "HEAD")
_OVERRIDES = frozenset({"x-http-method-override", "x-http-method", "x-method-override"})
_HINTS = {"Messages": Channel.SMS, "Calls": Channel.VOICE}


@dataclass(frozen=True, slots=True)
class _Change:
    """The changes of one message or call that say nothing new, and what to tell of others."""

    channel: Channel
    silent: Mapping[str, tuple[tuple[str, ...], ...]]
    otherwise: str


_CHANGE = {
    "Messages": _Change(
        Channel.SMS,
        {"Body": (("",),), "Status": (("canceled",),)},
        "A message can only be redacted (an empty Body) or canceled here.",
    ),
    "Calls": _Change(
        Channel.VOICE,
        {"Status": (("canceled",), ("completed",))},
        "A live call can only be ended here: new TwiML or a Url would say what was not checked.",
    ),
}


def match(raw: RawRequest) -> Operation | None:
    """The operation, or None if no reading of the path is Twilio's."""
    if raw.method == "POST" and (send := _SENDS.fullmatch(raw.target)):
        return _decided(raw, *send.groups())
    if not _could_be_twilio(raw.path):
        return None
    exact = _EXACT.fullmatch(raw.path)
    if exact is None:
        return _foreign(raw)
    account = exact[1] or ""
    if _overridden(raw):
        return _refused("This request asks for another method than its own.", account)
    if raw.method in _READS:
        return _read(raw, account)
    if raw.method == "DELETE" and _DELETABLE.fullmatch(raw.target):
        return Operation("delete", Handling.PASS, account=account)
    if raw.method == "POST":
        return _posted(raw, account)
    return _refused(f"{_shown(raw.method)} is not allowed here.", account, status=405)


def _decided(raw: RawRequest, account: str, resource: str) -> Operation:
    if _overridden(raw):
        return _refused("This request asks for another method than its own.", account)
    name = "message" if resource == "Messages" else "call"
    return Operation(name, Handling.DECIDE, _HINTS[resource], account)


def _read(raw: RawRequest, account: str) -> Operation:
    """Reads pass, but for the account itself: Twilio answers that one with its auth token."""
    if _SHOWS_TOKEN.fullmatch(raw.path):
        return _refused("The account's own resource would show the token that the gate keeps.")
    return Operation("read", Handling.PASS, account=account)


def _posted(raw: RawRequest, account: str) -> Operation:
    """A POST that is no plain send: a change of one message or call, or nothing we let pass."""
    if raw.target != raw.path:
        return _refused("Send parameters in the form body, not in the query.", account)
    change = _CHANGES.fullmatch(raw.path)
    if change is not None:
        return _changed(raw, account, _CHANGE[change[2] or change[3]])
    if raw.path.endswith(("/Messages", "/Calls", "/Messages.xml", "/Calls.xml")):
        return _refused("Use the .json form of this resource.", account)
    return _refused("The gate cannot tell what this Twilio operation would send.", account)


def _changed(raw: RawRequest, account: str, change: _Change) -> Operation:
    """A redaction, a cancel or a hang-up says nothing new and passes; any other change does."""
    try:
        form = read_form(raw)
    except AmbiguousRequest as unclear:
        return _refused(str(unclear), account, status=unclear.status)
    silent = all(values in change.silent.get(name, ()) for name, values in form.items())
    if form and silent:
        return Operation("change", Handling.PASS, change.channel, account)
    return _refused(change.otherwise, account)


def _foreign(raw: RawRequest) -> Operation | None:
    """A path that only resembles ours, or a send surface that Twilio keeps on another host."""
    if _resembles(raw.path):
        return _refused("This path has more than one reading, or names no account.", status=404)
    if raw.method in _READS:
        return None
    return _refused("This Twilio product can send, and the gate cannot read what it would send.")


def _could_be_twilio(path: str) -> bool:
    return _resembles(path) or _ELSEWHERE.match(_lenient(path)) is not None


def _resembles(path: str) -> bool:
    return "/2010-04-01" in _lenient(path)


def _lenient(path: str) -> str:
    """The path as the most forgiving server would read it."""
    for _ in range(3):
        path = unquote(path)
    return re.sub(r"[/\\]+", "/", re.sub(r";[^/]*", "", path)).lower()


def _overridden(raw: RawRequest) -> bool:
    """Whether a header or query asks the server to take this for another method."""
    if not _OVERRIDES.isdisjoint([name.lower() for name, _ in raw.headers]):
        return True
    query = raw.target.partition("?")[2]
    return bool(query) and "_method" in unquote(query).lower()


def _shown(method: str) -> str:
    return method if method in ("PUT", "PATCH", "DELETE", "OPTIONS") else "This method"


def _refused(why: str, account: str = "", status: int | None = None) -> Operation:
    return Operation("refused", Handling.REFUSE, account=account, detail=why, status=status)
