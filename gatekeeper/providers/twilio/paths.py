"""What does a method and path mean to Twilio?

Only the exact spelling of a path has a meaning here. A path that a lenient server could take for
one of Twilio's (other letter case, doubled or encoded slashes, dots, parameters) is refused, and
so is everything that could send and that the gate cannot read: the list is closed by default.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from gatekeeper.domain.words import Channel
from gatekeeper.providers.closed import OVERRIDES, READS, not_here, overridden, refused
from gatekeeper.providers.contract import Handling, Operation, RawRequest, Service
from gatekeeper.providers.twilio.changes import change_of
from gatekeeper.providers.twilio.products import UNREAD, operation_of

SERVICES: tuple[Service, ...] = (
    Service("", ("api.twilio.com",)),
    Service("conversations", ("conversations.twilio.com",)),
    Service("verify", ("verify.twilio.com",)),
    Service("studio", ("studio.twilio.com",)),
    Service("notify", ("notify.twilio.com",)),
)

ACCOUNT = r"AC[0-9a-fA-F]{32}"

_SENDS = re.compile(
    rf"/2010-04-01/Accounts/({ACCOUNT})/(?:(?P<message>Messages)|(?P<call>Calls)"
    r"|Conferences/[A-Za-z0-9_-]{1,64}/(?P<participant>Participants)"
    r"|Calls/CA[0-9a-fA-F]{32}/(?P<user_defined_message>UserDefinedMessages))\.json"
)
"""Each send by its name."""
_BELOW = re.compile(rf"/2010-04-01/Accounts/({ACCOUNT})/(.+)\.json")
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


def match(raw: RawRequest) -> Operation | None:
    """The operation, or None if no reading of the path is Twilio's."""
    if raw.method == "POST" and not raw.service and (send := _SENDS.fullmatch(raw.target)):
        return _decided(raw, send[1], send.lastgroup or "")
    product = _product(raw)
    if product is not None or not _resembles(raw.path):
        return product
    exact = _EXACT.fullmatch(raw.path)
    if exact is None or raw.service:
        return refused("This path has more than one reading, or names no account.", status=404)
    account = exact[1] or ""
    if overridden(raw):
        return refused(OVERRIDES, account)
    if raw.method in READS:
        return _read(raw, account)
    if raw.method == "DELETE" and _DELETABLE.fullmatch(raw.target):
        return Operation("delete", Handling.PASS, account=account)
    if raw.method == "POST":
        return _posted(raw, account)
    return not_here(raw, account)


def _product(raw: RawRequest) -> Operation | None:
    """What it is at one of the other hosts; a path that only resembles theirs must not send."""
    operation = operation_of(raw)
    if operation is not None:
        return refused(OVERRIDES) if overridden(raw) else operation
    if raw.method in READS or not (raw.service or _ELSEWHERE.match(_lenient(raw.path))):
        return None
    return refused(UNREAD)


def _decided(raw: RawRequest, account: str, name: str) -> Operation:
    if overridden(raw):
        return refused(OVERRIDES, account)
    channel = Channel.SMS if name == "message" else Channel.VOICE
    return Operation(name, Handling.DECIDE, channel, account)


def _read(raw: RawRequest, account: str) -> Operation:
    """Reads pass, but for the account itself: Twilio answers that one with its auth token."""
    if _SHOWS_TOKEN.fullmatch(raw.path):
        return refused("The account's own resource would show the token that the gate keeps.")
    return Operation("read", Handling.PASS, account=account)


def _posted(raw: RawRequest, account: str) -> Operation:
    """A POST that is no plain send: a change of something, or nothing we let pass."""
    if raw.target != raw.path:
        return refused("Send parameters in the form body, not in the query.", account)
    below = _BELOW.fullmatch(raw.path)
    change = change_of(raw, account, below[2]) if below else None
    if change is not None:
        return change
    if raw.path.endswith(("/Messages", "/Calls", "/Messages.xml", "/Calls.xml")):
        return refused("Use the .json form of this resource.", account)
    return refused("The gate cannot tell what this Twilio operation would send.", account)


def _resembles(path: str) -> bool:
    return "/2010-04-01" in _lenient(path)


def _lenient(path: str) -> str:
    """The path as the most forgiving server would read it."""
    for _ in range(3):
        path = unquote(path)
    return re.sub(r"[/\\]+", "/", re.sub(r";[^/]*", "", path)).lower()
