"""Does the person's consent, or business with the sender, lift what a rule forbids?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from gatekeeper.checks.contract import Params
from gatekeeper.checks.months import months_after
from gatekeeper.domain.consent import Basis, Consent
from gatekeeper.domain.facts import Facts


class Lifting(Params):
    """What lifts a rule, in the rules that something lifts."""

    unless_consent: Basis | None = None
    """Consent of this basis, or a stronger one, lifts it."""
    excuse_months: Mapping[str, int] = {}
    """Business relationships that lift it: months by source (`purchase`, `inquiry`)."""

    def lifts(self, facts: Facts) -> bool:
        """Whether something that is held lifts the rule; an opt-out ends all of it."""
        held = facts.consent
        if held.ended_by is not None:
            return False
        if self.unless_consent is not None and held.basis.rank >= self.unless_consent.rank:
            return True
        return related(held, self.excuse_months, facts.at)


def related(held: Consent, months: Mapping[str, int], at: datetime) -> bool:
    """Whether a relation is young enough, also one beside a consent of any strength."""
    if not months:
        return False
    relations = [(each.source or "", each.at) for each in held.relations]
    if held.given_at is not None and held.basis is not Basis.NONE:
        relations.append((held.source or "", held.given_at))
    return any(
        source in months and at < months_after(since, months[source]) for source, since in relations
    )
