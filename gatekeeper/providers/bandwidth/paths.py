"""What does a method and path mean to Bandwidth?

The paths are those of its SDK (bandwidth-sdk 23.3). Messages and calls lie on hosts of their own,
but an SDK that was given one host asks there for both: a path tells its service by itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.closed import (
    OVERRIDES,
    READS,
    not_here,
    overridden,
    refused,
    showing,
    unnamed,
)
from gatekeeper.providers.contract import Handling, Operation, RawRequest, Service
from gatekeeper.providers.json_body import read_object

VOICE, MFA = "voice", "mfa"

SERVICES: tuple[Service, ...] = (
    Service("", ("messaging.bandwidth.com",)),
    Service(VOICE, ("voice.bandwidth.com",)),
    Service(MFA, ("mfa.bandwidth.com",)),
)

ACCOUNT = re.compile(r"/api/v[12]/(?:users|accounts)/([A-Za-z0-9-]{1,40})(?=[/?]|$)")

_POSTED: Mapping[str, Operation] = {
    "/api/v2/users//messages": Operation("message", Handling.DECIDE),
    "/api/v2/users//messages/multiChannel": Operation("multi_channel", Handling.DECIDE),
    "/api/v2/accounts//calls": Operation("call", Handling.DECIDE, Channel.VOICE, service=VOICE),
    "/api/v1/accounts//code/messaging": Operation("code", Handling.DECIDE, service=MFA),
    "/api/v1/accounts//code/voice": Operation(
        "code_call", Handling.DECIDE, Channel.VOICE, service=MFA
    ),
    "/api/v1/accounts//code/verify": Operation("verify", Handling.PASS, service=MFA),
}
"""By the path without its account; the last only asks whether a code was the right one."""

_CHANGE = re.compile(r"/api/v2/accounts//(?:calls|conferences)/[A-Za-z0-9-]+")
_RECORDING = re.compile(r"/api/v2/accounts//calls/[A-Za-z0-9-]+/recording")
_BXML = re.compile(r"/api/v2/accounts//(?:calls|conferences)/[A-Za-z0-9-]+/bxml")
_MEDIA = re.compile(r"/api/v2/users//media/[A-Za-z0-9._~%-]+(?:/[A-Za-z0-9._~%-]+)*")
_DELETED = re.compile(
    r"/api/v2/accounts//calls/[A-Za-z0-9-]+/(?:recordings|transcriptions)/[A-Za-z0-9-]+"
    r"(?:/(?:media|transcription))?"
)

_ENDS: Mapping[str, tuple[str, ...]] = {
    "state": ("completed",),
    "status": ("completed",),
    "redirectMethod": ("GET", "POST"),
    "redirectFallbackMethod": ("GET", "POST"),
}
"""A change that only ends a call or conference; the SDK adds the methods by itself."""
_PAUSES: Mapping[str, tuple[str, ...]] = {"state": ("paused",)}

_UNKNOWN_CALLEE = (
    "New BXML would say what was not checked, to somebody whom this request does not name."
)
_ONLY_ENDS = "A live call can only be ended here: its new BXML would say what was not checked."


def match(raw: RawRequest) -> Operation:
    """The operation; only the exact spelling of a path has one that sends."""
    named = ACCOUNT.match(raw.target)
    if named is None:
        return unnamed(raw)
    account = named[1]
    path = raw.target[: named.start(1)] + raw.target[named.end(1) :]
    posted = _POSTED.get(path)
    if posted is not None:
        if raw.method != "POST":
            return _otherwise(raw, path, account)
        if overridden(raw):
            return refused(OVERRIDES, account)
        return replace(posted, account=account)
    return _otherwise(raw, path, account)


def _otherwise(raw: RawRequest, path: str, account: str) -> Operation:
    if overridden(raw):
        return refused(OVERRIDES, account)
    if raw.method in READS:
        read = showing(raw, account) or unnamed(raw, account)
        return replace(read, service=_service_of(path))
    if path in _POSTED:
        return not_here(raw, account)
    return _changed(raw, path, account)


def _changed(raw: RawRequest, path: str, account: str) -> Operation:
    if raw.method == "POST" and _CHANGE.fullmatch(path):
        return _silent(raw, account, _ENDS, _ONLY_ENDS)
    if raw.method == "PUT" and _RECORDING.fullmatch(path):
        return _silent(raw, account, _PAUSES, "A recording can only be paused here.")
    if raw.method == "PUT" and _BXML.fullmatch(path):
        return refused(_UNKNOWN_CALLEE, account)
    if raw.method in ("PUT", "DELETE") and _MEDIA.fullmatch(path):
        # A stored file goes to nobody before a message names it.
        return Operation("media", Handling.PASS, account=account)
    if raw.method == "DELETE" and _DELETED.fullmatch(path):
        return Operation("delete", Handling.PASS, Channel.VOICE, account, service=VOICE)
    return unnamed(raw, account)


def _silent(
    raw: RawRequest, account: str, words: Mapping[str, tuple[str, ...]], otherwise: str
) -> Operation:
    """A change passes if it has only these words, one of them a state; any other is refused."""
    try:
        body: dict[str, Any] = read_object(raw)
    except AmbiguousRequest as unclear:
        return refused(str(unclear), account, unclear.status)
    plain = all(value in words.get(name, ()) for name, value in body.items())
    if plain and ("state" in body or "status" in body):
        return Operation("change", Handling.PASS, Channel.VOICE, account, service=VOICE)
    return refused(otherwise, account)


def _service_of(path: str) -> str:
    """Where a read belongs; empty for the service that was addressed."""
    if path.startswith("/api/v2/accounts/"):
        return VOICE
    return MFA if path.startswith("/api/v1/accounts/") else ""
