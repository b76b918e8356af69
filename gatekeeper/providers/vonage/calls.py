"""What does a call at Vonage say, to whom and from whom?

Its script is an NCCO in the request (developer.vonage.com, "NCCO reference"), or what an
`answer_url` will give, which the gate does not see. `connect` dials further people. Where Vonage
asks an URL how the call goes on (input, notify, a synchronous connect, a machine that was
detected), what comes back is not seen either: such an URL is opaque as `answer_url` is.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from gatekeeper.domain.message import Address, AddressKind, Claim, OutboundRequest, TextPart
from gatekeeper.domain.words import Channel, Role, Technology
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.authorization import bearer
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
    one_or_each,
    opaque,
    person,
    read,
    reference,
    refused,
    sender,
    setting,
    string,
    wrong,
)
from gatekeeper.providers.vonage.credential import claims_of, key_of
from gatekeeper.providers.vonage.fields import digits

ANSWER_URL, RANDOM = "answer_url", "random_from_number"
_ADVANCED = "advanced_machine_detection"
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
        found.parts.append(TextPart(path + _SPOKEN, Role.TTS, html.unescape(_TAG.sub("", said))))


def _connect(value: Any, path: str, found: Found) -> None:
    """Further people on the call; if it waits for its URL, that one says how it goes on."""
    waits = isinstance(value, dict) and value.get("eventType") == "synchronous"
    (_CONNECT_AND_ASK if waits else _CONNECT)(value, path, found)


def _awaited(value: Any, path: str, _found: Found) -> None:
    if value not in ("dtmf", "speech"):
        raise wrong(path, "must be dtmf or speech")


def _saved(value: Any, path: str, found: Found) -> None:
    """What a person says is kept."""
    _WORD(value, path, found)
    if value is not False:
        found.words["record"] = "true"


def _recorded(value: Any, path: str, found: Found) -> None:
    found.words["record"] = "true"
    _RECORD(value, path, found)


_EVENTS: Mapping[str, Reader] = {
    "eventUrl": each(_NOTE, 5),
    "eventMethod": _WORD,
    "action": _WORD,
}
_ASKED: Mapping[str, Reader] = {**_EVENTS, "eventUrl": each(opaque(ANSWER_URL), 1)}
"""Of an action whose URL is asked how the call goes on."""
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
                "dtmfAnswer": digits(),
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
_LEG: Mapping[str, Reader] = {
    "endpoint": each(ENDPOINT),
    "from": _FROM,
    "ringbackTone": one_or_each(media(), 5),
    "advancedMachineDetection": anything(Role.REFERENCE),
    "randomFromNumber": refused("may show another caller id: name that of the call in from"),
    **dict.fromkeys(("timeout", "limit", "machineDetection", "eventType"), _WORD),
}
_CONNECT = members({**_EVENTS, **_LEG}, need=("endpoint",))
_CONNECT_AND_ASK = members({**_ASKED, **_LEG}, need=("endpoint", "eventUrl"))
_SPEECH = members(
    {
        "uuid": anything(Role.REFERENCE),
        "context": anything(Role.REFERENCE),
        "saveAudio": _saved,
        **dict.fromkeys(
            (
                "endOnSilence",
                "language",
                "startTimeout",
                "maxDuration",
                "sensitivity",
                "provider",
                "model",
            ),
            _WORD,
        ),
    }
)
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
            "connect": _connect,
            "record": _recorded,
            "conversation": members(
                {**_EVENTS, "name": opaque("conversation"), "musicOnHoldUrl": each(media(), 5),
                 "record": claim("record"), "canSpeak": anything(Role.REFERENCE),
                 "canHear": anything(Role.REFERENCE), "startOnEnter": _WORD, "endOnExit": _WORD,
                 "mute": _WORD},
                need=("name",),
            ),
            "input": members(
                {**_ASKED, "type": one_or_each(_awaited), "dtmf": anything(Role.REFERENCE),
                 "speech": _SPEECH, "mode": _WORD},
                need=("eventUrl",),
            ),
            "notify": members(
                {**_ASKED, "payload": anything(Role.REFERENCE)}, need=("eventUrl",)
            ),
            "wait": members({"action": _WORD, "timeout": _WORD}),
        },
    ),
    MOST_ACTIONS,
)  # fmt: skip
"""What a call does; an action that is not here (`pay`, `transfer`) is refused."""


def _call(events: Reader) -> Reader:
    return members({**_OF_CALL, "event_url": each(events, 2)}, ("to",), ("ncco", "answer_url"))


_OF_CALL: Mapping[str, Reader] = {
        "to": each(ENDPOINT),
        "from": by_word(
            "type",
            {"phone": members({"type": _WORD, "number": _FROM}, need=("number",)),
             "sip": members({"type": _WORD, "uri": sender(AddressKind.SIP)}, need=("uri",))},
        ),
        RANDOM: claim(),
        "ncco": NCCO,
        "answer_url": each(opaque(ANSWER_URL), 2),
        "answer_method": _WORD,
        "event_method": _WORD,
        "machine_detection": claim(),
        "advanced_machine_detection": anything(Role.REFERENCE),
        "length_timer": _WORD,
        "ringing_timer": _WORD,
}  # fmt: skip
_CALL = _call(_NOTE)
_CALL_AND_ASK = _call(opaque(ANSWER_URL))
"""Once a machine is detected, its `event_url` may say how the call goes on."""


def parse_call(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The call with its one meaning; raises AmbiguousRequest otherwise."""
    body = read_object(raw)
    asks = body.get(_ADVANCED) is not None
    if asks and not body.get("event_url"):
        raise wrong("event_url", f"is missing, and {_ADVANCED} asks it how the call goes on")
    found = read(_CALL_AND_ASK if asks else _CALL, body)
    ours = _ours(raw, body, found)
    if any(other.value != found.senders[0].value for other in found.senders):
        raise AmbiguousRequest("A connect action sets another caller id than from.")
    claims = list(found.claims)
    recorded = "record" in found.words or Claim("record", "true") in claims
    return OutboundRequest(
        provider="vonage",
        operation=operation.name,
        channel=Channel.VOICE,
        sender=ours,
        recipients=tuple(found.recipients),
        parts=tuple(found.parts),
        media=tuple(found.media),
        opaque=tuple(found.opaque),
        claims=tuple(claims),
        technology=_technology(found),
        record=recorded,
        natural_key=key_of(raw),
    )


def _ours(raw: RawRequest, body: Mapping[str, Any], found: Found) -> Address:
    """Who calls: a number, or any number of the application that the token is for."""
    if body.get(RANDOM) is not True:
        if body.get("from") is None:
            raise AmbiguousRequest(f"The field from is missing, and so is {RANDOM}.")
        return found.senders[0]
    if found.senders:
        raise wrong(RANDOM, "is given beside a number in from")
    named = claims_of(bearer(raw) or "").get("application_id")
    if not isinstance(named, str) or not named:
        raise wrong(RANDOM, "needs a token of the application whose numbers are meant")
    return Address(AddressKind.SERVICE, named, RANDOM)


def _technology(found: Found) -> Technology:
    """A synthetic voice or a recording is what it is, whoever answers; else nobody can tell."""
    if any(part.role is Role.TTS for part in found.parts):
        return Technology.ARTIFICIAL
    return Technology.PRERECORDED if found.media else Technology.UNKNOWN
