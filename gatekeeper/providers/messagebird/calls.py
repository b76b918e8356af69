"""What does a call at MessageBird say, to whom and from whom?

A call flow is a list of steps (developers.messagebird.com/api/voice-calling). One that is fetched
from a URL is opaque; steps that call or record somebody are refused.
"""

from __future__ import annotations

from collections.abc import Mapping

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.domain.words import Role, Technology
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.fields import secret
from gatekeeper.providers.json_body import read_object
from gatekeeper.providers.messagebird.messages import request_of
from gatekeeper.providers.messagebird.recipients import number
from gatekeeper.providers.shape import (
    Reader,
    by_word,
    claim,
    each,
    media,
    members,
    one_or_each,
    opaque,
    read,
    reference,
    sender,
    setting,
    text,
)

_STEPS: Mapping[str, Mapping[str, Reader]] = {
    "say": {
        "payload": text(Role.TTS),
        "language": setting(),
        "voice": setting(),
        "repeat": setting(),
        "loop": setting(),
        "ifMachine": claim("ifMachine"),
        "machineTimeout": setting(),
    },
    "play": {"media": one_or_each(media()), "repeat": setting()},
    "pause": {"length": setting()},
    "hangup": {},
    "fetchCallFlow": {"url": opaque("answer_url")},
}


def _step(options: Mapping[str, Reader]) -> Reader:
    return members(
        {"id": reference(), "action": setting(), "options": members(options)}, need=("action",)
    )


CALL = members(
    {
        "source": sender(),
        "destination": number,
        "callFlow": members(
            {
                "title": reference(),
                "steps": each(by_word("action", {w: _step(o) for w, o in _STEPS.items()}), 50),
            },
            need=("steps",),
        ),
        "webhook": members({"url": reference(), "token": secret()}),
    },
    need=("source", "destination", "callFlow"),
)


def parse_call(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The call with its one meaning; raises AmbiguousRequest otherwise."""
    found = read(CALL, read_object(raw))
    spoken = any(part.role is Role.TTS for part in found.parts)
    technology = Technology.PRERECORDED if found.media else Technology.UNKNOWN
    return request_of(
        found, operation, operation.channel, Technology.ARTIFICIAL if spoken else technology
    )
