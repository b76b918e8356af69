"""Does every reason have a status that makes no app send again?"""

from __future__ import annotations

import json

import pytest

from gatekeeper.domain.reason import Reason
from gatekeeper.domain.verdict import Verdict
from gatekeeper.providers.contract import Refusal
from gatekeeper.providers.intelepeer.codes import STATUSES
from gatekeeper.providers.intelepeer.refuse import refuse


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_status_and_words(reason: Reason) -> None:
    reply = refuse(Refusal(reason, Verdict.BLOCK, "Blocked: so."))
    assert json.loads(reply.body) == {"code": reply.status, "error": "Blocked: so."}
    assert reply.status == STATUSES[reason]
    assert (reply.status in (429, 503)) == ("Retry-After" in dict(reply.headers))


def test_only_a_bad_credential_makes_an_app_log_in_anew() -> None:
    anew = {reason for reason, status in STATUSES.items() if status == 401}
    assert anew == {Reason.CREDENTIAL_INVALID}
