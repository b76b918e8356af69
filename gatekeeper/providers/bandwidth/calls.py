"""What does a call or a one-time code at Bandwidth say, to whom and from whom?

Fields of the models CreateCall, MachineDetectionConfiguration and CodeRequest (bandwidth-sdk
23.3). What a call says comes from its answerUrl, which the gate does not see.
"""

from __future__ import annotations

from gatekeeper.domain.message import Claim, OutboundRequest
from gatekeeper.domain.words import Channel, Role, Technology
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.fields import e164, identifier, secret
from gatekeeper.providers.json_body import read_object
from gatekeeper.providers.shape import (
    Found,
    claim,
    members,
    opaque,
    read,
    reference,
    sender,
    setting,
    text,
    wrong,
)

ANSWER_URL = "answer_url"
"""What kind of content is registered under the URL that says what a call says."""

_MACHINE = members(
    {
        "mode": setting(),
        "detectionTimeout": setting(),
        "silenceTimeout": setting(),
        "speechThreshold": setting(),
        "speechEndThreshold": setting(),
        "machineSpeechEndThreshold": setting(),
        "delayResult": setting(),
        "callbackUrl": reference(),
        "callbackMethod": setting(),
        "fallbackUrl": reference(),
        "fallbackMethod": setting(),
        "username": secret(),
        "password": secret(),
        "fallbackUsername": secret(),
        "fallbackPassword": secret(),
    }
)
"""Its callbacks only tell: what they are answered is not run."""

CALL = members(
    {
        "to": e164(sip=True),
        "from": sender(),
        "applicationId": identifier(),
        "displayName": text(Role.SUBJECT),
        "privacy": claim(),
        "uui": reference(),
        "answerUrl": opaque(ANSWER_URL),
        "answerFallbackUrl": opaque(ANSWER_URL),
        "answerMethod": setting(),
        "answerFallbackMethod": setting(),
        "disconnectUrl": reference(),
        "disconnectMethod": setting(),
        "username": secret(),
        "password": secret(),
        "fallbackUsername": secret(),
        "fallbackPassword": secret(),
        "callTimeout": setting(),
        "callbackTimeout": setting(),
        "machineDetection": _MACHINE,
        "priority": setting(),
        "tag": reference(),
    },
    need=("to", "from", "answerUrl"),
)

_SPOKEN, _WRITTEN = (
    members(
        {
            "to": e164(),
            "from": sender(),
            "applicationId": identifier(),
            "scope": text(Role.TEMPLATE_VAR),
            "message": text(role),
            "digits": setting(),
        },
        need=("to", "from", "message"),
    )
    for role in (Role.TTS, Role.BODY)
)


def parse_call(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The call with its one meaning; raises AmbiguousRequest otherwise."""
    found = read(CALL, read_object(raw))
    shown = next((part.text for part in found.parts if part.path == "displayName"), "")
    if any(not sign.isprintable() for sign in shown):
        raise wrong("displayName", "has a control character in it")
    if shown:
        found.claims.append(Claim("displayName", "given"))
    return _request(found, operation, Technology.UNKNOWN)


def parse_code(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The one-time code with its message; raises AmbiguousRequest otherwise."""
    spoken = operation.channel is Channel.VOICE
    found = read(_SPOKEN if spoken else _WRITTEN, read_object(raw))
    return _request(found, operation, Technology.ARTIFICIAL if spoken else Technology.UNKNOWN)


def _request(found: Found, operation: Operation, technology: Technology) -> OutboundRequest:
    return OutboundRequest(
        provider="bandwidth",
        operation=operation.name,
        channel=operation.channel,
        sender=found.senders[0],
        recipients=tuple(found.recipients),
        parts=tuple(found.parts),
        opaque=tuple(found.opaque),
        claims=tuple(found.claims),
        technology=technology,
    )
