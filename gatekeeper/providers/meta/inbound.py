"""What does a Meta webhook tell? One may tell of several numbers, pages and people at once.

    {"object": "whatsapp_business_account" | "page" | "instagram", "entry": [...]}

WhatsApp's part of it is read in `inbound_whatsapp`, Messenger's in `inbound_messenger`. Before
Meta sends any, it asks by GET whether the address is ours: `greeting`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Greeting, RawRequest, Reply
from gatekeeper.providers.json_body import read_object
from gatekeeper.providers.meta.inbound_messenger import of_page
from gatekeeper.providers.meta.inbound_whatsapp import of_account
from gatekeeper.providers.meta.query import parameters
from gatekeeper.providers.meta.told import NOT_READ, Fields, objects
from gatekeeper.providers.webhook import InboundEvent, InboundOperation

_Reader = Callable[[Fields], Iterator[InboundEvent]]

_READERS: dict[str, _Reader] = {
    "whatsapp_business_account": of_account,
    "page": of_page,
    "instagram": of_page,
}
_LONGEST = 256


def inbound(raw: RawRequest) -> InboundOperation:
    """No account: a webhook may concern several, and Meta sends nothing of what it is answered."""
    if raw.method != "POST":
        raise AmbiguousRequest("Have the provider call this address by POST.", status=405)
    _entries(raw)
    return InboundOperation("", answered=False)


def events(raw: RawRequest) -> tuple[InboundEvent, ...]:
    """What the webhook says of each person; empty if it is about no message."""
    kind, entries = _entries(raw)
    read = _READERS.get(kind)
    return tuple(_all(read, entries)) if read else ()


def _all(read: _Reader, entries: list[Fields]) -> Iterator[InboundEvent]:
    for entry in entries:
        yield from read(entry)


def greeting(raw: RawRequest) -> Greeting | None:
    """Meta's question whether the address is ours, with the answer that it waits for."""
    if raw.method != "GET":
        return None
    asked = [(each.name, each.value) for each in parameters(raw.target)]
    said = dict(asked)
    challenge = said.get("hub.challenge", "")
    whole = len(said) == len(asked) and said.get("hub.mode") == "subscribe"
    if not whole or not challenge.isalnum() or not challenge.isascii():
        return None
    if len(challenge) > _LONGEST:
        return None
    reply = Reply(200, (("Content-Type", "text/plain"),), challenge.encode())
    return Greeting(said.get("hub.verify_token", ""), reply)


def _entries(raw: RawRequest) -> tuple[str, list[Fields]]:
    body = read_object(raw)
    kind = body.get("object")
    if not isinstance(kind, str):
        raise AmbiguousRequest(NOT_READ)
    return kind, objects(body, "entry")
