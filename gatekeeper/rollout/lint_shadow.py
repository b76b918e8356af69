"""Which rules can add neither a reason nor a verdict to what another rule finds?

Compared are the rules themselves (`checks.looser`), so what is told is so for every message. A
rule that cites another law for the same thing is worth keeping: its note says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gatekeeper.checks.looser import looser
from gatekeeper.domain.fault_codes import Code
from gatekeeper.domain.number import Places
from gatekeeper.domain.words import Mode, Override
from gatekeeper.policy.faults import Fault
from gatekeeper.policy.model import Rule

_STRICT = (Override.OPERATOR, Override.WAIVER, Override.TWO_PERSON, Override.NEVER)


def shadowed(rules: Sequence[Rule]) -> Iterator[Fault]:
    """Rules without a note that another one shadows; of two alike, the later."""
    asked = [rule for rule in rules if rule.mode is not Mode.OFF and not rule.applies.tenants]
    for index, rule in enumerate(asked):
        if rule.note:
            continue
        for other_index, other in enumerate(asked):
            if other is rule or not _shadows(other, rule):
                continue
            if index < other_index and _shadows(rule, other):
                continue
            told = (
                f"{other.id} ({other.source}) finds all that it could: say in a note why it stays"
            )
            yield Fault(rule.source, told, Code.SHADOWED)
            break


def _shadows(other: Rule, rule: Rule) -> bool:
    """Whether `other`, in the place of `rule`, would let nothing pass that `rule` stops."""
    return (
        other.check == rule.check
        and _over(other.applies.jurisdiction, rule.applies.jurisdiction)
        and other.rollout == rule.rollout
        and _STRICT.index(other.override) >= _STRICT.index(rule.override)
        and looser(rule, other) is None
    )


def _over(outer: str | None, inner: str | None) -> bool:
    if outer is None or outer == inner:
        return True
    return inner is not None and Places(frozenset({inner})).within(outer)
