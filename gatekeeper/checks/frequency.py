"""Has this person had as many messages as the rule allows in its span of time?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field

from gatekeeper.checks import edges_time
from gatekeeper.checks.answer import answers_recipient
from gatekeeper.checks.contract import Check, Compared
from gatekeeper.checks.relation import Lifting
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.domain.words import Purpose
from gatekeeper.policy.model import Rule

KEPT_SENDS, KEPT_HOURS = 64, 31 * 24
"""How many sends to a person the gate remembers, and for how long: no count goes beyond."""


class Frequency(Lifting):
    """At most `max` messages in any `window_hours`; those of `purposes` count, none named: all.

    What lifts it is not counted: the count belongs to an exemption from consent, or binds only
    those who do no business with the person.
    """

    max: Annotated[int, Field(gt=0, le=KEPT_SENDS)]
    window_hours: Annotated[int, Field(gt=0, le=KEPT_HOURS)]
    purposes: frozenset[Purpose] = frozenset()


def run(facts: Facts, rule: Rule) -> Finding | None:
    """A send leaves the count exactly `window_hours` after it was made."""
    params: Frequency = rule.params
    if len(facts.sent) < params.max or answers_recipient(facts):
        return None
    if params.lifts(facts):
        return None
    window = timedelta(hours=params.window_hours)
    counted = _counted(facts, params)
    if len(counted) < params.max:
        return None
    detail = f"{len(counted)} of at most {params.max} were sent within {params.window_hours} hours."
    return rule.finding(Reason.FREQUENCY_CAP, detail, until=counted[-params.max] + window)


def _counted(facts: Facts, params: Frequency) -> list[datetime]:
    """When those were sent that count, oldest first."""
    window = timedelta(hours=params.window_hours)
    return sorted(
        sent.at
        for sent in facts.sent
        if facts.at - window < sent.at <= facts.at
        and (not params.purposes or sent.purpose in params.purposes)
    )


def compared(facts: Facts, rule: Rule) -> Compared:
    """How many count within the span."""
    params: Frequency = rule.params
    count = len(_counted(facts, params))
    lifted = ", lifted by what is held" if params.lifts(facts) else ""
    limit = f"fewer than {params.max} in {params.window_hours} h"
    return Compared(f"{count} sent{lifted}", limit, abs(count - params.max) <= 1)


CHECK = Check(
    "frequency",
    Frequency,
    run,
    edges=edges_time.frequency,
    stage=9,
    compared=compared,
    needs=("at", "consent", "kind", "limits", "sent"),
)
