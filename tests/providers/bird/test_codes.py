"""Does every reason have an answer that no app takes for another?"""

from __future__ import annotations

from gatekeeper.domain.reason import Reason
from gatekeeper.providers.bird.codes import ANSWERS, OPTED_OUT
from gatekeeper.providers.verdict_headers import RETRIED


def test_every_reason_has_its_answer() -> None:
    assert set(ANSWERS) == set(Reason)


def test_only_the_recipients_own_will_reads_as_an_opt_out() -> None:
    revoked = {reason for reason, each in ANSWERS.items() if each.code == OPTED_OUT}
    assert revoked == {Reason.CONSENT_REVOKED}


def test_no_answer_is_sent_again_but_a_limiters() -> None:
    again = {reason for reason, each in ANSWERS.items() if each.status in RETRIED}
    assert again == {Reason.RATE_LIMITED, Reason.FAIR_USE}
