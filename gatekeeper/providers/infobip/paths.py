"""What does a method and path mean to Infobip?

The paths are those of its SDK (infobip-api-python-client 6.0) and of older versions of the same
sends. Every account has a host of its own: the operator sets it as the upstream.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.closed import OVERRIDES, not_here, overridden, refused, showing, unnamed
from gatekeeper.providers.contract import Handling, Operation, RawRequest, Service
from gatekeeper.providers.json_body import read_object

SERVICES: tuple[Service, ...] = (Service("", ("api.infobip.com",)),)


def _decided(name: str, channel: Channel = Channel.SMS) -> Operation:
    return Operation(name, Handling.DECIDE, channel)


_WHATSAPP = ("text", "image", "video", "audio", "document", "sticker", "template")

_POSTED: Mapping[str, Operation] = {
    "/sms/3/messages": _decided("sms"),
    "/sms/2/text/advanced": _decided("sms_advanced"),
    "/sms/1/text/advanced": _decided("sms_advanced"),
    "/sms/2/text/single": _decided("sms_single"),
    "/sms/1/text/single": _decided("sms_single"),
    "/messages-api/1/messages": _decided("messages"),
    "/tts/3/single": _decided("voice_single", Channel.VOICE),
    "/tts/3/multi": _decided("voice_multi", Channel.VOICE),
    "/tts/3/advanced": _decided("voice_advanced", Channel.VOICE),
    "/2fa/2/pin": _decided("code"),
    "/2fa/2/pin/voice": _decided("code_call", Channel.VOICE),
    **{
        f"/whatsapp/1/message/{kind}": _decided(f"whatsapp_{kind}", Channel.WHATSAPP)
        for kind in _WHATSAPP
    },
    "/messages-api/1/messages/validate": Operation("validate", Handling.PASS),
    "/sms/1/preview": Operation("preview", Handling.PASS),
}
"""By the whole target; the last two send nothing."""

_VERIFY = re.compile(r"/2fa/2/pin/[A-Za-z0-9-]{1,64}/verify")
_RESEND = re.compile(r"/2fa/2/pin/[^/]+/resend(?:/voice)?(?:\?.*)?")
_STOPPED = re.compile(r"/(?:sms/1|tts/3)/bulks/status\?bulkId=[A-Za-z0-9._~%-]{1,200}")
_STATES = ("CANCELED", "PAUSED")
_SENDS_BY_GET = re.compile(r"/text(?:/|$)|/query(?:/|$)|/send(?:/|$)|sendsms|^/api/", re.IGNORECASE)
"""Older sends take all they need from the query (`GET /sms/1/text/query?to=...&text=...`)."""


def match(raw: RawRequest) -> Operation:
    """The operation; only the exact spelling of a path has one that sends."""
    if overridden(raw):
        return refused(OVERRIDES)
    known = _POSTED.get(raw.target)
    if known is not None:
        return known if raw.method == "POST" else not_here(raw)
    if raw.method == "POST" and _VERIFY.fullmatch(raw.target):
        return Operation("verify", Handling.PASS)
    if raw.method == "POST" and _RESEND.fullmatch(raw.target):
        return refused("A code is sent again to somebody whom this request does not name.")
    if raw.method == "PUT" and _STOPPED.fullmatch(raw.target):
        return _stopped(raw)
    if _SENDS_BY_GET.search(unquote(unquote(raw.path))):
        return refused("This read sends: use /sms/3/messages, whose body the gate can read.")
    return showing(raw) or unnamed(raw)


def _stopped(raw: RawRequest) -> Operation:
    """A bulk may be canceled or held; to let it go on would send."""
    try:
        body = read_object(raw)
    except AmbiguousRequest as unclear:
        return refused(str(unclear), status=unclear.status)
    if body.keys() == {"status"} and body["status"] in _STATES:
        return Operation("change", Handling.PASS)
    return refused("A bulk can only be canceled or paused here.")
