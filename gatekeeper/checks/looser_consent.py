"""Which way is what a rule needs of a consent record stricter?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from gatekeeper.domain.consent import Basis

_FOREVER = float("inf")


def _needed(was: Any, now: Any) -> str | None:
    for place, before, after in (
        ("", was.need, now.need),
        (" where the place is unknown", _unplaced(was), _unplaced(now)),
    ):
        if after.rank < before.rank:
            return f"with {after.replace('_', ' ')} consent on record{place}"
    return None


def _unplaced(params: Any) -> Basis:
    basis: Basis = params.need if params.where_unknown is None else params.where_unknown
    return basis


def _complete(was: Any, now: Any) -> str | None:
    missing = sorted(was.elements - now.elements)
    return f"with a consent record that lacks {missing[0]}" if missing else None


def _lasting(was: Any, now: Any) -> str | None:
    """How long implied consent lasts, of every source and of one that is not named."""
    if not was.implied_months:
        return None
    for source in sorted({*was.implied_months, *now.implied_months, ""}):
        before, after = _term(was.implied_months, source), _term(now.implied_months, source)
        if after > before:
            named = source or "another source"
            return f"with consent implied by {named} {before:.0f} months ago"
    return None


def _term(months: Mapping[str, int | None], source: str) -> float:
    """A source that is not named has the shortest term; without any terms it lasts."""
    if not months:
        return _FOREVER
    lasts = months.get(source, min((m for m in months.values() if m is not None), default=None))
    return _FOREVER if lasts is None else lasts


def _accepted(was: Any, now: Any) -> str | None:
    """Sources that do although the basis does not.

    Where a stronger basis is needed than before, they would let pass what was found incomplete.
    """
    raised = now.need.rank > was.need.rank or _unplaced(now).rank > _unplaced(was).rank
    for source in sorted(now.accepts):
        before = _accepting(was.accepts, source)
        if raised or _accepting(now.accepts, source) > before:
            return f"with consent implied by {source}" + (
                f" {before:.0f} months ago" if 0 < before < _FOREVER else ""
            )
    return None


def _accepting(months: Mapping[str, int | None], source: str) -> float:
    lasts = months.get(source, 0)
    return _FOREVER if lasts is None else lasts


def _heard(was: Any, now: Any) -> str | None:
    before, after = was.unless_inbound_hours, now.unless_inbound_hours
    if after is None or (before is not None and after <= before):
        return None
    return f"{before or 0} hours after the recipient's last message"


def _excepted(was: Any, now: Any) -> str | None:
    return next(iter(_exceptions(was, now)), None)


def _exceptions(was: Any, now: Any) -> Iterator[str]:
    for name in sorted(now.except_classes - was.except_classes):
        yield f"for a message of class {name}"
    for exempt in now.exempt:
        if exempt not in was.exempt:
            yield f"for what is exempt as {exempt.name}"
    for name in sorted(now.except_countries - was.except_countries):
        yield f"for a person in {name}"


CONSENT = (
    (("need", "where_unknown"), _needed),
    (("elements",), _complete),
    (("implied_months",), _lasting),
    (("accepts",), _accepted),
    (("unless_inbound_hours",), _heard),
    (("except_classes", "exempt", "except_countries"), _excepted),
)
"""The comparisons of the check `consent`, for `checks.looser_params`."""
