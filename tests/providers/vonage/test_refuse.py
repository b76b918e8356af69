"""Does the SMS API hear of a refusal in its own way?"""

from __future__ import annotations

import json

import pytest

from gatekeeper.domain.reason import Reason
from gatekeeper.domain.verdict import Verdict
from gatekeeper.providers.contract import Refusal
from gatekeeper.providers.vonage.refuse import refuse


@pytest.mark.parametrize(
    ("reason", "fixed", "http", "status"),
    [
        (Reason.CONSENT_REVOKED, None, 200, "7"),
        (Reason.CONTENT_PAYMENT, None, 200, "6"),
        (Reason.RATE_LIMITED, None, 200, "1"),
        (Reason.CREDENTIAL_INVALID, None, 200, "4"),
        (Reason.REQUEST_AMBIGUOUS, 400, 200, "3"),
        (Reason.REQUEST_AMBIGUOUS, 413, 413, "3"),
        (Reason.DEPENDENCY_UNAVAILABLE, None, 503, "5"),
        (Reason.DEPENDENCY_UNAVAILABLE, 504, 504, "5"),
    ],
)
def test_the_status_stands_in_the_message(
    reason: Reason, fixed: int | None, http: int, status: str
) -> None:
    reply = refuse(Refusal(reason, Verdict.BLOCK, "No.", status=fixed, service="rest"))
    told = {"message-count": "1", "messages": [{"status": status, "error-text": "No."}]}
    assert (reply.status, json.loads(reply.body)) == (http, told)
    assert ("Retry-After" in dict(reply.headers)) is (reason in _LATER and fixed is None)


_LATER = {Reason.RATE_LIMITED, Reason.DEPENDENCY_UNAVAILABLE}
