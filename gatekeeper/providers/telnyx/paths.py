"""What does a method and path mean to Telnyx?

Only the paths that are listed may send or change anything: whatever else is no read is refused.
A command on a live call reaches a person whom its path does not name, so only those pass that
end something.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.closed import READS, overridden, refused, unnamed
from gatekeeper.providers.contract import Handling, Operation, RawRequest, Service
from gatekeeper.providers.json_body import read_object

SERVICES: tuple[Service, ...] = (Service("", ("api.telnyx.com",)),)

SENDS: Mapping[str, Operation] = {
    f"/v2/{path}": Operation(name, Handling.DECIDE, channel)
    for path, name, channel in (
        ("messages", "message", Channel.SMS),
        ("messages/schedule", "message", Channel.SMS),
        ("messages/long_code", "message", Channel.SMS),
        ("messages/short_code", "message", Channel.SMS),
        ("messages/number_pool", "pool", Channel.SMS),
        ("messages/alphanumeric_sender_id", "message", Channel.SMS),
        ("messages/group_mms", "group", Channel.MMS),
        ("messages/rcs", "rcs", Channel.RCS),
        ("messages/whatsapp", "whatsapp", Channel.WHATSAPP),
        ("calls", "call", Channel.VOICE),
        ("verifications/sms", "verification", Channel.SMS),
        ("verifications/whatsapp", "verification", Channel.WHATSAPP),
        ("verifications/call", "verification", Channel.VOICE),
        ("verifications/flashcall", "verification", Channel.VOICE),
    )
}
"""Every path that sends, and how it is read."""

_ENDS = re.compile(
    r"/v2/calls/[A-Za-z0-9_:=-]{1,200}/actions/(?:hangup|reject|leave_queue|record_pause"
    r"|(?:playback|record|gather|streaming|transcription|fork|siprec|suppression|ai_assistant"
    r"|conversation_relay)_stop)"
)
"""Commands on a live call that say nothing to anybody."""
_SILENT = frozenset({"client_state", "command_id", "stream_id", "recording_id", "cause", "stop"})
"""Members that such a command may have: none of them is heard."""
_ACTS = re.compile(r"/v2/calls/[^/]+/actions/.*")
_CANCELS = re.compile(r"/v2/messages/[0-9A-Za-z-]{1,64}")
_CHECKS = re.compile(
    r"/v2/verifications/(?:[0-9A-Za-z-]{1,64}|by_phone_number/[+0-9]{1,16})/actions/verify"
)
_SECRETS = re.compile(
    r"/v2/(?:telephony_credentials|integration_secrets|api_keys|managed_accounts"
    r"|messaging_profiles|(?:credential_|fqdn_|ip_|external_)?connections|authentication_providers"
    r"|wireguard_(?:peers|interfaces))\b.*"
)
"""What Telnyx answers with a key, a password or a signing secret."""

LIVE = (
    "A command on a live call names no recipient, so the gate cannot tell who would hear it. "
    "Only commands that end something pass."
)
TEXML = "TeXML is not supported by the gate: send calls by POST /v2/calls."
SECRET = "This would show a secret that the gate keeps from the app."


def match(raw: RawRequest) -> Operation:
    """The operation; a request that is not listed passes only if it reads."""
    send = SENDS.get(raw.target) if raw.method == "POST" else None
    if send is not None and not overridden(raw):
        return send
    if raw.method in READS and _SECRETS.fullmatch(raw.path):
        return refused(SECRET)
    passes = _passes(raw) if not overridden(raw) else None
    return passes or unnamed(raw, why=_why(raw.path))


def _passes(raw: RawRequest) -> Operation | None:
    """What changes something and yet sends nothing to anybody."""
    if raw.method == "DELETE" and _CANCELS.fullmatch(raw.target) and not raw.body:
        return Operation("cancel", Handling.PASS)
    if raw.method != "POST":
        return None
    if _CHECKS.fullmatch(raw.target):
        return Operation("check", Handling.PASS)
    return _ended(raw) if _ENDS.fullmatch(raw.target) else None


def _ended(raw: RawRequest) -> Operation:
    try:
        named = read_object(raw) if raw.body else {}
    except AmbiguousRequest as unclear:
        return refused(str(unclear), status=unclear.status)
    if not named.keys() <= _SILENT:
        return refused("A command that ends something can have no text, header or recipient.")
    return Operation("end", Handling.PASS, Channel.VOICE)


def _why(path: str) -> str:
    if _ACTS.fullmatch(path):
        return LIVE
    if path.startswith("/v2/texml"):
        return TEXML
    return "The gate cannot tell what this Telnyx operation would send."
