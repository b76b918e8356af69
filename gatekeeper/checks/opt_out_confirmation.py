"""Is this the one confirmation of an opt-out that the recipient may still get?"""

from __future__ import annotations

from gatekeeper.checks import edges_time
from gatekeeper.checks.answer import confirms_opt_out
from gatekeeper.checks.contract import Check, Params
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


CHECK = Check(
    "opt_out_confirmation", OptOutConfirmation, run, about="kind", edges=edges_time.confirmation
)
