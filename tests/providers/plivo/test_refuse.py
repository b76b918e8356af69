"""Does a refusal of a call never look like one that the SDK would place again?"""

from __future__ import annotations

import json

import pytest

from gatekeeper.domain.reason import Reason
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Channel
from gatekeeper.providers.contract import Refusal
from gatekeeper.providers.plivo.refuse import refuse


@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize("operation", ["call", "speak", "participant", "read", "end"])
def test_a_voice_request_is_never_answered_with_a_server_error(
    reason: Reason, operation: str
) -> None:
    for status in (None, 504, 503):
        reply = refuse(Refusal(reason, Verdict.BLOCK, "why", status=status, operation=operation))
        assert reply.status < 500


@pytest.mark.parametrize("operation", ["message", "verification"])
def test_a_message_hears_of_a_lost_dependency_as_such(operation: str) -> None:
    lost = Refusal(Reason.DEPENDENCY_UNAVAILABLE, Verdict.BLOCK, "why", operation=operation)
    assert refuse(lost).status == 503
    assert dict(refuse(lost).headers)["Retry-After"]


def test_a_call_that_was_surely_not_placed_may_be_tried_later() -> None:
    lost = Refusal(Reason.DEPENDENCY_UNAVAILABLE, Verdict.BLOCK, "why", Channel.VOICE)
    assert dict(refuse(lost).headers)["Retry-After"] == "5"
    unknown = Refusal(
        Reason.DEPENDENCY_UNAVAILABLE, Verdict.BLOCK, "why", Channel.VOICE, status=504
    )
    assert "Retry-After" not in dict(refuse(unknown).headers)


def test_the_text_has_what_the_app_cannot_see_elsewhere() -> None:
    refusal = Refusal(Reason.CONSENT_REVOKED, Verdict.BLOCK, "why", decision="d1")
    assert json.loads(refuse(refusal).body) == {
        "api_id": "d1",
        "error": "why (code 200, reason consent.revoked, decision d1)",
    }
