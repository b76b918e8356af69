"""Does a refusal have the type by which the SDK chooses its exception?"""

from __future__ import annotations

import json

import pytest

from gatekeeper.domain.reason import Reason
from gatekeeper.domain.verdict import Verdict
from gatekeeper.providers.bird.refuse import refuse
from gatekeeper.providers.contract import Refusal


@pytest.mark.parametrize(
    ("fixed", "status", "kind"),
    [
        (None, 422, "validation_error"),
        (400, 422, "validation_error"),
        (404, 404, "not_found_error"),
        (415, 415, "bad_request_error"),
    ],
)
def test_the_type_goes_with_the_status(fixed: int | None, status: int, kind: str) -> None:
    reply = refuse(Refusal(Reason.REQUEST_AMBIGUOUS, Verdict.BLOCK, "No.", status=fixed))
    assert reply.status == status
    error = json.loads(reply.body)["error"]
    assert error["type"] == kind
    assert ("details" in error) is (kind == "validation_error")
