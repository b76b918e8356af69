"""When may a finding be gone, though its check is not met? Its rule ends, or a waiver begins."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from gatekeeper.numbering.zones import zone

if TYPE_CHECKING:
    from gatekeeper.policy.model import Rule


def gone_at(
    rule: Rule, until: datetime | None, zones: tuple[str, ...], at: datetime
) -> datetime | None:
    """The first instant after `at` at which a finding of the rule, met at `until`, may be gone.

    None if nothing that is known will end it.
    """
    ends = [until] if until is not None else []
    if rule.effective_to is not None:
        ends.append(over_at(rule.effective_to, zones))
    ends.extend(waiver.effective_from for waiver in rule.waivers)
    return min((end for end in ends if end > at), default=None)


@lru_cache(maxsize=1024)
def over_at(last: date, zones: Collection[str]) -> datetime:
    """The instant from which that day is over in each of the zones; in UTC where there is none."""
    midnight = datetime.combine(last + timedelta(days=1), time())
    if not zones:
        return midnight.replace(tzinfo=UTC)
    return max(midnight.replace(tzinfo=zone(name)).astimezone(UTC) for name in zones)
