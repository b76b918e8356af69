"""Whom does a live call or a conversation concern, which a request names by its id alone?

Twilio tells: the call's own resource names both ends, a conversation's list its participants. Who
joins a conversation between that answer and the message is not seen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from msgspec.structs import replace

from gatekeeper.domain.message import Address, AddressKind, OutboundRequest
from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Operation, RawRequest, Reply
from gatekeeper.providers.json_once import decoded
from gatekeeper.providers.twilio import address
from gatekeeper.providers.twilio.calls import CALLER_ID, plain

LIVE_CALL, USER_MESSAGE, CONVERSATION = "live_call", "user_defined_message", "conversation"
"""The operations whose people Twilio has to tell."""
MOST = 100
"""Participants of a conversation; Twilio gives them on one page."""

NOBODY = Address(AddressKind.UNKNOWN, "", "")
"""Stands for the sender until Twilio has told who it is."""

_CALL = re.compile(r"/2010-04-01/Accounts/AC[0-9a-fA-F]{32}/Calls/CA[0-9a-fA-F]{32}")
_OUT = frozenset({"outbound-api", "outbound-dial"})
_NOT_READ = "Twilio's answer about this id cannot be read."


class TwilioLookup:
    """The reads for live calls and conversations."""

    def question(self, raw: RawRequest, operation: Operation) -> RawRequest | None:
        """The call, or the conversation's participants; None for any other operation."""
        target = _target(raw, operation)
        if target is None:
            return None
        kept = [pair for pair in raw.headers if pair[0].lower() == "authorization"]
        headers = (("Accept", "application/json"), *kept)
        return RawRequest("GET", target, headers, b"", raw.service)

    def answered(self, request: OutboundRequest, reply: Reply) -> OutboundRequest:
        """The request with its sender and everybody whom it reaches."""
        try:
            told = decoded(reply.body.decode())
        except ValueError:
            raise AmbiguousRequest(_NOT_READ) from None
        if not isinstance(told, dict):
            raise AmbiguousRequest(_NOT_READ)
        read: Callable[[OutboundRequest, dict[str, Any]], OutboundRequest]
        read = _conversation if request.operation == CONVERSATION else _call
        return read(request, told)


def _target(raw: RawRequest, operation: Operation) -> str | None:
    if operation.name == CONVERSATION:
        return f"{raw.path.removesuffix('/Messages')}/Participants?PageSize={MOST}"
    if operation.name in (LIVE_CALL, USER_MESSAGE) and (call := _CALL.match(raw.path)):
        return f"{call[0]}.json"
    return None


def _call(request: OutboundRequest, told: dict[str, Any]) -> OutboundRequest:
    """Who hears a call is its other end: who was called, or who called us."""
    direction = told.get("direction")
    if direction in _OUT:
        person, own = told.get("to"), told.get("from")
    elif direction == "inbound":
        person, own = told.get("from"), told.get("to")
    else:
        raise AmbiguousRequest("Twilio names no direction of this call that the gate knows.")
    if not (isinstance(person, str) and isinstance(own, str) and person and own):
        raise AmbiguousRequest(_NOT_READ)
    recipient, sender = address.call_party(person, "To"), address.call_party(own, "From")
    for claim in request.claims:
        if claim.name == CALLER_ID and claim.value != plain(sender):
            raise AmbiguousRequest("TwiML sets another caller id than the call's own number.")
    return replace(request, sender=sender, recipients=(recipient, *request.recipients))


def _conversation(request: OutboundRequest, told: dict[str, Any]) -> OutboundRequest:
    """One message for each channel and sender by which participants are reached."""
    people, meta = told.get("participants"), told.get("meta")
    if not isinstance(people, list) or not isinstance(meta, dict):
        raise AmbiguousRequest(_NOT_READ)
    if meta.get("next_page_url") or len(people) > MOST:
        raise AmbiguousRequest(f"The conversation has more than {MOST} participants.")
    bindings = [binding for each in people if (binding := _binding(each)) is not None]
    shared = {own for each in bindings if (own := each.get("projected_address"))}
    reached: dict[tuple[Channel, Address], list[Address]] = {}
    for channel, sender, person in _reached(bindings, shared):
        reached.setdefault((channel, sender), []).append(person)
    if not reached:
        raise AmbiguousRequest("The conversation has no participant whom the gate can judge.")
    first, *others = [
        replace(request, channel=_with_media(channel, request), sender=own, recipients=tuple(all_))
        for (channel, own), all_ in reached.items()
    ]
    return replace(first, also=tuple(others))


def _binding(participant: Any) -> dict[str, Any] | None:
    """How a participant is reached; None for one who only looks on in the app (chat)."""
    if not isinstance(participant, dict):
        raise AmbiguousRequest(_NOT_READ)
    binding = participant.get("messaging_binding")
    if binding is not None and not isinstance(binding, dict):
        raise AmbiguousRequest(_NOT_READ)
    return binding


def _reached(
    bindings: list[dict[str, Any]], shared: set[Any]
) -> Iterator[tuple[Channel, Address, Address]]:
    for binding in bindings:
        person = binding.get("address")
        if not person:
            continue
        own = binding.get("proxy_address") or (next(iter(shared)) if len(shared) == 1 else None)
        if not (isinstance(person, str) and isinstance(own, str)):
            raise AmbiguousRequest("A participant's own or proxy address is not told by Twilio.")
        if binding.get("type") == "email":
            raise AmbiguousRequest("A participant is reached by e-mail, which is not judged here.")
        channel, value = address.channel_of(person, "To")
        sender_channel, sender = address.channel_of(own, "From")
        if channel is not sender_channel:
            raise AmbiguousRequest("A participant and its proxy address are on two channels.")
        yield (
            channel,
            address.message_sender(channel, sender),
            address.message_recipient(channel, value),
        )


def _with_media(channel: Channel, request: OutboundRequest) -> Channel:
    return Channel.MMS if channel is Channel.SMS and request.media else channel
