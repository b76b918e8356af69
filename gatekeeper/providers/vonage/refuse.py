"""How does Vonage word a refusal? Each of its APIs in a way of its own.

Messages, Voice   {"type": "https://developer.vonage.com/api-errors/messages#1050",
                   "title": "Number barred", "detail": "...", "instance": "..."}
SMS               HTTP 200 {"message-count": "1", "messages": [{"status": "7",
                   "error-text": "..."}]}

The SMS API answers 200 whatever it says; a lost dependency and an unknown outcome keep their HTTP
status all the same, so that nobody takes them for an answer of Vonage's.
"""

from __future__ import annotations

import json
from typing import Any

from gatekeeper.domain.words import Channel
from gatekeeper.providers.contract import Refusal, Reply
from gatekeeper.providers.verdict_headers import HELP, fixed_status, verdict_headers
from gatekeeper.providers.vonage.codes import ANSWERS, TITLES
from gatekeeper.providers.vonage.paths import REST

_TOLD_BY_HTTP = frozenset({404, 405, 413, 415, 503, 504})


def refuse(refusal: Refusal) -> Reply:
    """The refusal in the shape of the API that was asked, with the gate's verdict in headers."""
    answer = ANSWERS[refusal.reason]
    status = fixed_status(refusal, answer.status)
    status = answer.status if status == 400 else status
    if refusal.service != REST:
        kind = "application/problem+json"
        return _reply(refusal, status, _problem(refusal, answer.code), kind)
    shown = status if status in _TOLD_BY_HTTP else 200
    told = {"status": answer.sms, "error-text": refusal.message}
    reply = _reply(refusal, status, {"message-count": "1", "messages": [told]}, "application/json")
    return Reply(shown, reply.headers, reply.body)


def _problem(refusal: Refusal, code: str) -> dict[str, Any]:
    page = "voice" if refusal.channel is Channel.VOICE else "messages"
    return {
        "type": f"https://developer.vonage.com/api-errors/{page}#{code}",
        "title": TITLES[code],
        "detail": refusal.message,
        "instance": refusal.decision or HELP + refusal.reason,
    }


def _reply(refusal: Refusal, status: int, body: dict[str, Any], kind: str) -> Reply:
    headers = verdict_headers(refusal, status, "Basic", kind)
    return Reply(status, headers, json.dumps(body).encode())
