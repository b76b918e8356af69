"""What does a method and path mean to Graph?

`/{version}/{id}/messages` sends, by WhatsApp where the body names that product, else by Messenger;
the version may be left out. Everything else that is no read is refused: Graph has many edges that
reach people (broadcasts, calls, comments), and a batch holds any of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.closed import READS, refused, unnamed
from gatekeeper.providers.contract import Handling, Operation, RawRequest, Service
from gatekeeper.providers.json_body import read_object
from gatekeeper.providers.meta.query import PROOF, TOKEN, parameters

SERVICES: tuple[Service, ...] = (Service("", ("graph.facebook.com",)),)

ME = "me"
PAGE_MESSAGE = "page_message"
"""The name of a send by Messenger."""
EDGE = re.compile(r"(?:/v[0-9]{1,3}\.[0-9]{1,2})?/(me|[1-9][0-9]{3,24})/([a-z_]{1,40})")
"""An edge of the page, the phone number or the account that the token is for."""
_ROOT = re.compile(r"(?:/v[0-9]{1,3}\.[0-9]{1,2})?/?")

_ONLY_WHATSAPP = "marketing_messages"
_SENDS = frozenset({"messages", _ONLY_WHATSAPP})
_UPLOADS = "media"
_WHY: Mapping[str, str] = {
    "broadcast_messages": "A broadcast names nobody whom the gate could judge: send each message.",
    "message_creatives": "A message that is kept for a broadcast names nobody: send each message.",
    "message_attachments": "The gate cannot see an uploaded file: send a link in the message.",
    "message_templates": "Register templates at Meta itself, then by `gatekeeper template add`.",
    "calls": "WhatsApp calls are not supported by the gate.",
}
BATCH = "A batch holds requests that the gate does not read: send each of them by itself."
IN_QUERY = "A send may have nothing but its access_token in the query: put its fields in the body."
PROVED = (
    "The gate sends under another token than the app's, for which an appsecret_proof does not "
    "hold: leave it out."
)
SECRET = "This would show a token that the gate keeps from the app."
AS_SEND = "A read may not have this parameter: it could make a send of it."

_SECRETS = re.compile(r"access_token|appsecret|client_secret|(?<![a-z_])accounts|oauth|debug_token")
_SENDING = re.compile(
    r"(?:_?method|batch|body|message|messages|recipient|messaging_product|to|template|text|type"
    r"|sender_action|attachment|interactive)(?:\[.*)?",
    re.IGNORECASE | re.DOTALL,
)
_WORD = re.compile(r"[A-Za-z0-9_.:=+/-]{1,256}")
_QUIET = frozenset({"mark_seen", "typing_on", "typing_off"})


def match(raw: RawRequest) -> Operation:
    """The operation; a request that is not listed passes only if it reads."""
    found = parameters(raw.target) if "?" in raw.target else ()
    if any(each.name.lower() == PROOF for each in found):
        return refused(PROVED)
    if raw.method in READS:
        barred = _barred(raw)
        return refused(barred) if barred else unnamed(raw)
    if raw.method != "POST" or _overridden(raw):
        return unnamed(raw)
    edge = EDGE.fullmatch(raw.path)
    if edge is None:
        return refused(BATCH) if _ROOT.fullmatch(raw.path) else unnamed(raw)
    if any(each.name != TOKEN for each in found):
        return refused(IN_QUERY)
    return _edge(raw, edge[2])


def only_whatsapp(path: str) -> bool:
    """Whether the edge is one that Messenger does not have."""
    edge = EDGE.fullmatch(path)
    return edge is not None and edge[2] == _ONLY_WHATSAPP


def _edge(raw: RawRequest, name: str) -> Operation:
    if name == _UPLOADS:
        return Operation("upload", Handling.PASS, Channel.WHATSAPP)
    if name not in _SENDS:
        return unnamed(raw, why=_WHY.get(name, "The gate does not know what this would send."))
    whatsapp = name == _ONLY_WHATSAPP or b"messaging_product" in raw.body
    channel = Channel.WHATSAPP if whatsapp else Channel.MESSENGER
    sends = "message" if whatsapp else PAGE_MESSAGE
    return _quiet(raw, channel) or Operation(sends, Handling.DECIDE, channel)


def _overridden(raw: RawRequest) -> bool:
    return any("method" in name.lower() for name, _ in raw.headers)


def _barred(raw: RawRequest) -> str | None:
    """Why a read may not pass: it could show a token, or be taken for a send."""
    found = parameters(raw.target) if "?" in raw.target else ()
    if any(_SENDING.fullmatch(each.name) for each in found):
        return AS_SEND
    asked = [each.value for each in found if each.name != TOKEN]
    names = [each.name for each in found if each.name != TOKEN]
    shown = " ".join((unquote(raw.path), *names, *asked)).lower()
    return SECRET if _SECRETS.search(shown) else None


def _quiet(raw: RawRequest, channel: Channel) -> Operation | None:
    """What says nothing: that a message was read, or that somebody types."""
    if b'"status"' not in raw.body and b'"sender_action"' not in raw.body:
        return None
    try:
        body = read_object(raw)
    except AmbiguousRequest:
        return None
    silent = _read_receipt(body) if channel is Channel.WHATSAPP else _action(body)
    return Operation("receipt", Handling.PASS, channel) if silent else None


def _read_receipt(body: Mapping[str, Any]) -> bool:
    """`{"messaging_product": "whatsapp", "status": "read", "message_id": ...}`."""
    return (
        body.keys() <= {"messaging_product", "status", "message_id", "typing_indicator"}
        and body.get("messaging_product") == "whatsapp"
        and body.get("status") == "read"
        and _is_word(body.get("message_id"))
        and body.get("typing_indicator") in (None, {"type": "text"})
    )


def _action(body: Mapping[str, Any]) -> bool:
    """`{"recipient": {"id": ...}, "sender_action": "typing_on"}`."""
    person = body.get("recipient")
    return (
        body.keys() == {"recipient", "sender_action"}
        and body["sender_action"] in _QUIET
        and isinstance(person, dict)
        and person.keys() == {"id"}
        and _is_word(person["id"])
    )


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and _WORD.fullmatch(value) is not None
