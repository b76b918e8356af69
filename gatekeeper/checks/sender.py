"""Is the sender registered to this tenant, active, and not a forged service number?"""

from __future__ import annotations

from gatekeeper.checks.contract import Check, Compared, Params
from gatekeeper.domain.facts import Facts, SenderFacts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.domain.words import SenderKind, SenderState
from gatekeeper.policy.model import Rule


class Sender(Params):
    """Which readings of the sender's address are forged whoever claims to own them."""

    forged: frozenset[Reason]
    numbers: frozenset[SenderKind] = frozenset()
    """Kinds that are numbers: one that is not valid, or not allocated, is nobody's."""

    def forges(self, sender: SenderFacts) -> bool:
        """Whether no caller can own the address, whatever the registry says."""
        problem = sender.reading.problem
        invalid = problem is Reason.DESTINATION_INVALID and sender.kind in self.numbers
        return invalid or problem in self.forged


def run(facts: Facts, rule: Rule) -> Finding | None:
    """Forgery before ownership: nobody can own 911 (47 CFR 64.1604, 64.1200(p))."""
    params: Sender = rule.params
    sender = facts.sender
    if params.forges(sender):
        return rule.finding(
            Reason.SENDER_NOT_OWNED, "The sender reads as a number that no caller can own."
        )
    if sender.state is SenderState.NOT_OWNED:
        return rule.finding(Reason.SENDER_NOT_OWNED, "The sender is not registered to this tenant.")
    if sender.state is not SenderState.ACTIVE:
        state = sender.state.replace("_", " ")
        return rule.finding(Reason.SENDER_INACTIVE, f"The sender is {state}, not active.")
    return None


def compared(facts: Facts, rule: Rule) -> Compared:
    """Where the sender stands, and how its address reads."""
    problem = facts.sender.reading.problem
    state = facts.sender.state.replace("_", " ")
    return Compared(f"{state}, reads as {problem}" if problem else state, "owned and active")


CHECK = Check(
    "sender",
    Sender,
    run,
    stage=0,
    compared=compared,
    needs=("sender.kind", "sender.state", "sender.reading.problem"),
)
