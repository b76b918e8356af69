"""Has every reason its answer, and do 200 and 403 mean one thing each?"""

from __future__ import annotations

from gatekeeper.domain.reason import Reason
from gatekeeper.providers.plivo.codes import ANSWERS


def test_every_reason_has_an_answer() -> None:
    assert set(ANSWERS) == set(Reason)


def test_only_the_recipients_own_will_is_told_as_an_unsubscribe() -> None:
    assert [r for r, answer in ANSWERS.items() if answer.code == 200] == [Reason.CONSENT_REVOKED]


def test_only_a_country_is_told_as_forbidden() -> None:
    forbidden = [r for r, answer in ANSWERS.items() if answer.status == 403]
    assert forbidden == [Reason.DESTINATION_DENIED_COUNTRY]
