"""What does a message, a spoken text or a code at MessageBird say, to whom and from whom?

Fields of its SMS, MMS, Voice Messaging and Verify APIs (developers.messagebird.com/api). Groups of
contacts are refused: who is in them, only MessageBird knows.
"""

from __future__ import annotations

from collections.abc import Mapping

from gatekeeper.domain.message import OutboundRequest, TextPart
from gatekeeper.domain.words import Channel, Role, Technology
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.binary_sms import readable
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.fields import later
from gatekeeper.providers.json_body import read_object
from gatekeeper.providers.messagebird.recipients import number, recipients
from gatekeeper.providers.shape import (
    Found,
    Reader,
    claim,
    each,
    maybe_none,
    media,
    members,
    read,
    reference,
    refused,
    sender,
    setting,
    text,
    wrong,
)

_COMMON: Mapping[str, Reader] = {
    "originator": sender(),
    "recipients": recipients,
    "groupIds": refused("names people whom the gate does not see"),
    "reference": reference(),
    "reportUrl": reference(),
    "scheduledDatetime": later(),
}
_NEED = ("originator", "recipients", "body")

MESSAGE = members(
    {
        **_COMMON,
        "body": text(Role.BODY),
        "type": setting(),
        "validity": setting(),
        "gateway": setting(),
        "datacoding": setting(),
        "mclass": setting(),
        "shortenUrls": claim(),
        "typeDetails": maybe_none(members({"udh": text(Role.REFERENCE)})),
    },
    need=_NEED,
)
MMS = members(
    {
        **_COMMON,
        "body": text(Role.BODY),
        "subject": text(Role.SUBJECT),
        "mediaUrls": maybe_none(each(media())),
    },
    need=("originator", "recipients"),
)
VOICE_MESSAGE = members(
    {
        **_COMMON,
        "body": text(Role.TTS),
        "language": setting(),
        "voice": setting(),
        "repeat": setting(),
        "ifMachine": claim(),
        "machineTimeout": setting(),
    },
    need=_NEED,
)
VERIFY = members(
    {
        "recipient": number,
        "originator": sender(),
        "template": text(Role.BODY),
        "type": setting(),
        "reference": reference(),
        "reportUrl": reference(),
        "timeout": setting(),
        "tokenLength": setting(),
        "maxAttempts": setting(),
        "datacoding": setting(),
        "voice": setting(),
        "language": setting(),
    },
    need=("recipient", "originator"),
)
_SHAPES = {"message": MESSAGE, "mms": MMS, "voice_message": VOICE_MESSAGE, "verify": VERIFY}


def parse_message(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The message with its one meaning; raises AmbiguousRequest otherwise."""
    found = read(_SHAPES[operation.name], read_object(raw))
    channel, technology = operation.channel, Technology.UNKNOWN
    if operation.name == "message":
        _kind(found)
    elif operation.name == "verify":
        channel = _way(found)
    elif operation.name == "mms" and not (found.media or found.parts):
        raise AmbiguousRequest("There is nothing to send: the field body or mediaUrls is missing.")
    if channel is Channel.VOICE:
        technology = Technology.ARTIFICIAL
    return request_of(found, operation, channel, technology)


def request_of(
    found: Found, operation: Operation, channel: Channel, technology: Technology
) -> OutboundRequest:
    """What a shape has found, as one message."""
    return OutboundRequest(
        provider="messagebird",
        operation=operation.name,
        channel=channel,
        sender=found.senders[0],
        recipients=tuple(found.recipients),
        parts=tuple(found.parts),
        media=tuple(found.media),
        opaque=tuple(found.opaque),
        claims=tuple(found.claims),
        technology=technology,
        send_at=found.send_at,
    )


def _kind(found: Found) -> None:
    """A text, or data in hexadecimal digits: then it is read as a phone would show it."""
    kind = found.words.get("type", "sms")
    told = {part.path: part.text for part in found.parts}
    header = told.get("typeDetails/udh", "")
    if kind in ("sms", "flash"):
        if header:
            raise wrong("typeDetails/udh", "goes with the type binary only")
        return
    if kind != "binary":
        raise wrong("type", "must be sms, flash or binary")
    try:
        shown = readable(bytes.fromhex(told["body"]), bytes.fromhex(header))
    except ValueError:
        raise wrong("body", "must be hexadecimal digits, and so must typeDetails.udh") from None
    if shown is None:
        raise wrong("body", "is data that nobody can read as a text")
    found.parts = [part for part in found.parts if part.path not in ("body", "typeDetails/udh")]
    found.parts.append(TextPart("body(decoded)", Role.BODY, shown))


def _way(found: Found) -> Channel:
    """A code is written or spoken; one by e-mail is not looked at here."""
    kind = found.words.get("type", "sms")
    if kind not in ("sms", "flash", "tts"):
        raise wrong("type", "must be sms, flash or tts")
    if kind != "tts":
        return Channel.SMS
    found.parts = [_spoken(part) for part in found.parts]
    return Channel.VOICE


def _spoken(part: TextPart) -> TextPart:
    return TextPart(part.path, Role.TTS, part.text) if part.role is Role.BODY else part
