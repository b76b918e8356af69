"""Is this the one confirmation of an opt-out that the recipient may still get?"""

from __future__ import annotations

from gatekeeper.checks import edges_time
from gatekeeper.checks.answer import confirms_opt_out
from gatekeeper.checks.contract import Check, Compared, Params
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.policy.model import Rule


class OptOutConfirmation(Params):
    """No parameters: the law gives five minutes and one message."""


def run(facts: Facts, rule: Rule) -> Finding | None:
    """A message after an opt-out leaves a finding of its own, also where it is permitted."""
    if not confirms_opt_out(facts):
        return None
    return rule.finding(Reason.CONSENT_REVOKED, "The one confirmation of the opt-out just given.")


def compared(facts: Facts, rule: Rule) -> Compared:
    """What kind of message it is."""
    kind = (facts.kind or "an ordinary message").replace("_", " ")
    return Compared(kind, "not the one confirmation of an opt-out, within five minutes of it")


CHECK = Check(
    "opt_out_confirmation",
    OptOutConfirmation,
    run,
    about="kind",
    edges=edges_time.confirmation,
    stage=2,
    compared=compared,
    needs=("at", "consent", "kind", "limits"),
)
