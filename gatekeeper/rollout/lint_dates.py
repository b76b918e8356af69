"""Which days in a policy file are past, or still to come, that should not be?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from gatekeeper.domain.fault_codes import Code
from gatekeeper.domain.words import Mode
from gatekeeper.policy.faults import Fault
from gatekeeper.policy.model import Rule, Waiver
from gatekeeper.policy.yamlfile import Located

FRESH = timedelta(days=365)
"""How long after it was looked at a source still counts as known."""
Path = tuple[str | int, ...]
_UNSOURCED = frozenset({"tests", "given", "with", "rows"})
"""Keys below which nothing has a source of its own."""


def sources(document: Located, today: date) -> Iterator[Fault]:
    """Sources verified in the future or too long ago, and uncertain ones without a note."""
    for path, said in _mappings(document.value, ()):
        verified = said.get("verified_on")
        if not isinstance(verified, date) or isinstance(verified, datetime):
            verified = today
        if verified > today:
            told = f"verified on {verified}, which is still to come"
            yield document.fault(told, *path, "verified_on", code=Code.FUTURE)
        elif today - verified > FRESH:
            told = f"last verified on {verified}, more than a year ago"
            yield document.fault(told, *path, "verified_on", code=Code.STALE)
        if said.get("confidence") == "low" and not said.get("note"):
            told = "the confidence is low, and no note says what is uncertain"
            yield document.fault(told, *path, "confidence", code=Code.UNSURE)


def _mappings(value: Any, path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every mapping that may state a source."""
    if isinstance(value, dict):
        yield path, value
        for key, below in value.items():
            if key not in _UNSOURCED and not key.startswith("x_"):
                yield from _mappings(below, (*path, key))
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from _mappings(below, (*path, index))


def dates_gone(rule: Rule, located: Located, today: date) -> Iterator[Fault]:
    """Lists of days, such as holidays, of which none is left."""
    over = rule.effective_to is not None and rule.effective_to < today
    if over or rule.mode is Mode.OFF or not isinstance(located.value.get("with"), dict):
        return
    for path, days in _lists_of_days(located.value["with"], ("with",)):
        if max(days) < today:
            told = f"the last of these days, {max(days)}, is past: name those to come"
            yield located.fault(told, *path, code=Code.RUN_OUT)


def expired(waiver: Waiver, today: date) -> Iterator[Fault]:
    """A waiver that has ended is dead in every path; its file says more than holds."""
    if waiver.source is not None and waiver.expires <= datetime.combine(today, time(), UTC):
        told = f"waiver {waiver.id} ended at {waiver.expires.isoformat()}: it lets nothing pass"
        yield Fault(waiver.source, told, Code.EXPIRED)


def _lists_of_days(value: Any, path: Path) -> Iterator[tuple[Path, list[date]]]:
    if isinstance(value, dict):
        for key, below in value.items():
            yield from _lists_of_days(below, (*path, key))
    elif isinstance(value, list) and value and all(map(_is_day, value)):
        yield path, value


def _is_day(value: Any) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)
