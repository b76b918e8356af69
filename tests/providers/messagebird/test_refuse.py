"""Does a refusal keep to the statuses whose body the SDK reads?"""

from __future__ import annotations

import json

import pytest

from gatekeeper.domain.reason import Reason
from gatekeeper.domain.verdict import Verdict
from gatekeeper.providers.contract import Refusal
from gatekeeper.providers.messagebird.refuse import refuse


@pytest.mark.parametrize(
    ("fixed", "status"), [(None, 422), (400, 422), (413, 422), (415, 422), (404, 404), (405, 405)]
)
def test_any_other_status_becomes_422(fixed: int | None, status: int) -> None:
    reply = refuse(Refusal(Reason.REQUEST_AMBIGUOUS, Verdict.BLOCK, "No.", status=fixed))
    assert reply.status == status
    assert json.loads(reply.body)["errors"][0]["description"] == "No."
