"""Has every reason its answer, and is the barred number kept for a revocation?"""

from __future__ import annotations

from gatekeeper.domain.reason import Reason
from gatekeeper.providers.vonage.codes import ANSWERS, TITLES


def test_every_reason_has_an_answer_whose_code_has_a_title() -> None:
    assert set(ANSWERS) == set(Reason)
    assert {answer.code for answer in ANSWERS.values()} <= set(TITLES)


def test_only_the_recipients_own_will_is_told_as_a_barred_number() -> None:
    told = {r for r, answer in ANSWERS.items() if answer.code == "1050" or answer.sms == "7"}
    assert told == {Reason.CONSENT_REVOKED}


def test_no_status_makes_anybody_send_again_but_those_that_may() -> None:
    assert {answer.status for answer in ANSWERS.values()} == {401, 403, 422, 429, 503}
