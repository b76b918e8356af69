"""Does the number belong to a plan that this installation does not send to?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import field_validator

from gatekeeper.checks.contract import Check, Compared, Params
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.policy.model import Rule


class DeniedPlace(Params):
    """CLDR regions of numbering plans; `001` is every non-geographic country code."""

    regions: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    """How numbers of a part of a country begin in E.164 (`+7978`), where the plan is not all."""

    @field_validator("prefixes")
    @classmethod
    def _international(cls, prefixes: tuple[str, ...]) -> tuple[str, ...]:
        for each in prefixes:
            if not re.fullmatch(r"\+[1-9][0-9]{1,9}", each):
                raise ValueError(f"{each} does not begin as a number does: write +7978")
        return prefixes


def run(facts: Facts, rule: Rule) -> Finding | None:
    """The number's own plan counts, not where its owner may be."""
    params: DeniedPlace = rule.params
    number = facts.recipient.number
    if number is None:
        return None
    if number.region in params.regions:
        detail = f"Numbers of the plan {number.region} are on the list of denied destinations."
    elif number.e164.startswith(params.prefixes):
        detail = "Numbers that begin so are on the list of denied destinations."
    else:
        return None
    return rule.finding(Reason.DESTINATION_DENIED_COUNTRY, detail)


def compared(facts: Facts, rule: Rule) -> Compared:
    """The number's plan against those that are denied."""
    params: DeniedPlace = rule.params
    number = facts.recipient.number
    denied = ", ".join((*sorted(params.regions), *params.prefixes))
    return Compared(f"plan {number.region}" if number else "no number", f"none of {denied}")


def asks(params: DeniedPlace) -> Iterator[str]:
    """Whether the number begins so."""
    return (f"begins:{prefix}" for prefix in params.prefixes)


CHECK = Check(
    "denied_place",
    DeniedPlace,
    run,
    stage=1,
    compared=compared,
    needs=("recipient.number.region", "recipient.number.e164"),
    asks=asks,
)
