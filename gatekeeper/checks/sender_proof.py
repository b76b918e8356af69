"""Did anybody prove that the tenant owns the sender?"""

from __future__ import annotations

from gatekeeper.checks import edges_kinds
from gatekeeper.checks.contract import Check, Compared, Params
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.domain.standing import ProofKind
from gatekeeper.domain.words import SenderKind, SenderState
from gatekeeper.policy.model import Rule


class SenderProof(Params):
    """Which kinds of sender need a proof of ownership, and which proofs will do."""

    kinds: frozenset[SenderKind]
    accepted: frozenset[ProofKind] = frozenset(ProofKind)


def run(facts: Facts, rule: Rule) -> Finding | None:
    """Asked only of active senders: of others there is nothing to prove."""
    params: SenderProof = rule.params
    sender = facts.sender
    if sender.kind not in params.kinds or sender.state is not SenderState.ACTIVE:
        return None
    if sender.proof in params.accepted:
        return None
    kind = sender.kind.replace("_", " ")
    return rule.finding(
        Reason.SENDER_UNREGISTERED, f"The {kind} has no proof of ownership that is accepted."
    )


def compared(facts: Facts, rule: Rule) -> Compared:
    """How the ownership of the sender was proved."""
    params: SenderProof = rule.params
    kind = facts.sender.kind.replace("_", " ")
    accepted = ", ".join(sorted(params.accepted))
    return Compared(f"{kind}, proof: {facts.sender.proof or 'none'}", f"one of {accepted}")


CHECK = Check(
    "sender_proof",
    SenderProof,
    run,
    edges=edges_kinds.sender_proof,
    stage=7,
    compared=compared,
    needs=("sender.kind", "sender.proof", "sender.state"),
)
