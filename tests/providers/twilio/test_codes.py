"""Does every reason have the Twilio code that apps should act on?"""

from __future__ import annotations

import pytest

from gatekeeper.domain.reason import Reason
from gatekeeper.domain.words import Channel
from gatekeeper.providers.twilio.codes import ANSWERS
from gatekeeper.providers.verdict_headers import RETRIED

UNSUBSCRIBES = {21610, 30004}
"""Codes on which public code unsubscribes the recipient."""


def test_every_reason_has_an_answer() -> None:
    assert set(ANSWERS) == set(Reason)


@pytest.mark.parametrize("reason", Reason)
def test_only_the_recipients_own_will_unsubscribes(reason: Reason) -> None:
    codes = {ANSWERS[reason].message, ANSWERS[reason].call}
    assert bool(codes & UNSUBSCRIBES) is (reason is Reason.CONSENT_REVOKED)


@pytest.mark.parametrize("reason", Reason)
def test_only_limiters_and_lost_dependencies_invite_another_try(reason: Reason) -> None:
    status = ANSWERS[reason].status
    limiter = reason in (Reason.RATE_LIMITED, Reason.FAIR_USE)
    lost = reason in (Reason.DEPENDENCY_UNAVAILABLE, Reason.INTERNAL_ERROR)
    assert status == 429 if limiter else status == 503 if lost else status not in RETRIED
    assert lost or status < 500


@pytest.mark.parametrize(
    ("reason", "channel", "status", "code"),
    [
        (Reason.CONSENT_REVOKED, Channel.SMS, 400, 21610),
        (Reason.CONSENT_MISSING, Channel.SMS, 400, 21612),
        (Reason.CONSENT_MISSING, Channel.VOICE, 400, 21216),
        (Reason.DNC_LISTED, Channel.SMS, 400, 21612),
        (Reason.LITIGATOR_LISTED, Channel.SMS, 400, 30640),
        (Reason.DESTINATION_INVALID, Channel.SMS, 400, 21211),
        (Reason.DESTINATION_EMERGENCY, Channel.VOICE, 400, 21216),
        (Reason.QUIET_HOURS, Channel.SMS, 400, 30610),
        (Reason.RATE_LIMITED, Channel.SMS, 429, 20429),
        (Reason.CONTENT_PAYMENT, Channel.VOICE, 400, 30007),
        (Reason.WINDOW_CLOSED, Channel.WHATSAPP, 400, 63016),
        (Reason.DEPENDENCY_UNAVAILABLE, Channel.SMS, 503, 20503),
        (Reason.CREDENTIAL_INVALID, Channel.SMS, 401, 20003),
    ],
)
def test_the_codes_that_apps_rely_on(
    reason: Reason, channel: Channel, status: int, code: int
) -> None:
    assert (ANSWERS[reason].status, ANSWERS[reason].code(channel)) == (status, code)
