"""Has every reason its answer, and is the unsubscribe code kept for a revocation?"""

from __future__ import annotations

from gatekeeper.domain.reason import Reason
from gatekeeper.domain.words import Channel
from gatekeeper.providers.telnyx.codes import ANSWERS, FIXED, TITLES


def test_every_reason_has_an_answer_whose_codes_have_titles() -> None:
    assert set(ANSWERS) == set(Reason)
    used = {code for answer in ANSWERS.values() for code in (answer.message, answer.call)}
    assert used | set(FIXED.values()) == set(TITLES)


def test_only_the_recipients_own_will_is_told_as_an_unsubscribe() -> None:
    told = {r for r, answer in ANSWERS.items() if "40300" in (answer.message, answer.call)}
    assert told == {Reason.CONSENT_REVOKED}


def test_a_call_has_a_code_of_its_own() -> None:
    answer = ANSWERS[Reason.DESTINATION_INVALID]
    assert (answer.code(Channel.SMS), answer.code(Channel.VOICE)) == ("40310", "10002")


def test_no_status_makes_an_sdk_send_again_but_those_that_may() -> None:
    statuses = {answer.status for answer in ANSWERS.values()}
    assert statuses == {400, 401, 403, 422, 429, 503}
