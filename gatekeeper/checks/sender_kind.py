"""May this kind of sender reach this destination?"""

from __future__ import annotations

from gatekeeper.checks import edges_kinds
from gatekeeper.checks.contract import Check, Compared, Params
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.domain.words import SenderKind
from gatekeeper.policy.model import Rule


class SenderKinds(Params):
    """Kinds of sender that the rule's destinations do not accept."""

    denied: frozenset[SenderKind]


def run(facts: Facts, rule: Rule) -> Finding | None:
    """A finding when the sender's kind is among those denied."""
    params: SenderKinds = rule.params
    kind = facts.sender.kind
    if kind not in params.denied:
        return None
    return rule.finding(
        Reason.SENDER_KIND, f"A sender of kind {kind.replace('_', ' ')} is not accepted there."
    )


def compared(facts: Facts, rule: Rule) -> Compared:
    """The sender's kind against those that are not accepted."""
    params: SenderKinds = rule.params
    denied = ", ".join(sorted(params.denied)).replace("_", " ")
    return Compared(facts.sender.kind.replace("_", " "), f"none of {denied}")


CHECK = Check(
    "sender_kind",
    SenderKinds,
    run,
    edges=edges_kinds.sender_kind,
    stage=1,
    compared=compared,
    needs=("sender.kind",),
)
