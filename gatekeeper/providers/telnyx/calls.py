"""What does a request to Telnyx's Calls resource say, to whom and from whom?

A call says what it is given here (a recording, an assistant's words); later commands name it by
an id alone and do not pass the gate (`paths`). What only streams, relays or transcribes the call
hands the voices on it to others, so it counts as a recording.
"""

from __future__ import annotations

import re
from typing import Any

from msgspec.structs import replace

from gatekeeper.domain.message import Address, AddressKind, OutboundRequest, TextPart
from gatekeeper.domain.words import Role, Technology
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.fields import payload, secret
from gatekeeper.providers.json_body import read_object
from gatekeeper.providers.shape import (
    Found,
    anything,
    claim,
    each,
    maybe_none,
    media,
    members,
    one_or_each,
    opaque,
    read,
    reference,
    refused,
    setting,
    string,
    text,
    values,
    wrong,
)
from gatekeeper.providers.telnyx.fields import WEBHOOKS, dialled, identifier
from gatekeeper.providers.telnyx.messages import request_of

_DIGITS = re.compile(r"[0-9A-Da-dwW*#]{0,200}")
_UNSEEN = refused("starts a conversation that nobody can check")


def _caller(value: Any, path: str, found: Found) -> None:
    """The caller id: a number or a SIP address."""
    kind = AddressKind.SIP if string(value, path).startswith("sip:") else AddressKind.PHONE
    found.senders.append(Address(kind, value, path))


def _digits(value: Any, path: str, found: Found) -> None:
    if not _DIGITS.fullmatch(string(value, path)):
        raise wrong(path, "may hold digits, A to D, '#', '*' and 'w' only")
    found.parts.append(TextPart(path, Role.DIGITS, value))


_WORD, _NOTE, _WORDS = setting(), reference(), values(setting())
_HEADERS = maybe_none(each(members({"name": _NOTE, "value": _NOTE})))

_ASSISTANT = members(
    {
        "id": opaque("ai_assistant"),
        "name": text(Role.SUBJECT),
        "greeting": text(Role.TTS),
        "instructions": text(Role.TTS),
        "dynamic_variables": values(anything(Role.TEMPLATE_VAR)),
        "model": _NOTE,
    },
    need=("id",),
)

_CONFERENCE = members(
    {
        "id": identifier(),
        "conference_name": _NOTE,
        "hold_audio_url": media(),
        "hold_media_name": opaque("media_name"),
        "whisper_call_control_ids": each(identifier()),
        **dict.fromkeys(
            (
                "beep_enabled", "early_media", "end_conference_on_exit", "hold", "mute",
                "soft_end_conference_on_exit", "start_conference_on_create",
                "start_conference_on_enter", "supervisor_role",
            ),
            _WORD,
        ),
    }
)  # fmt: skip

_SETTINGS = (
    "bridge_intent", "bridge_on_answer", "media_encryption", "park_after_unbridge",
    "preferred_codecs", "prevent_double_bridge", "record", "record_channels", "record_format",
    "record_max_length", "record_timeout_secs", "record_track", "record_trim", "retry_on_timeout",
    "route_to_mobile", "send_silence_when_idle", "sip_region", "sip_transport_protocol",
    "stream_bidirectional_codec", "stream_bidirectional_mode",
    "stream_bidirectional_sampling_rate", "stream_bidirectional_target_legs", "stream_codec",
    "stream_establish_before_call_originate", "stream_track", "supervisor_role",
    "time_limit_secs", "timeout_secs", "transcription", "webhook_url_method",
    "webhook_urls_method",
)  # fmt: skip

_CALL = members(
    {
        **dict.fromkeys(_SETTINGS, _WORD),
        **WEBHOOKS,
        "to": one_or_each(dialled()),
        "from": _caller,
        "connection_id": identifier(),
        "command_id": identifier(),
        "billing_group_id": identifier(),
        "link_to": identifier(),
        "supervise_call_control_id": identifier(),
        "from_display_name": text(Role.SUBJECT),
        "diversion": _NOTE,
        "privacy": claim(),
        "audio_url": media(),
        "media_name": opaque("media_name"),
        "assistant": _ASSISTANT,
        "conference_config": _CONFERENCE,
        "client_state": payload(),
        "custom_headers": _HEADERS,
        "sip_headers": _HEADERS,
        "send_digits_on_answer": _digits,
        "sip_auth_username": _NOTE,
        "sip_auth_password": secret(),
        "stream_auth_token": secret(),
        "stream_url": _NOTE,
        "record_custom_file_name": _NOTE,
        "transcription_config": anything(Role.REFERENCE),
        "webhook_urls": values(each(_NOTE)),
        "webhook_retries_policies": values(members({"retries_ms": each(_WORD)})),
        "answering_machine_detection": claim(),
        "answering_machine_detection_config": _WORDS,
        "deepfake_detection": _WORDS,
        "sound_modifications": _WORDS,
        "conversation_relay_config": _UNSEEN,
        "dialogflow_config": _UNSEEN,
        "enable_dialogflow": _UNSEEN,
    },
    need=("to", "from", "connection_id"),
)

_HEARD_BY_OTHERS = ("record", "transcription", "stream_url", "transcription_config")


def parse_call(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The call with its one meaning; raises AmbiguousRequest otherwise."""
    body = read_object(raw)
    found = read(_CALL, body)
    if found.words.get("supervisor_role") and "supervise_call_control_id" not in found.words:
        raise AmbiguousRequest("The field supervisor_role is given without a call to supervise.")
    return replace(
        request_of(found, operation, operation.channel),
        technology=_technology(body),
        record=any(body.get(name) not in (None, False, "") for name in _HEARD_BY_OTHERS),
        natural_key=found.words.get("command_id"),
    )


def _technology(body: dict[str, Any]) -> Technology:
    if body.get("assistant") is not None:
        return Technology.AI_VOICE
    recorded = body.get("audio_url") or body.get("media_name")
    return Technology.PRERECORDED if recorded else Technology.UNKNOWN
