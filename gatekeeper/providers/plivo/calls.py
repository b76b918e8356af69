"""What does a request to Plivo's Call resource say, to whom and from whom?

What is spoken stands in the XML that Plivo fetches from `answer_url`: it is opaque, so a call goes
out once a policy author has registered what is said there.
"""

from __future__ import annotations

from msgspec.structs import replace

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.domain.words import Role
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Operation, RawRequest
from gatekeeper.providers.json_body import read_object
from gatekeeper.providers.plivo.fields import ANSWER, CALLBACK, digits, only, people
from gatekeeper.providers.plivo.messages import request_of
from gatekeeper.providers.shape import (
    claim,
    members,
    opaque,
    read,
    reference,
    refused,
    sender,
    setting,
    text,
)

_WORD, _NOTE = setting(), reference()
_UNSEEN = refused("fetches what is said from an address that nobody can check")

_CALL = members(
    {
        **CALLBACK,
        "from": sender(),
        "to": people(),
        "answer_url": opaque(ANSWER),
        "fallback_url": opaque(ANSWER),
        "ring_url": _NOTE,
        "hangup_url": _NOTE,
        "machine_detection_url": _NOTE,
        "machine_detection": claim(),
        "caller_name": text(Role.SUBJECT),
        "send_digits": digits(),
        "sip_headers": _NOTE,
        "parent_call_uuid": _NOTE,
        **dict.fromkeys(
            (
                "answer_method", "ring_method", "hangup_method", "fallback_method",
                "machine_detection_method", "machine_detection_time", "ring_timeout", "time_limit",
                "hangup_on_ring", "send_on_preanswer", "error_if_parent_not_found",
            ),
            _WORD,
        ),
    },
    need=("from", "to", "answer_url"),
)  # fmt: skip

_PARTICIPANT = members(
    {
        "from": sender(),
        "to": people(),
        "role": _WORD,
        "caller_name": text(Role.SUBJECT),
        "call_uuid": refused("adds a call whose recipient is not named"),
        "sip_headers": _NOTE,
        "send_digits": digits(),
        "dial_music": only("Real", "real", "None", "none"),
        "record": _WORD,
        "transcript": _WORD,
        **dict.fromkeys(("enter_sound", "exit_sound"), only("none", "beep:1", "beep:2")),
        **dict.fromkeys(
            (
                "call_status_callback_url", "recording_callback_url", "status_callback_url",
                "transcription_url",
            ),
            _NOTE,
        ),
        **dict.fromkeys(
            (
                "confirm_key_sound_url", "wait_music_url", "agent_hold_music_url",
                "customer_hold_music_url", "on_exit_action_url", "start_recording_audio",
                "stop_recording_audio",
            ),
            _UNSEEN,
        ),
        **dict.fromkeys(
            (
                "call_status_callback_method", "confirm_key", "confirm_key_sound_method",
                "ring_timeout", "delay_dial", "max_duration", "max_participants",
                "record_min_member_count", "wait_music_method", "agent_hold_music_method",
                "customer_hold_music_method", "recording_callback_method",
                "status_callback_method", "on_exit_action_method", "record_participant_track",
                "record_file_format", "stay_alone", "coach_mode",
                "mute", "hold", "start_mpc_on_enter", "end_mpc_on_exit", "relay_dtmf_inputs",
                "enter_sound_method", "exit_sound_method", "start_recording_audio_method",
                "stop_recording_audio_method", "create_mpc_with_single_participant",
                "send_on_preanswer",
            ),
            _WORD,
        ),
        "status_callback_events": _NOTE,
    },
    need=("from", "to"),
)  # fmt: skip
"""Somebody who is called into a conference, where people speak."""

_RECORDS = ("record", "transcript", "record_participant_track")


def parse_call(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """The call with its one meaning; raises AmbiguousRequest otherwise."""
    return request_of(read(_CALL, read_object(raw)), operation, operation.channel)


def parse_participant(raw: RawRequest, operation: Operation) -> OutboundRequest:
    """Who is called into a conference; raises AmbiguousRequest otherwise."""
    found = read(_PARTICIPANT, read_object(raw))
    if any(found.words.get(name) not in (None, "true", "false") for name in _RECORDS):
        raise AmbiguousRequest("What is to be recorded must be true or false.")
    records = any(found.words.get(name) == "true" for name in _RECORDS)
    return replace(request_of(found, operation, operation.channel), record=records)
