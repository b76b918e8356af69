"""Has every reason its answer, and are the unsubscribe codes kept for a revocation?"""

from __future__ import annotations

from gatekeeper.domain.reason import Reason
from gatekeeper.domain.words import Channel
from gatekeeper.providers.meta.codes import ANSWERS, Code


def test_every_reason_has_an_answer() -> None:
    assert set(ANSWERS) == set(Reason)


def test_only_the_recipients_own_will_is_told_as_an_unsubscribe() -> None:
    told = {r for r, each in ANSWERS.items() if each.whatsapp.code == 131050}
    assert told == {Reason.CONSENT_REVOKED}
    assert {r for r, each in ANSWERS.items() if each.messenger.code == 551} == told


def test_each_product_has_its_own_code() -> None:
    answer = ANSWERS[Reason.WINDOW_CLOSED]
    assert answer.code(Channel.WHATSAPP) == Code(131047)
    assert answer.code(Channel.MESSENGER) == Code(10, 2018278)


def test_no_status_may_be_tried_again_but_a_limiters_and_a_lost_dependencys() -> None:
    assert {answer.status for answer in ANSWERS.values()} == {400, 401, 422, 429, 503}
