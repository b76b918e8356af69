"""Why does a rule not speak of a message: which of its dates, places and kinds leave it out?"""

from __future__ import annotations

from collections.abc import Iterator

from gatekeeper.domain.facts import Facts
from gatekeeper.domain.number import Places
from gatekeeper.domain.words import Mode, Technology
from gatekeeper.policy.binding import named
from gatekeeper.policy.model import Rule
from gatekeeper.policy.plan import Kind, kind_of


def out_of_force(rule: Rule, facts: Facts) -> str | None:
    """Which date leaves it out, None if it is in force where the person may be."""
    kind = kind_of(facts, named((rule,)))
    if kind.last < rule.effective_from:
        return f"it begins on {rule.effective_from}; the message is of {kind.last}"
    if rule.effective_to is not None and kind.first > rule.effective_to:
        return f"it ended on {rule.effective_to}; the message is of {kind.first}"
    return None


def left_out(rule: Rule, facts: Facts, *, whole: bool = True) -> tuple[str, ...]:
    """What of the message the rule does not speak of; nothing, if it binds on its days.

    Without `whole` no campaign or tenant is named that may be somebody else's.
    """
    if rule.mode is Mode.OFF:
        return ("it is switched off",)
    return tuple(_left_out(rule, kind_of(facts, named((rule,))), facts, whole=whole))


def _left_out(rule: Rule, kind: Kind, facts: Facts, *, whole: bool) -> Iterator[str]:
    applies = rule.applies
    yield from _place(applies.jurisdiction, kind.regions)
    plain: tuple[tuple[str, frozenset[str], str | None], ...] = (
        ("channel", _words(applies.channels), kind.channel),
        ("purpose", _words(applies.purposes), kind.purpose),
        ("kind of sender", _words(applies.sender_kinds), kind.sender_kind),
        ("campaign", applies.campaigns, kind.campaign),
        ("type of line", applies.line_types, kind.line_type),
        ("exemption", _words(applies.exemptions), kind.exemption),
        ("tenant", applies.tenants, kind.tenant),
    )
    said = {"campaign": facts.campaign, "type of line": facts.line_type, "tenant": None}
    for what, wanted, got in plain:
        if wanted and got not in wanted:
            if what in _PRIVATE and not whole:
                yield f"it speaks of some {what}s only"
            else:
                yield _not_among(what, said.get(what, got) or got, wanted)
    if kind.technology is not Technology.UNKNOWN:
        wanted = _words(applies.technologies)
        if wanted and kind.technology not in wanted:
            yield _not_among("technology", kind.technology, wanted)
    if applies.postures and kind.posture is not None and kind.posture not in applies.postures:
        yield _not_among("reading of the law", kind.posture, _words(applies.postures))


_PRIVATE = frozenset({"campaign", "tenant"})


def _place(jurisdiction: str | None, regions: frozenset[str]) -> Iterator[str]:
    if jurisdiction is None or Places(regions).within(jurisdiction):
        return
    where = ", ".join(sorted(regions)) or "at a place that is not known"
    yield f"it speaks of {jurisdiction}; the person may be in {where}"


def _not_among(what: str, got: str | None, wanted: frozenset[str]) -> str:
    listed = ", ".join(sorted(wanted))
    return f"{what} is {got or 'none'}, not {listed}".replace("_", " ")


def _words(members: frozenset[str]) -> frozenset[str]:
    return frozenset(str(member) for member in members)
