"""What does a message to WhatsApp's Cloud API say, to whom and from whom?

Fields from developers.facebook.com/docs/whatsapp/cloud-api/reference/messages, and those that
pywa 4.5 can send. The sender is the id of the phone number in the path: it is registered as
`whatsapp:<that id>`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gatekeeper.domain.message import Address, AddressKind, OutboundRequest
from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.meta.paths import EDGE, ME
from gatekeeper.providers.numbers import BSUID
from gatekeeper.providers.shape import (
    Found,
    Reader,
    members,
    person,
    read,
    reference,
    setting,
    string,
    wrong,
)
from gatekeeper.providers.whatsapp_content import typed

PRODUCT = "messaging_product"


def _product(value: Any, path: str, _found: Found) -> None:
    if value != "whatsapp":
        raise wrong(path, "must be whatsapp")


def _individual(value: Any, path: str, _found: Found) -> None:
    if value != "individual":
        raise wrong(path, "must be individual: the gate cannot tell who is in a group")


def _user(value: Any, path: str, found: Found) -> None:
    """A person whose number the business does not know."""
    if not BSUID.fullmatch(string(value, path)):
        raise wrong(path, "must be a user's id of the form US.123")
    found.recipients.append(Address(AddressKind.BSUID, value, path))


_ASIDE: Mapping[str, Reader] = {
    PRODUCT: _product,
    "recipient_type": _individual,
    "to": person(),
    "recipient": _user,
    "context": members({"message_id": reference()}, need=("message_id",)),
    "biz_opaque_callback_data": reference(),
    "message_activity_sharing": setting(),
    "product_policy": setting(),
}

MESSAGE = typed(_ASIDE)


def parse_whatsapp(
    raw: RawRequest, operation: Operation, body: Mapping[str, Any]
) -> OutboundRequest:
    """The message with its one meaning; raises AmbiguousRequest otherwise."""
    if body.get("type") is None and "text" in body:
        body = {**body, "type": "text"}
    found = read(MESSAGE, body)
    if body.get(PRODUCT) is None:
        raise wrong(PRODUCT, "is missing")
    if len(found.recipients) != 1:
        raise AmbiguousRequest("Exactly one of these fields must be given: to, recipient.")
    return OutboundRequest(
        provider="meta",
        operation=operation.name,
        channel=Channel.WHATSAPP,
        sender=_number(raw),
        recipients=tuple(found.recipients),
        parts=tuple(found.parts),
        media=tuple(found.media),
        opaque=tuple(found.opaque),
    )


def _number(raw: RawRequest) -> Address:
    edge = EDGE.fullmatch(raw.path)
    if edge is None or edge[1] == ME:
        raise AmbiguousRequest("The path must name the phone number's id.")
    return Address(AddressKind.UNKNOWN, edge[1], "(path)")
