"""Is a refusal worded as the file says, with a status that no SDK tries again?"""

from __future__ import annotations

import json

import pytest

from gatekeeper.domain.reason import Reason
from gatekeeper.domain.verdict import Verdict
from gatekeeper.providers.contract import Refusal
from gatekeeper.providers.mapped.file_shape import AnswerShape, RefusalShape
from gatekeeper.providers.mapped.provider import Mapped
from gatekeeper.providers.mapped.refuse import refuse


@pytest.mark.parametrize(
    ("reason", "status", "code"),
    [
        (Reason.CONSENT_REVOKED, 400, 4001),
        (Reason.CONTENT_HEALTH, 422, "filtered"),
        (Reason.QUIET_HOURS, 400, "refused"),
        (Reason.RATE_LIMITED, 429, "refused"),
        (Reason.DEPENDENCY_UNAVAILABLE, 503, "refused"),
        (Reason.CREDENTIAL_INVALID, 401, "refused"),
    ],
)
def test_each_reason_has_its_code_and_status(
    acmetel: Mapped, reason: Reason, status: int, code: object
) -> None:
    reply = acmetel.refuse(Refusal(reason, Verdict.BLOCK, "No.", decision="d1"))
    assert reply.status == status
    assert json.loads(reply.body) == {"error": {"code": code, "message": "No.", "decision": "d1"}}
    assert ("Retry-After" in dict(reply.headers)) is (status in (429, 503))


@pytest.mark.parametrize("reason", Reason)
def test_no_reason_is_without_an_answer(acmetel: Mapped, reason: Reason) -> None:
    status = acmetel.refuse(Refusal(reason, Verdict.BLOCK, "No.")).status
    assert status in (400, 401, 422, 429, 503)


def test_a_status_that_sdks_try_again_is_not_taken_from_a_file() -> None:
    words = RefusalShape(body="{code}", codes={"other": AnswerShape(code=1, status=409)})
    assert refuse(Refusal(Reason.QUIET_HOURS, Verdict.BLOCK, ""), words).status == 400
