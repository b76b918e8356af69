"""Does every reason have an answer that no app takes for another?"""

from __future__ import annotations

from gatekeeper.domain.reason import Reason
from gatekeeper.providers.infobip.codes import ANSWERS, NAMES
from gatekeeper.providers.verdict_headers import RETRIED


def test_every_reason_has_its_answer() -> None:
    assert set(ANSWERS) == set(Reason)
    assert all(each.name for each in ANSWERS.values() if each.status == 200)
    assert {each.status for each in ANSWERS.values()} - {200} <= NAMES.keys()


def test_only_the_recipients_own_will_reads_as_an_opt_out() -> None:
    revoked = {reason for reason, each in ANSWERS.items() if each.name == "REJECTED_DND"}
    assert revoked == {Reason.CONSENT_REVOKED}


def test_no_answer_is_sent_again_but_a_limiters() -> None:
    again = {reason for reason, each in ANSWERS.items() if each.status in RETRIED}
    assert again == {Reason.RATE_LIMITED, Reason.FAIR_USE}
