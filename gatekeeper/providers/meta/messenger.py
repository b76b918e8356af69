"""What does a message to Messenger's Send API say, to whom and from whom?

The page is the sender: by its id in the path, or the application's own account where the path says
`me`. It is registered as `messenger:<the page's id>`. Instagram's messages have the same form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from gatekeeper.domain.message import Address, AddressKind, OutboundRequest
from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.meta.messenger_content import MESSAGE
from gatekeeper.providers.meta.paths import EDGE, ME
from gatekeeper.providers.shape import (
    Found,
    claim,
    members,
    read,
    reference,
    refused,
    setting,
    wrong,
)

TAG = "tag"
"""The extra that a rule of the channel asks for."""

_PSID = re.compile(r"[1-9][0-9]{2,31}")
"""Written in one way only: a zero or a blank before it would be the same person to Graph."""
_OTHERS = "names a person whom the gate cannot tell: give the page-scoped id in recipient.id"


def _person(value: Any, path: str, found: Found) -> None:
    written = str(value) if type(value) is int else value
    if not isinstance(written, str):
        raise wrong(path, "must be a string")
    if not _PSID.fullmatch(written):
        raise wrong(path, "must be a page-scoped id, digits alone")
    found.recipients.append(Address(AddressKind.PSID, written, path))


_ELSE = refused(_OTHERS)

SEND = members(
    {
        "recipient": members(
            {
                "id": _person,
                "user_ref": _ELSE,
                "comment_id": _ELSE,
                "post_id": _ELSE,
                "phone_number": _ELSE,
                "name": _ELSE,
                "one_time_notif_token": _ELSE,
                "notification_messages_token": _ELSE,
            },
            need=("id",),
        ),
        "message": MESSAGE,
        "messaging_type": claim(),
        "tag": claim(),
        "notification_type": setting(),
        "persona_id": reference(),
        "reply_to": members({"mid": reference()}),
    },
    need=("recipient", "message"),
)


def parse_messenger(
    raw: RawRequest, operation: Operation, body: Mapping[str, Any]
) -> OutboundRequest:
    """The message with its one meaning; raises AmbiguousRequest otherwise."""
    found = read(SEND, body)
    tag = next((each.value for each in found.claims if each.name == TAG), None)
    return OutboundRequest(
        provider="meta",
        operation=operation.name,
        channel=Channel.MESSENGER,
        sender=_page(raw),
        recipients=tuple(found.recipients),
        parts=tuple(found.parts),
        media=tuple(found.media),
        opaque=tuple(found.opaque),
        claims=tuple(found.claims),
        extras={TAG: tag} if tag else {},
    )


def _page(raw: RawRequest) -> Address:
    edge = EDGE.fullmatch(raw.path)
    if edge is None:
        raise AmbiguousRequest("The path must name the page.")
    if edge[1] == ME:
        return Address(AddressKind.ACCOUNT, "", "(path)")
    return Address(AddressKind.PAGE, edge[1], "(path)")
