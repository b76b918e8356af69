"""Which rules bind a message of one kind, and how far: enforced, in shadow, under a waiver?

Rules are looked up by jurisdiction and by tenant, so that a message pays neither for the law of
other places nor for the rules of other tenants.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from gatekeeper.domain.facts import Facts
from gatekeeper.domain.number import Places
from gatekeeper.domain.words import Mode, Override, Technology
from gatekeeper.policy.plan import Kind, Named, Plan, kind_of

if TYPE_CHECKING:
    from gatekeeper.policy.model import Applies, Rule, Waiver

Key = TypeVar("Key")
Each = TypeVar("Each")
_Placed = tuple[int, "Rule"]
"""A rule, and its place in the order of the files."""


class Planner:
    """Works out the plan of a kind of message from the rules of one policy."""

    def __init__(self, rules: tuple[Rule, ...], waivers: tuple[Waiver, ...] = ()) -> None:
        self.named = named(rules, waivers)
        self._checks = tuple(dict.fromkeys(rule.check for rule in rules))
        shared = [placed for placed in enumerate(rules) if not placed[1].applies.tenants]
        self._shared = _grouped((rule.applies.jurisdiction, (n, rule)) for n, rule in shared)
        self._own = _grouped(
            (tenant, (n, rule)) for n, rule in enumerate(rules) for tenant in rule.applies.tenants
        )
        self._waivers = _grouped((waiver.tenant, waiver) for waiver in waivers)

    def plan(self, kind: Kind) -> Plan:
        """The rules that bind, by the check that they use, in file order."""
        waivers = self._waivers.get(kind.tenant or "", ())
        bound: dict[str, list[Rule]] = {name: [] for name in self._checks}
        for _, rule in sorted(self._candidates(kind), key=lambda placed: placed[0]):
            if binds_kind(rule, kind):
                bound[rule.check].append(_as_applied(rule, kind, waivers))
        return {name: tuple(rules) for name, rules in bound.items() if rules}

    def candidates_of(self, facts: Facts) -> int:
        """How many rules are looked at for a message of a kind not seen before."""
        return sum(1 for _ in self._candidates(kind_of(facts, self.named)))

    def _candidates(self, kind: Kind) -> Iterator[_Placed]:
        for jurisdiction in (None, *Places(kind.regions).jurisdictions):
            yield from self._shared.get(jurisdiction, ())
        yield from self._own.get(kind.tenant or "", ())


def named(rules: Iterable[Rule], waivers: Iterable[Waiver] = ()) -> Named:
    """The campaigns, tenants and percentages that make a difference to these rules."""
    rules, waivers = tuple(rules), tuple(waivers)
    campaigns = [each.applies.campaigns for each in rules] + [each.campaigns for each in waivers]
    tenants = [each.applies.tenants | each.rollout.tenants for each in rules]
    lots = {round(each.rollout.percent * 100) for each in rules}
    return Named(
        frozenset().union(*campaigns),
        frozenset().union(*tenants, (each.tenant for each in waivers)),
        tuple(sorted(lots)),
    )


def _grouped(pairs: Iterable[tuple[Key, Each]]) -> Mapping[Key, tuple[Each, ...]]:
    groups: dict[Key, list[Each]] = {}
    for key, each in pairs:
        groups.setdefault(key, []).append(each)
    return {key: tuple(members) for key, members in groups.items()}


def _as_applied(rule: Rule, kind: Kind, waivers: tuple[Waiver, ...]) -> Rule:
    """The rule as it speaks of this kind; itself, unless something limits it."""
    if rule.mode is Mode.ENFORCE and not rule.rollout.covers(kind.tenant, kind.lot):
        rule = replace(rule, mode=Mode.SHADOW)
    if kind.observed and rule.override is not Override.NEVER:
        rule = replace(rule, observed=True)
    if rule.override is Override.WAIVER:
        speaking = tuple(waiver for waiver in waivers if _speaks_of(waiver, rule, kind))
        rule = replace(rule, waivers=speaking) if speaking else rule
    return rule


def _speaks_of(waiver: Waiver, rule: Rule, kind: Kind) -> bool:
    return (
        rule.id in waiver.rules
        and (not waiver.campaigns or kind.campaign in waiver.campaigns)
        and (not waiver.channels or kind.channel in waiver.channels)
        and (not waiver.purposes or kind.purpose in waiver.purposes)
        and (
            waiver.jurisdiction is None
            or Places(kind.regions).only_in(frozenset({waiver.jurisdiction}))
        )
    )


def binds(rule: Rule, facts: Facts) -> bool:
    """Whether a rule is on, in force that day in any of the places, and speaks of it."""
    return binds_kind(rule, kind_of(facts, named((rule,))))


def binds_kind(rule: Rule, kind: Kind) -> bool:
    """As `binds`, for all messages of one kind."""
    applies = rule.applies
    if rule.mode is Mode.OFF or kind.last < rule.effective_from:
        return False
    if rule.effective_to is not None and kind.first > rule.effective_to:
        return False
    return (
        (not applies.channels or kind.channel in applies.channels)
        and (not applies.purposes or kind.purpose in applies.purposes)
        and _technology_binds(applies, kind.technology)
        and (not applies.sender_kinds or kind.sender_kind in applies.sender_kinds)
        and (not applies.campaigns or kind.campaign in applies.campaigns)
        and (not applies.postures or kind.posture is None or kind.posture in applies.postures)
        and (not applies.line_types or kind.line_type in applies.line_types)
        and (not applies.exemptions or kind.exemption in applies.exemptions)
        and (not applies.tenants or kind.tenant in applies.tenants)
        and (applies.jurisdiction is None or Places(kind.regions).within(applies.jurisdiction))
    )


def _technology_binds(applies: Applies, technology: Technology) -> bool:
    return (
        not applies.technologies
        or technology is Technology.UNKNOWN
        or technology in applies.technologies
    )
