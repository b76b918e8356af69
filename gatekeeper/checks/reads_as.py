"""Does the text read like another kind of message than its campaign is registered for?"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from gatekeeper.checks import edges_kinds
from gatekeeper.checks.contract import Check, Compared, Params
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.domain.resemblance import Kind
from gatekeeper.policy.model import Rule


class ReadsAs(Params):
    """The kinds that contradict the purpose, and the score from which that counts."""

    kinds: Annotated[frozenset[Kind], Field(min_length=1)]
    at_least: Annotated[float, Field(gt=0.5, le=1)]


def run(facts: Facts, rule: Rule) -> Finding | None:
    """Where no campaign is registered, nothing is claimed that a text could contradict."""
    read, params = facts.reads_as, rule.params
    if read is None or not facts.campaign_purposes:
        return None
    if read.kind not in params.kinds or read.score < params.at_least:
        return None
    kind = read.kind.replace("_", " ")
    told = f"The text reads as {kind} ({read.score:.2f}); it is sent as {facts.purpose}."
    return rule.finding(Reason.PURPOSE_MISMATCH, told)


def compared(facts: Facts, rule: Rule) -> Compared:
    """What the text reads like against what contradicts the purpose."""
    read, params = facts.reads_as, rule.params
    kinds = " or ".join(sorted(kind.replace("_", " ") for kind in params.kinds))
    limit = f"not as {kinds} with {params.at_least} or more"
    if read is None:
        return Compared("not read", limit)
    near = read.kind in params.kinds and 0 < params.at_least - read.score <= NEAR
    return Compared(f"{read.kind.replace('_', ' ')} with {read.score}", limit, near)


NEAR = 0.1
"""How much of a score is little."""

CHECK = Check(
    "reads_as",
    ReadsAs,
    run,
    about="reads_as",
    edges=edges_kinds.reads_as,
    stage=3,
    compared=compared,
    needs=("campaign_purposes", "purpose", "reads_as"),
)
