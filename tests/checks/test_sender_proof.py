from __future__ import annotations

import pytest
from msgspec.structs import replace

from gatekeeper.checks.sender_proof import CHECK
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.words import SenderState
from tests.support.judging import CLEAN, ask, facts, reason

KINDS = ["long_code"]


def sender(**changes: object) -> Facts:
    return facts(sender=replace(CLEAN.sender, **changes))


def test_an_active_sender_without_proof_is_a_finding() -> None:
    assert reason(CHECK, sender(), kinds=KINDS) == "sender.unregistered"
    assert ask(CHECK, sender(), kinds=["toll_free"]) is None


@pytest.mark.parametrize("state", [SenderState.NOT_OWNED, SenderState.RECLAIMED])
def test_of_what_is_not_active_nothing_more_is_asked(state: SenderState) -> None:
    assert ask(CHECK, sender(state=state), kinds=KINDS) is None


def test_a_policy_may_take_some_proofs_only() -> None:
    proved = sender(proof="code_sent")
    assert ask(CHECK, proved, kinds=KINDS) is None
    strict = {"kinds": KINDS, "accepted": ["letter_of_authorization"]}
    assert reason(CHECK, proved, **strict) == "sender.unregistered"
    assert ask(CHECK, sender(proof="letter_of_authorization"), **strict) is None
