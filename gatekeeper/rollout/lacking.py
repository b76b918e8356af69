"""What does a rule need to know that a record does not tell?

A record tells what was found out when the message was judged. What a rule asks beyond that cannot
be made up: a text is gone, a list that was not asked then may say something else by now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from gatekeeper.checks import CHECKS
from gatekeeper.checks.contract import Check
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.words import Mode
from gatekeeper.policy.model import Policy, Rule
from gatekeeper.policy.plan import MAX_KINDS, Plan
from gatekeeper.rollout.asked import LIMITS
from gatekeeper.rollout.kept import lacks

_CHECKS: Mapping[str, Check] = {check.name: check for check in CHECKS}


class Lack(Struct, frozen=True):
    """A rule of a plan that cannot be judged by a record, and why."""

    rule: Rule
    why: str


class Known(Struct, frozen=True):
    """What a record tells of what was found out, beside the facts themselves."""

    version: int
    """Its format."""
    asked: Mapping[str, str] | None
    """The digests of what was looked for, None where nobody knows them."""
    alike: tuple[object, ...] = ()
    """Records of which this is equal lack the same."""


def known_of(version: int, asked: Mapping[str, str] | None, facts: Facts) -> Known:
    """What a record of a format tells, with these facts read from it."""
    told = None if asked is None else tuple(asked.items())
    number = facts.recipient.number
    begins = number.e164 if number is not None and number.npa is None else None
    return Known(version, asked, (version, told, tuple(facts.listings), begins))


class Lacking:
    """What the rules of one policy lack, worked out once for records that are alike."""

    def __init__(self, policy: Policy, asked: Mapping[str, str]) -> None:
        self._policy = policy
        self._asked = asked
        self._kept: dict[object, tuple[Plan, tuple[Lack, ...]]] = {}

    def of(self, facts: Facts, known: Known) -> tuple[Lack, ...]:
        """The rules that speak of the message and cannot be judged by its record."""
        plan = self._policy.plan(facts)
        key = (id(plan), known.alike)
        kept = self._kept.get(key)
        if kept is None or kept[0] is not plan:
            if len(self._kept) >= MAX_KINDS:
                self._kept.clear()
            self._kept[key] = kept = (plan, tuple(self._found(plan, facts, known)))
        return kept[1]

    def _found(self, plan: Plan, facts: Facts, known: Known) -> Iterator[Lack]:
        for name, rules in plan.items():
            for rule in rules:
                why = next(self._reasons(_CHECKS[name], rule, facts, known), None)
                if why is not None:
                    yield Lack(rule, why)

    def _reasons(self, check: Check, rule: Rule, facts: Facts, known: Known) -> Iterator[str]:
        needs = [*check.needs, *_scope(rule)]
        yield from (f"{need} is not recorded" for need in needs if lacks(need, known.version))
        for ask in check.asks(rule.params) if check.asks else ():
            kind, _, name = ask.partition(":")
            if not self._told(kind, name, facts, known):
                yield _why(kind, name)

    def _told(self, kind: str, name: str, facts: Facts, known: Known) -> bool:
        if kind == "list":
            return name in facts.listings
        if kind == "begins":
            number = facts.recipient.number
            return number is None or not name.startswith(number.e164) or name == number.e164
        about = LIMITS if kind == LIMITS else name
        return known.asked is not None and known.asked.get(about) == self._asked.get(about)


def _scope(rule: Rule) -> tuple[str, ...]:
    """What it takes to tell whether the rule is enforced."""
    return ("lot",) if rule.mode is Mode.ENFORCE and rule.rollout.percent < 100 else ()


def _why(kind: str, name: str) -> str:
    if kind == "list":
        return f"list {name} was not asked"
    if kind == "begins":
        return "of the number only the beginning is recorded"
    if kind == LIMITS:
        return "other limits were counted"
    return f"the text was not read for {name.replace('_', ' ')} as this policy does"
