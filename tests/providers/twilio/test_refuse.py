"""Does each refusal raise TwilioRestException in the real SDK, with the right code?"""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from twilio.base.exceptions import TwilioRestException

from gatekeeper.domain.reason import Reason
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Channel
from gatekeeper.providers.contract import Refusal
from gatekeeper.providers.twilio.codes import ANSWERS
from gatekeeper.providers.twilio.refuse import refuse

from .conftest import Sdk

REFUSAL = Refusal(
    Reason.QUIET_HOURS,
    Verdict.DEFER,
    "It is 21:30 where the recipient may be.",
    decision="0123456789abcdef",
    rule="us.quiet_hours",
    next_allowed_at="2026-11-21T08:00:00-05:00",
)


@pytest.mark.parametrize("reason", Reason)
async def test_every_reason_raises_the_sdks_own_exception(sdk: Sdk, reason: Reason) -> None:
    refusal = Refusal(reason, Verdict.BLOCK, "No: as the rule says.")
    answer = ANSWERS[reason]
    with pytest.raises(TwilioRestException) as raised:
        await sdk(
            lambda client: client.messages.create(to="+1", from_="+2", body="x"), refuse(refusal)
        )
    assert (raised.value.status, raised.value.code) == (answer.status, answer.message)
    assert raised.value.msg.endswith("No: as the rule says.")


async def test_a_call_raises_the_code_for_calls(sdk: Sdk) -> None:
    refusal = Refusal(Reason.CONSENT_MISSING, Verdict.BLOCK, "No consent.", channel=Channel.VOICE)
    with pytest.raises(TwilioRestException) as raised:
        await sdk(
            lambda client: client.calls.create(to="+1", from_="+2", twiml="<Response/>"),
            refuse(refusal),
        )
    assert raised.value.code == 21216


def test_the_body_is_twilios_error_and_never_a_problem_document() -> None:
    body = json.loads(refuse(REFUSAL).body)
    assert body == {
        "code": 30610,
        "message": "It is 21:30 where the recipient may be.",
        "more_info": "/help/reasons#quiet_hours",
        "status": 400,
    }


def test_the_verdict_travels_in_headers() -> None:
    assert dict(refuse(REFUSAL).headers) == {
        "Content-Type": "application/json",
        "Gatekeeper-Decision": "0123456789abcdef",
        "Gatekeeper-Verdict": "defer",
        "Gatekeeper-Reason": "quiet_hours",
        "Gatekeeper-Rule": "us.quiet_hours",
        "Gatekeeper-Next-Allowed-At": "2026-11-21T08:00:00-05:00",
        "Gatekeeper-Help": "/help/reasons#quiet_hours",
    }


def test_no_value_starts_another_header() -> None:
    reply = refuse(replace(REFUSAL, rule="a\r\nSet-Cookie: x=1\0é" + "y" * 500))
    rule = dict(reply.headers)["Gatekeeper-Rule"]
    assert rule.isprintable()
    assert rule.isascii()
    assert len(rule) == 200


@pytest.mark.parametrize(
    ("reason", "retry_after", "expected"),
    [
        (Reason.RATE_LIMITED, 7, "7"),
        (Reason.RATE_LIMITED, None, "5"),
        (Reason.DEPENDENCY_UNAVAILABLE, None, "5"),
        (Reason.INTERNAL_ERROR, 0, "5"),
        (Reason.QUIET_HOURS, 7, None),
    ],
)
def test_retry_after_stands_where_another_try_helps_and_nowhere_else(
    reason: Reason, retry_after: int | None, expected: str | None
) -> None:
    reply = refuse(Refusal(reason, Verdict.BLOCK, "x", retry_after=retry_after))
    assert dict(reply.headers).get("Retry-After") == expected


@pytest.mark.parametrize(
    ("reason", "fixed", "status", "code"),
    [
        (Reason.DEPENDENCY_UNAVAILABLE, 504, 504, 20500),
        (Reason.REQUEST_AMBIGUOUS, 400, 400, 20001),
        (Reason.REQUEST_AMBIGUOUS, 404, 404, 20404),
        (Reason.REQUEST_AMBIGUOUS, 405, 405, 20004),
        (Reason.REQUEST_AMBIGUOUS, 413, 413, 20413),
        (Reason.REQUEST_AMBIGUOUS, 415, 415, 20001),
        (Reason.IDEMPOTENCY_MISMATCH, 422, 422, 20001),
        (Reason.REQUEST_AMBIGUOUS, 409, 400, 20001),
        (Reason.REQUEST_AMBIGUOUS, 500, 400, 20001),
        (Reason.REQUEST_AMBIGUOUS, 200, 400, 20001),
    ],
)
def test_a_fixed_status_holds_unless_it_would_be_sent_again(
    reason: Reason, fixed: int, status: int, code: int
) -> None:
    reply = refuse(Refusal(reason, Verdict.BLOCK, "x", status=fixed))
    assert (reply.status, json.loads(reply.body)["code"]) == (status, code)
    assert json.loads(reply.body)["status"] == reply.status


def test_an_unknown_outcome_does_not_invite_another_try() -> None:
    reply = refuse(Refusal(Reason.DEPENDENCY_UNAVAILABLE, Verdict.ALLOW, "x", status=504))
    assert "Retry-After" not in dict(reply.headers)


def test_a_wrong_credential_is_asked_for_again() -> None:
    reply = refuse(Refusal(Reason.CREDENTIAL_INVALID, Verdict.BLOCK, "Authentication failed"))
    assert dict(reply.headers)["WWW-Authenticate"].startswith("Basic ")
