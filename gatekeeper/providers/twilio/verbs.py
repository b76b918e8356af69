"""What does each verb, noun and attribute of TwiML do?

After Twilio's voice TwiML reference and the builder classes of its SDK (9.13). A verb that is not
listed as known is opaque: the gate cannot tell what it would say or fetch.
"""

from __future__ import annotations

from collections.abc import Mapping

from gatekeeper.domain.words import Role

SSML = frozenset(
    {"break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w"}
)
"""Mark-up inside `Say`: its text is part of the sentence."""

DIALS: Mapping[str, str] = {
    "Dial": "", "Number": "", "WhatsApp": "", "Sip": "", "Uri": "",
    "Client": "client:", "Identity": "client:",
}  # fmt: skip
"""Elements whose text is a person to call, with the prefix that their address lacks."""

FETCHES: Mapping[str, str] = {
    "Redirect": "twiml_url",
    "Application": "application",
    "ApplicationSid": "application",
    "Sim": "sim",
}
"""Elements whose text refers to what the gate cannot see, with the kind of reference."""

PLAYS = frozenset({"Play", "Media"})
SPEAKS = frozenset({"Say", "ConversationRelay"})
RECORDS = frozenset({"Record", "Recording"})
TEXT_VERBS = frozenset({"Message", "Sms"})
"""A text sent from within a call: its own consent and windows are not the call's."""

TEXTS: Mapping[str, Role] = {
    "Say": Role.TTS,
    "Message": Role.BODY,
    "Sms": Role.BODY,
    "Body": Role.BODY,
}
"""The role of an element's text; of any other it is a reference (a room, a queue, a task)."""

KNOWN = (
    SSML
    | DIALS.keys()
    | FETCHES.keys()
    | PLAYS
    | RECORDS
    | frozenset({"Response", "Say", "Pause", "Hangup", "Reject", "Leave", "Echo", "Stop"})
    | frozenset({"Gather", "Prompt", "Pay", "Queue", "Conference", "Enqueue", "Task", "Refer"})
    | frozenset({"Start", "Parameter", "Headers", "Header", "Body"})
)
"""What the gate understands in full. Left out on purpose, hence opaque: text verbs (another
channel) and everything that hands the call to a program or a stream (`Connect`, `Stream`,
`Siprec`, `Transcription`, `VirtualAgent`, `ConversationRelay`, ...)."""

SENDER_ATTRIBUTES = frozenset({"callerid", "from"})
RECIPIENT_ATTRIBUTES = frozenset({"to"})
NO_RECORDING = frozenset({"false", "do-not-record"})

TEXT_ATTRIBUTES: Mapping[str, Role] = {
    "alias": Role.TTS, "ph": Role.TTS, "welcomegreeting": Role.TTS, "description": Role.TTS,
    "digits": Role.DIGITS, "senddigits": Role.DIGITS,
}  # fmt: skip

CALLBACK_ATTRIBUTES = frozenset(
    {"statuscallback", "statuscallbackurl", "recordingstatuscallback", "eventcallbackurl",
     "transcribecallback", "amdstatuscallback", "partialresultcallback"}
)  # fmt: skip
"""URLs that are told what happened; their answer is not run."""

FETCH_ATTRIBUTES = frozenset({"action", "url", "waiturl", "referurl", "workflowsid"})
"""URLs (also relative ones) whose answer is run as further TwiML."""

SETTINGS = frozenset(
    {"voice", "language", "loop", "length", "timeout", "method", "waiturlmethod", "waitmethod",
     "refermethod", "numdigits", "finishonkey", "input", "speechtimeout", "maxspeechtime",
     "bargein", "speechmodel", "enhanced", "profanityfilter", "actiononemptyresult", "debug",
     "hanguponstar", "timelimit", "answeronbridge", "ringtone", "trim", "sequential", "events",
     "maxlength", "playbeep", "transcribe", "beep", "muted", "reason", "strength", "time", "level",
     "rate", "pitch", "volume", "interpret-as", "format", "role", "alphabet", "machinedetection",
     "startconferenceonenter", "endconferenceonexit", "maxparticipants", "region", "coach",
     "statuscallbackmethod", "statuscallbackevent", "recordingstatuscallbackmethod",
     "recordingstatuscallbackevent", "recordingtrack", "maxqueuesize", "priority", "weight"}
)  # fmt: skip
"""Attributes that carry no text; any other unknown one is screened as a reference."""
