"""What does a path mean on Twilio's hosts beside the first: Conversations, Verify, Studio, Notify?

The list is closed: what is not named here and could send is refused. The same paths are known
under the first host too, for an app that has one base URL for all; no two products share one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.closed import READS, not_here, refused
from gatekeeper.providers.contract import Handling, Operation, RawRequest
from gatekeeper.providers.form_body import read_form

_SID = "[0-9a-fA-F]{32}"
_ID = "[A-Za-z0-9_-]{1,64}"
_ROOT = rf"/v1(?:/Services/IS{_SID})?/Conversations"
_VERIFY = rf"/v2/Services/VA{_SID}"
_FLOW = rf"/v[12]/Flows/FW{_SID}"
_NOTIFY = rf"/v1/Services/IS{_SID}"

_OF: Mapping[str, re.Pattern[str]] = {
    "conversations": re.compile(
        rf"(?:{_ROOT}|/v1(?:/Services/IS{_SID})?/ConversationWithParticipants"
        r"|/v1(?:/Services/IS[0-9a-fA-F]{32})?/ParticipantConversations)(?:/.*)?"
    ),
    "verify": re.compile(rf"{_VERIFY}(?:/.*)?"),
    "studio": re.compile(rf"{_FLOW}(?:/.*)?"),
    "notify": re.compile(rf"{_NOTIFY}/(?:Notifications|Bindings)(?:/.*)?"),
}
"""Whose a path is, by the part of it that no other product has."""
_EXACT = re.compile(r"/v[0-9](?:/(?:[A-Za-z0-9_-]{1,64}|(?:%2B|\+)[0-9]{1,15}))+")


class _Send(NamedTuple):
    name: str
    channel: Channel
    path: re.Pattern[str]


_SENDS = (
    _Send("conversation", Channel.SMS, re.compile(rf"{_ROOT}/{_ID}/Messages")),
    _Send("verification", Channel.SMS, re.compile(rf"{_VERIFY}/Verifications")),
    _Send("execution", Channel.VOICE, re.compile(rf"{_FLOW}/Executions")),
    _Send("notification", Channel.SMS, re.compile(rf"{_NOTIFY}/Notifications")),
)

_ROOM = frozenset(
    {"FriendlyName", "UniqueName", "Attributes", "MessagingServiceSid", "State", "DateCreated",
     "DateUpdated", "Timers.Inactive", "Timers.Closed"}
)  # fmt: skip
_GUEST = frozenset(
    {"Identity", "Attributes", "RoleSid", "DateCreated", "DateUpdated", "MessagingBinding.Address",
     "MessagingBinding.ProxyAddress", "MessagingBinding.ProjectedAddress", "LastReadMessageIndex",
     "LastReadTimestamp"}
)  # fmt: skip
_STATUS = frozenset({"Status"})
_CHECK = frozenset({"Code", "To", "VerificationSid", "Amount", "Payee", "SnaClientToken"})

_SILENT: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (re.compile(rf"{_ROOT}(?:/{_ID})?"), _ROOM),
    (re.compile(rf"{_ROOT}/{_ID}/Participants(?:/{_ID})?"), _GUEST),
    (
        re.compile(rf"/v1(?:/Services/IS{_SID})?/ConversationWithParticipants"),
        _ROOM | {"Participant"},
    ),
    (re.compile(rf"{_VERIFY}/VerificationCheck"), _CHECK),
    (re.compile(rf"{_VERIFY}/Verifications/(?:VE{_SID}|(?:%2B|\+)[0-9]{{1,15}})"), _STATUS),
    (re.compile(rf"{_FLOW}/Executions/FN{_SID}"), _STATUS),
)
"""What reaches nobody, with the parameters that it may have. Whom a conversation reaches is asked
when a message is sent."""

_DELETABLE = re.compile(
    rf"{_ROOT}/{_ID}(?:/(?:Participants|Messages)/{_ID})?|{_FLOW}/Executions/FN{_SID}"
)
UNREAD = "This Twilio product can send, and the gate cannot read what it would send."


def product_of(path: str) -> str | None:
    """The service whose path this is, None if it is none's that is known."""
    return next((name for name, mine in _OF.items() if mine.fullmatch(path)), None)


def operation_of(raw: RawRequest) -> Operation | None:
    """What a request does at one of the products; None for the path of none."""
    service = product_of(raw.path)
    if service is None and raw.service and raw.method in READS:
        return Operation("read", Handling.PASS) if _EXACT.fullmatch(raw.path) else None
    if service is None:
        return None
    if raw.service not in ("", service):
        return refused("This path belongs to another of Twilio's hosts.", status=404)
    if not _EXACT.fullmatch(raw.path):
        return refused("This path has more than one reading.", status=404)
    if raw.method in READS:
        return Operation("read", Handling.PASS, service=service)
    if raw.target != raw.path:
        return refused("Send parameters in the form body, not in the query.")
    if raw.method == "DELETE" and _DELETABLE.fullmatch(raw.path):
        return Operation("delete", Handling.PASS, service=service)
    if raw.method != "POST":
        return not_here(raw)
    return _posted(raw, service)


def _posted(raw: RawRequest, service: str) -> Operation:
    for send in _SENDS:
        if send.path.fullmatch(raw.path):
            return Operation(send.name, Handling.DECIDE, send.channel, service=service)
    for path, known in _SILENT:
        if path.fullmatch(raw.path):
            return _silent(raw, known, service)
    return refused(UNREAD)


def _silent(raw: RawRequest, known: frozenset[str], service: str) -> Operation:
    try:
        form = read_form(raw) if raw.body else {}
    except AmbiguousRequest as unclear:
        return refused(str(unclear), status=unclear.status)
    if form.keys() <= known:
        return Operation("change", Handling.PASS, service=service)
    return refused("This request has a parameter of which the gate cannot tell what it would do.")
