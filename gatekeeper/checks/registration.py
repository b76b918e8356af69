"""Does the sender hold the registration that carriers ask for?"""

from __future__ import annotations

from gatekeeper.checks import edges_kinds
from gatekeeper.checks.contract import Check, Compared, Params
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.domain.words import SenderKind, SenderState
from gatekeeper.policy.model import Rule


class Registration(Params):
    """Kinds of sender that need one (10DLC campaign, toll-free verification)."""

    kinds: frozenset[SenderKind]


def run(facts: Facts, rule: Rule) -> Finding | None:
    """Asked only of the tenant's own senders: of others there is nothing to register."""
    params: Registration = rule.params
    sender = facts.sender
    if sender.kind not in params.kinds or sender.state is SenderState.NOT_OWNED:
        return None
    if sender.registration:
        return None
    kind = sender.kind.replace("_", " ")
    return rule.finding(Reason.SENDER_UNREGISTERED, f"The {kind} has no registration on record.")


def compared(facts: Facts, rule: Rule) -> Compared:
    """What the sender is registered as."""
    params: Registration = rule.params
    kinds = ", ".join(sorted(params.kinds)).replace("_", " ")
    kind = facts.sender.kind.replace("_", " ")
    held = "registered" if facts.sender.registration else "without registration"
    return Compared(f"{kind}, {held}", f"a registration, of {kinds}")


CHECK = Check(
    "registration",
    Registration,
    run,
    edges=edges_kinds.registration,
    stage=7,
    compared=compared,
    needs=("sender.kind", "sender.registration", "sender.state"),
)
