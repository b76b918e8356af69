"""What does a call at Vonage say, to whom and from whom?

Its script is an NCCO in the request (developer.vonage.com, "NCCO reference"), or what an
`answer_url` will give, which the gate does not see. `connect` dials further people.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from gatekeeper.domain.message import Address, AddressKind, Claim, OutboundRequest, TextPart
from gatekeeper.domain.words import Channel, Role, Technology
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.json_body import read_object
from gatekeeper.providers.shape import (
    Found,
    Reader,
    anything,
    by_word,
    claim,
    each,
    media,
    members,
    opaque,
    person,
    read,
    reference,
    refused,
    sender,
    setting,
    string,
    text,
)
from gatekeeper.providers.vonage.credential import key_of

ANSWER_URL = "answer_url"
MOST_ACTIONS = 100
_TAG = re.compile(r"<[^<>]*>")
_WORD, _NOTE = setting(), reference()
_SPOKEN = "(spoken)"
"""Ends the path of a text without its SSML tags: it stands nowhere as such."""


def _talk(value: Any, path: str, found: Found) -> None:
    """What is read aloud, also without the SSML tags that may stand within a number."""
    said = string(value, path)
    found.parts.append(TextPart(path, Role.TTS, said))
    if "<" in said:
        found.parts.append(TextPart(path + _SPOKEN, Role.TTS, _TAG.sub("", said)))


def _recorded(value: Any, path: str, found: Found) -> None:
    found.words["record"] = "true"
    _RECORD(value, path, found)


_EVENTS: Mapping[str, Reader] = {
    "eventUrl": each(_NOTE, 5),
    "eventMethod": _WORD,
    "action": _WORD,
}
_RECORD = members(
    {**_EVENTS, **dict.fromkeys(("format", "split", "channels", "endOnSilence", "endOnKey"), _WORD),
     **dict.fromkeys(("timeOut", "beepStart", "transcription"), anything(Role.REFERENCE))}
)  # fmt: skip

ENDPOINT = by_word(
    "type",
    {
        "phone": members(
            {
                "type": _WORD,
                "number": person(),
                "dtmfAnswer": text(Role.DIGITS),
                "onAnswer": members(
                    {"url": opaque(ANSWER_URL), "ringbackTone": media(), "ringback": media()}
                ),
                "shaken": _NOTE,
            },
            need=("number",),
        ),
        "app": members({"type": _WORD, "user": person(AddressKind.CLIENT)}, need=("user",)),
        "sip": members(
            {"type": _WORD, "uri": person(AddressKind.SIP), "headers": anything(Role.REFERENCE),
             "standard_headers": anything(Role.REFERENCE)},
            need=("uri",),
        ),
        "vbc": members({"type": _WORD, "extension": person(AddressKind.CLIENT)},
                       need=("extension",)),
        "websocket": refused("is no person: a socket can be told anything, unseen by the gate"),
    },
)  # fmt: skip
"""Somebody who is dialled."""

_FROM = sender()
NCCO = each(
    by_word(
        "action",
        {
            "talk": members(
                {"action": _WORD, "text": _talk, **dict.fromkeys(
                    ("bargeIn", "loop", "level", "language", "style", "premium", "voiceName"),
                    _WORD)},
                need=("text",),
            ),
            "stream": members(
                {"action": _WORD, "streamUrl": each(media(), 5), "level": _WORD,
                 "bargeIn": _WORD, "loop": _WORD},
                need=("streamUrl",),
            ),
            "connect": members(
                {
                    **_EVENTS,
                    "endpoint": each(ENDPOINT),
                    "from": _FROM,
                    "ringbackTone": media(),
                    "advancedMachineDetection": anything(Role.REFERENCE),
                    **dict.fromkeys(
                        ("timeout", "limit", "machineDetection", "randomFromNumber", "eventType"),
                        _WORD,
                    ),
                },
                need=("endpoint",),
            ),
            "record": _recorded,
            "conversation": members(
                {**_EVENTS, "name": opaque("conversation"), "musicOnHoldUrl": each(media(), 5),
                 "record": claim("record"), "canSpeak": anything(Role.REFERENCE),
                 "canHear": anything(Role.REFERENCE), "startOnEnter": _WORD, "endOnExit": _WORD,
                 "mute": _WORD},
                need=("name",),
            ),
            "input": members(
                {**_EVENTS, "type": anything(Role.REFERENCE), "dtmf": anything(Role.REFERENCE),
                 "speech": anything(Role.REFERENCE), "mode": _WORD}
            ),
            "notify": members({**_EVENTS, "payload": anything(Role.REFERENCE)}),
            "wait": members({"action": _WORD, "timeout": _WORD}),
        },
    ),
    MOST_ACTIONS,
)  # fmt: skip
"""What a call does; an action that is not here (`pay`, `transfer`) is refused."""

_CALL = members(
    {
        "to": each(ENDPOINT),
        "from": by_word(
            "type",
            {"phone": members({"type": _WORD, "number": _FROM}, need=("number",)),
             "sip": members({"type": _WORD, "uri": sender(AddressKind.SIP)}, need=("uri",))},
        ),
        "random_from_number": claim(),
        "ncco": NCCO,
        "answer_url": each(opaque(ANSWER_URL), 2),
        "answer_method": _WORD,
        "event_url": each(_NOTE, 2),
        "event_method": _WORD,
        "machine_detection": claim(),
        "advanced_machine_detection": anything(Role.REFERENCE),
        "length_timer": _WORD,
        "ringing_timer": _WORD,
    },
    need=("to",),
    one_of=("ncco", "answer_url"),
)  # fmt: skip


def parse_call(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The call with its one meaning; raises AmbiguousRequest otherwise."""
    found = read(_CALL, read_object(raw))
    ours = found.senders[0] if found.senders else None
    if ours is None and not any(each.name == "random_from_number" for each in found.claims):
        raise AmbiguousRequest("The field from is missing, and so is random_from_number.")
    if any(other.value != found.senders[0].value for other in found.senders):
        raise AmbiguousRequest("A connect action sets another caller id than from.")
    claims = list(found.claims)
    recorded = "record" in found.words or Claim("record", "true") in claims
    return OutboundRequest(
        provider="vonage",
        operation=operation.name,
        channel=Channel.VOICE,
        sender=ours or Address(AddressKind.SERVICE, "random_from_number", "random_from_number"),
        recipients=tuple(found.recipients),
        parts=tuple(found.parts),
        media=tuple(found.media),
        opaque=tuple(found.opaque),
        claims=tuple(claims),
        technology=_technology(found),
        record=recorded,
        natural_key=key_of(raw),
    )


def _technology(found: Found) -> Technology:
    """A synthetic voice or a recording is what it is, whoever answers; else nobody can tell."""
    if any(part.role is Role.TTS for part in found.parts):
        return Technology.ARTIFICIAL
    return Technology.PRERECORDED if found.media else Technology.UNKNOWN
