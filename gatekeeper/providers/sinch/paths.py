"""What does a method and path mean to Sinch?

From developers.sinch.com (SMS, Conversation, OAuth 2.0) and what its SDKs ask for. A region is a
service of its own, so that data goes where it was sent to.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.closed import OVERRIDES, UNREAD, not_here, overridden, refused, unnamed
from gatekeeper.providers.contract import Handling, Operation, RawRequest, Service
from gatekeeper.providers.json_body import read_object

AUTH, CONVERSATION = "auth", "conversation"
TOKEN = "/oauth2/token"

SERVICES: tuple[Service, ...] = (
    Service("", ("us.sms.api.sinch.com",)),
    *(Service(region, (f"{region}.sms.api.sinch.com",)) for region in ("eu", "au", "br", "ca")),
    Service("project", ("zt.us.sms.api.sinch.com",)),
    Service("project-eu", ("zt.eu.sms.api.sinch.com",)),
    Service(CONVERSATION, ("us.conversation.api.sinch.com",)),
    Service(f"{CONVERSATION}-eu", ("eu.conversation.api.sinch.com",)),
    Service(f"{CONVERSATION}-br", ("br.conversation.api.sinch.com",)),
    Service(AUTH, ("auth.sinch.com", "us.auth.sinch.com", "eu.auth.sinch.com")),
)
"""SMS by service plan and by project (`zt`), Conversation, and where tokens are given."""

ID = r"([A-Za-z0-9-]{1,64})"
ACCOUNT = re.compile(rf"/(?:xms/v1|v1/projects)/{ID}(?=[/?]|$)")
"""The service plan or project that a path names."""

_BATCHES = re.compile(rf"/xms/v1/{ID}/batches")
_BATCH = re.compile(rf"/xms/v1/{ID}/batches/[A-Za-z0-9]{{1,64}}")
_DRY_RUN = re.compile(
    rf"/xms/v1/{ID}/batches/dry_run(?:\?(?:(?:per_recipient|number_of_recipients)=\w{{1,8}}&?)*)?"
)
_FEEDBACK = re.compile(rf"/xms/v1/{ID}/batches/[A-Za-z0-9]{{1,64}}/delivery_feedback")
_GROUP = re.compile(rf"/xms/v1/{ID}/groups(?:/[A-Za-z0-9]{{1,64}})?")
_SEND = re.compile(rf"/v1/projects/{ID}/messages:send")

_SHOWS_SECRETS = re.compile(r"(?i)/+v[0-9]+/+projects/+[^/]+/+(?:apps|webhooks)\b")
"""Resources that hold the credentials of channels and the secrets of webhooks."""

_SILENT = frozenset({"type", "to_remove", "expire_at", "delivery_report", "feedback_enabled"})
"""What an update may change of a batch without saying anything, or to anybody, anew."""

_PART = (
    "An update changes a part of a batch that the gate does not see as a whole: replace it by PUT, "
    "or cancel it and send another."
)
_SECRETS = "This would show or change credentials that only the gate's operator may know."
_MEMBERS = (
    "The gate cannot tell who would get a message to a group, so groups are not kept here: list "
    "the numbers of each batch."
)


def match(raw: RawRequest) -> Operation:
    """The operation; only the exact spelling of a path has one that sends."""
    if overridden(raw):
        return refused(OVERRIDES, account(raw))
    if raw.target == TOKEN:
        log_in = Operation("token", Handling.LOGIN)
        return log_in if raw.method == "POST" else not_here(raw)
    posted = raw.method == "POST"
    if posted and _SEND.fullmatch(raw.target):
        return Operation("conversation", Handling.DECIDE, account=account(raw))
    if posted and _BATCHES.fullmatch(raw.target):
        return Operation("batch", Handling.DECIDE, account=account(raw))
    return _other(raw)


def account(raw: RawRequest) -> str:
    """The service plan or project of the path, empty if it names none."""
    named = ACCOUNT.match(raw.target)
    return named[1] if named else ""


def _other(raw: RawRequest) -> Operation:
    named = account(raw)
    if raw.method == "PUT" and _BATCH.fullmatch(raw.target):
        return Operation("batch", Handling.DECIDE, account=named)
    if raw.method == "POST" and _BATCH.fullmatch(raw.target):
        return _update(raw)
    passes = _PASSING.get(raw.method, ())
    if any(path.fullmatch(raw.target) for path in passes):
        return Operation("passed", Handling.PASS, account=named)
    if _SHOWS_SECRETS.match(raw.path):
        return refused(_SECRETS, named)
    if "send" in raw.path.rpartition("/")[2].lower():
        return refused(UNREAD, named)  # also by GET: nobody says that such a path only reads
    grouped = raw.method in ("POST", "PUT") and _GROUP.fullmatch(raw.target)
    return refused(_MEMBERS, named) if grouped else unnamed(raw, named)


_PASSING: Mapping[str, tuple[re.Pattern[str], ...]] = {
    "POST": (_DRY_RUN, _FEEDBACK),
    "DELETE": (_BATCH, _GROUP),
}
"""What sends nothing: a trial run, word of a delivery, and an end."""


def _update(raw: RawRequest) -> Operation:
    try:
        changed = read_object(raw).keys()
    except AmbiguousRequest as unclear:
        return refused(str(unclear), account(raw), unclear.status)
    if changed and changed <= _SILENT:
        return Operation("update", Handling.PASS, account=account(raw))
    return refused(_PART, account(raw))
