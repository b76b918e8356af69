"""How does a mapped provider word a refusal?"""

from __future__ import annotations

import json

from gatekeeper.domain.reason import Reason
from gatekeeper.providers.contract import Refusal, Reply
from gatekeeper.providers.mapped.file_shape import AnswerShape, RefusalShape
from gatekeeper.providers.mapped.template import filled
from gatekeeper.providers.verdict_headers import RETRIED, fixed_status, verdict_headers

_STATUSES = {
    Reason.RATE_LIMITED: 429,
    Reason.FAIR_USE: 429,
    Reason.DEPENDENCY_UNAVAILABLE: 503,
    Reason.INTERNAL_ERROR: 503,
    Reason.CREDENTIAL_INVALID: 401,
    Reason.IDEMPOTENCY_MISMATCH: 422,
}
"""Statuses that no file chooses: SDKs try again by them, or must not."""


def refuse(refusal: Refusal, words: RefusalShape) -> Reply:
    """The refusal in the file's words."""
    answer = _answer(refusal.reason, words)
    usual = answer.status if answer.status not in (None, *RETRIED) else words.status
    status = fixed_status(refusal, _STATUSES.get(refusal.reason, usual or words.status))
    values = {
        "code": answer.code,
        "message": refusal.message,
        "reason": str(refusal.reason),
        "decision": refusal.decision or "",
        "status": status,
    }
    body = json.dumps(filled(words.body, values)).encode()
    return Reply(status, verdict_headers(refusal, status, "Bearer"), body)


def _answer(reason: Reason, words: RefusalShape) -> AnswerShape:
    family = reason.partition(".")[0]
    named = (words.codes.get(name) for name in (reason, family, "other"))
    found = next((each for each in named if each is not None), str(reason))
    return found if isinstance(found, AnswerShape) else AnswerShape(code=found)
