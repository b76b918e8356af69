"""Whom does a message reach that names its recipient by the id of a contact at Sinch?

Sinch tells: the contact's own resource lists an identity for each channel. Who changes it between
that answer and the message is not seen.
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from gatekeeper.domain.message import Address, OutboundRequest
from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Operation, RawRequest, Reply
from gatekeeper.providers.json_body import read_object
from gatekeeper.providers.json_once import decoded
from gatekeeper.providers.sinch.conversation import CHANNELS, CONTACT, identity_on

_NOT_READ = "Sinch's answer about this contact cannot be read."
_ELSEWHERE = (
    "The contact may be reached on a channel that the gate does not know: name the channels in "
    "channel_priority_order."
)


class SinchLookup:
    """The read of a contact."""

    def question(self, raw: RawRequest, operation: Operation) -> RawRequest | None:
        """The contact that a message names; None if it names identities itself."""
        if operation.name != "conversation":
            return None
        contact = read_object(raw)["recipient"].get(CONTACT)
        if not contact:
            return None
        target = f"/v1/projects/{operation.account}/contacts/{contact}"
        kept = [pair for pair in raw.headers if pair[0].lower() == "authorization"]
        return RawRequest("GET", target, (("Accept", "application/json"), *kept), b"", raw.service)

    def answered(self, request: OutboundRequest, reply: Reply) -> OutboundRequest:
        """The messages on those channels on which the contact has an identity."""
        asked = (request, *request.also)
        known = _identities(reply, any_channel=len(asked) == len(CHANNELS))
        reached = [
            replace(each, recipients=tuple(known[each.channel]), also=())
            for each in asked
            if known.get(each.channel)
        ]
        if not reached:
            raise AmbiguousRequest("The contact has no identity on a channel that may be tried.")
        return replace(reached[0], also=tuple(reached[1:]))


def _identities(reply: Reply, *, any_channel: bool) -> dict[Channel, list[Address]]:
    """Everybody who stands there, by channel; `any_channel`: Sinch may choose among all."""
    found: dict[Channel, list[Address]] = {}
    for place, each in enumerate(_listed(reply)):
        word, identity = each.get("channel"), each.get("identity")
        if not (isinstance(word, str) and isinstance(identity, str) and identity):
            raise AmbiguousRequest(_NOT_READ)
        channel = CHANNELS.get(word)
        if channel is None and any_channel:
            raise AmbiguousRequest(_ELSEWHERE)
        if channel is not None:
            path = f"contact/channel_identities/{place}/identity"
            found.setdefault(channel, []).append(identity_on(word, identity, path))
    return found


def _listed(reply: Reply) -> list[dict[str, Any]]:
    try:
        told = decoded(reply.body.decode())
    except ValueError:
        raise AmbiguousRequest(_NOT_READ) from None
    listed = told.get("channel_identities") if isinstance(told, dict) else None
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        raise AmbiguousRequest(_NOT_READ)
    return listed
