"""May this person approve that proposal? Two persons means two.

A proposal is approved by somebody else, who did not make the proposer's key, and whose key the
proposer did not make: whoever made a key has held it, and could be both.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from gatekeeper.errors import InputRejected, NotAllowed, NotThere
from gatekeeper.rollout.history import MAX_PROPOSALS, Actor, Proposal


def open_at(proposals: Iterable[Proposal], at: datetime) -> tuple[Proposal, ...]:
    """The proposals that have not expired."""
    return tuple(proposal for proposal in proposals if at < proposal.expires)


def found(proposals: Iterable[Proposal], digest: str, at: datetime) -> Proposal:
    """The open proposal of a version, by its digest or a beginning that is clear."""
    fitting = [each for each in open_at(proposals, at) if each.digest.startswith(digest)]
    if len(digest) < 8 or len(fitting) != 1:
        raise NotThere(
            f"there is no open proposal {digest[:64]!r} (`gatekeeper policy status` lists them; "
            "they expire)"
        )
    return fitting[0]


def may_approve(proposal: Proposal, approver: Actor) -> None:
    """Raise NotAllowed unless the approver is a second person."""
    proposer = proposal.who
    if approver.id == proposer.id:
        raise NotAllowed(f"{approver.id} proposed it: somebody else must approve")
    if approver.made_by == proposer.id:
        raise NotAllowed(f"{approver.id} was made by {proposer.id}, who proposed it")
    if proposer.made_by == approver.id:
        raise NotAllowed(f"{proposer.id}, who proposed it, was made by {approver.id}")


def with_proposal(
    proposals: Iterable[Proposal], new: Proposal, at: datetime
) -> tuple[Proposal, ...]:
    """The open proposals and a new one; InputRejected if it is open already, or too many are."""
    standing = open_at(proposals, at)
    for each in standing:
        if each.digest == new.digest:
            raise InputRejected(
                f"{new.digest[:12]} was proposed by {each.who.id} already: another person approves "
                f"it with `gatekeeper policy approve {new.digest[:12]}`"
            )
    if len(standing) >= MAX_PROPOSALS:
        raise InputRejected(f"{MAX_PROPOSALS} proposals are open: withdraw one first")
    return (*standing, new)
