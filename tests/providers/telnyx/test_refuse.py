"""Does every refusal tell the SDK not to send again, but where it may?"""

from __future__ import annotations

import json

import pytest

from gatekeeper.domain.reason import Reason
from gatekeeper.domain.verdict import Verdict
from gatekeeper.providers.contract import Refusal
from gatekeeper.providers.telnyx.refuse import refuse


@pytest.mark.parametrize("reason", Reason)
def test_a_refusal_stops_the_sdk_unless_it_may_try_again(reason: Reason) -> None:
    reply = refuse(Refusal(reason, Verdict.BLOCK, "why"))
    headers = dict(reply.headers)
    assert (headers.get("x-should-retry") == "false") is (reply.status not in (429, 503))
    assert ("Retry-After" in headers) is (reply.status in (429, 503))
    assert json.loads(reply.body)["errors"][0]["detail"] == "why"


@pytest.mark.parametrize("status", [404, 413, 415, 504])
def test_a_fixed_status_has_its_own_code(status: int) -> None:
    reply = refuse(Refusal(Reason.REQUEST_AMBIGUOUS, Verdict.BLOCK, "why", status=status))
    assert reply.status == status
    assert dict(reply.headers)["x-should-retry"] == "false"


def test_no_fixed_status_is_one_on_which_the_sdk_sends_again() -> None:
    reply = refuse(Refusal(Reason.CONSENT_REVOKED, Verdict.BLOCK, "why", status=409))
    assert reply.status == 403
