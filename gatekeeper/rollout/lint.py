"""What is wrong in a policy folder, all that can be told without a message to judge?

Faults of reading and of shape, examples that do not hold, and what makes no sense though it loads:
rules that nothing can come under, lists of days that are past, sources that nobody has looked at
for a year. Whatever only time brings about is a warning.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from gatekeeper.domain.fault_codes import Code
from gatekeeper.errors import PolicyError
from gatekeeper.policy.compile import Draft
from gatekeeper.policy.faults import Fault, found_in
from gatekeeper.policy.load import drafted, policy_files
from gatekeeper.policy.model import Policy, Rule
from gatekeeper.policy.yamlfile import Located, Spot
from gatekeeper.rollout.floor import below_shipped, found_looser
from gatekeeper.rollout.lint_dates import dates_gone, expired, sources
from gatekeeper.rollout.lint_detectors import idle
from gatekeeper.rollout.lint_reach import limits, placed, reach
from gatekeeper.rollout.lint_shadow import shadowed
from gatekeeper.rollout.lint_tables import tables
from gatekeeper.rollout.ready import Judge, check_kinds, loaded, proof


@dataclass(frozen=True, slots=True)
class Report:
    """What was found, in order of places."""

    policy: Policy | None
    """None if the folder does not load."""
    faults: tuple[Fault, ...]

    @property
    def errors(self) -> tuple[Fault, ...]:
        """What must be mended."""
        return tuple(fault for fault in self.faults if not fault.warning)

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """What should be looked at."""
        return tuple(fault for fault in self.faults if fault.warning)


def lint(folder: Path, today: date, shipped: Policy | None = None) -> Report:
    """Everything that is wrong in a folder, as of this day; its floor is held against `shipped`."""
    judge, faults = _judged(folder)
    policy = judge.policy if judge else None
    if policy is not None and shipped is not None:
        faults += below_shipped(policy, shipped)
    draft = _draft(folder)
    if draft is not None:
        faults += _sense(draft, today)
        faults += idle(draft.detectors, judge.screener if judge else None)
        faults += tables(folder, draft)
    once = dict.fromkeys(sorted(faults, key=lambda fault: fault.order))
    return Report(policy, tuple(once))


def _judged(folder: Path) -> tuple[Judge | None, list[Fault]]:
    try:
        judge = loaded(folder)
    except PolicyError as error:
        return None, list(found_in(error, Code.SENSELESS))
    unproved = [each.fault for each in proof(judge) if not each.holds]
    return judge, [*unproved, *found_looser(judge.policy, judge.screener)]


def _draft(folder: Path) -> Draft | None:
    """What the files say, also where some have faults; None if they cannot even be found."""
    try:
        return drafted(tuple(policy_files(folder)), check_kinds())
    except PolicyError:
        return None


def _sense(draft: Draft, today: date) -> Iterator[Fault]:
    for document in draft.documents:
        yield from sources(document, today)
        yield from placed(document)
    for rule in draft.rules:
        place = _place(draft, rule)
        yield from placed(place)
        yield from reach(rule, place, today)
        yield from dates_gone(rule, place, today)
    for waiver in draft.tenants.waivers:
        yield from expired(waiver, today)
    yield from shadowed(draft.rules)
    yield from limits(draft)


def _place(draft: Draft, rule: Rule) -> Located:
    """Where a rule stands; of a stricter form of a rule of all, only the beginning is known."""
    source = rule.source
    return draft.places.get(rule.id) or Located({}, source.file, Spot((source.line, source.column)))
