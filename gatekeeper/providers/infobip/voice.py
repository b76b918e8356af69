"""What does a spoken text or a one-time code at Infobip say, to whom and from whom?

Fields of the models CallsSingleBody, CallsMultiBody, CallsAdvancedBody and
TfaStartAuthenticationRequest (infobip-api-python-client 6.0).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.domain.words import Role, Technology
from gatekeeper.providers.batches import found_in, several, together, unread
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.fields import later
from gatekeeper.providers.infobip.batches import request_of
from gatekeeper.providers.infobip.fields import DESTINATIONS, WINDOW
from gatekeeper.providers.json_body import read_object
from gatekeeper.providers.shape import (
    Found,
    Reader,
    claim,
    media,
    members,
    one_or_each,
    opaque,
    person,
    read,
    reference,
    refused,
    sender,
    setting,
    text,
    values,
)

CODE_TEMPLATE = "infobip_2fa_message"
"""The kind of a one-time code's message, which is kept at Infobip under an id."""

_SPOKEN: Mapping[str, Reader] = {
    "from": sender(),
    "text": text(Role.TTS),
    "audioFileUrl": media(),
    "language": setting(),
    "voice": members({"gender": setting(), "name": setting()}),
}
_TO: Mapping[str, Reader] = {"to": one_or_each(person())}
_COUNTS = ("callTimeout", "dtmfTimeout", "maxDtmf", "pause", "ringTimeout", "speechRate")
_MORE: Mapping[str, Reader] = {
    **dict.fromkeys((*_COUNTS, "validityPeriod", "repeatDtmf"), setting()),
    "callTransfers": refused("calls further people"),
    "callbackData": reference(),
    "notifyUrl": reference(),
    "notifyContentType": setting(),
    "notifyContentVersion": setting(),
    "machineDetection": claim("machineDetection"),
    "retry": members(dict.fromkeys(("maxCount", "maxPeriod", "minPeriod"), setting())),
    "sendingSpeed": members({"speed": setting(), "timeUnit": setting()}),
    "deliveryTimeWindow": WINDOW,
    "sendAt": later(),
}
_SAYS = ("text", "audioFileUrl")

SINGLE = members({**_SPOKEN, **_TO}, need=("to",), one_of=_SAYS)
ADVANCED = members(
    {**_SPOKEN, **_MORE, "destinations": DESTINATIONS}, need=("destinations",), one_of=_SAYS
)
_SHARED = members({"messages": unread, "bulkId": reference()}, need=("messages",))

CODE = members(
    {
        "applicationId": reference(),
        "messageId": opaque(CODE_TEMPLATE),
        "from": sender(),
        "to": person(),
        "placeholders": values(text(Role.TEMPLATE_VAR)),
        "trackDelivery": setting(),
    },
    need=("to", "messageId"),
)


def parse_voice(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The first spoken message with the others beside it; raises AmbiguousRequest otherwise."""
    body = read_object(raw)
    if operation.name == "voice_single":
        return _spoken(read(SINGLE, body), operation)
    shared = read(_SHARED, body)
    take = ADVANCED if operation.name == "voice_advanced" else SINGLE

    def one(value: Any, path: str) -> list[OutboundRequest]:
        return [_spoken(found_in(take, value, path), operation)]

    return together(several(body["messages"], "messages", one), shared)


def parse_code(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The one-time code with what is put into its message."""
    found = read(CODE, read_object(raw))
    spoken = operation.name == "code_call"
    technology = Technology.ARTIFICIAL if spoken else Technology.UNKNOWN
    return request_of(found, operation, operation.channel, technology)


def _spoken(found: Found, operation: Operation) -> OutboundRequest:
    """A recording is prerecorded, a text is spoken by an artificial voice (47 CFR 64.1200)."""
    technology = Technology.PRERECORDED if found.media else Technology.ARTIFICIAL
    return request_of(found, operation, operation.channel, technology)
