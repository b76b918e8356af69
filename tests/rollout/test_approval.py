"""Does two persons mean two, and not one person with two keys?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from gatekeeper.errors import InputRejected, NotAllowed, NotThere
from gatekeeper.rollout import approval
from gatekeeper.rollout.history import MAX_PROPOSALS, Actor, Proposal

AT = datetime(2026, 11, 20, 17, tzinfo=UTC)
LATER = AT + timedelta(hours=24)
ROOT = Actor("user:root")
ANN = Actor("key:ann", made_by="user:root")
BOB = Actor("key:bob", made_by="user:root")


def proposal(digest: str = "a" * 64, who: Actor = ANN) -> Proposal:
    return Proposal(digest, AT, LATER, who, "new law")


def test_another_person_may_approve() -> None:
    approval.may_approve(proposal(), BOB)
    approval.may_approve(proposal(who=Actor("user:ann")), Actor("user:bob"))


@pytest.mark.parametrize(
    ("proposer", "approver"),
    [
        (ANN, ANN),
        (ANN, Actor("key:ann", says="somebody else", made_by="user:root")),
        (ROOT, BOB),
        (ANN, ROOT),
        (Actor("key:ann"), Actor("key:new", made_by="key:ann")),
    ],
)
def test_nobody_approves_as_two(proposer: Actor, approver: Actor) -> None:
    """Neither the same, nor by a key that the one made for the other."""
    with pytest.raises(NotAllowed):
        approval.may_approve(proposal(who=proposer), approver)


def test_a_proposal_expires() -> None:
    made = (proposal(),)
    last = LATER - timedelta(microseconds=1)
    assert approval.found(made, "a" * 8, last) is made[0]
    with pytest.raises(NotThere):
        approval.found(made, "a" * 8, LATER)


@pytest.mark.parametrize("name", ["", "aaaaaaa", "b" * 8, "a" * 63 + "b"])
def test_a_proposal_that_is_not_there_or_not_clear_is_not_found(name: str) -> None:
    with pytest.raises(NotThere):
        approval.found((proposal(), proposal("a" * 8 + "c" * 56)), name, AT)


def test_a_version_is_proposed_once_at_a_time() -> None:
    made = approval.with_proposal((), proposal(), AT)
    with pytest.raises(InputRejected, match="proposed by key:ann already"):
        approval.with_proposal(made, proposal(who=BOB), AT)
    assert approval.with_proposal(made, proposal(who=BOB), LATER) == (proposal(who=BOB),)


def test_proposals_are_bounded() -> None:
    many = tuple(proposal(f"{n:064x}") for n in range(MAX_PROPOSALS))
    with pytest.raises(InputRejected, match="withdraw one"):
        approval.with_proposal(many, proposal(), AT)
