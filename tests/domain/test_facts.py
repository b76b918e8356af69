from __future__ import annotations

from gatekeeper.domain.consent import Basis
from gatekeeper.domain.facts import Facts, Listing
from gatekeeper.domain.words import Channel, ListAnswer, Purpose, SenderState, Technology
from tests.support.judging import NOON


def test_what_is_not_known_is_the_strictest() -> None:
    bare = Facts(at=NOON, channel=Channel.SMS)
    assert bare.purpose is Purpose.MARKETING
    assert bare.technology is Technology.UNKNOWN
    assert bare.sender.state is SenderState.NOT_OWNED
    assert bare.consent.basis is Basis.NONE
    assert not bare.sandbox


def test_a_list_without_an_answer_was_not_checked() -> None:
    assert Listing().answer is ListAnswer.NOT_CHECKED
