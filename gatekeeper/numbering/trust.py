"""How far is a statement about the recipient believed, and which states keep theirs all the same?

Without a source that the policy trusts, and a day on which it spoke, a statement narrows nothing:
what it says is one more candidate. A state that presumes that whoever has its area code is there
(Florida, for one) stays a candidate whatever anybody states.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from msgspec import Struct

SOURCE = r"^[a-z][a-z0-9_]{0,39}$"
"""How the word for a source is written: `billing_address`."""

_AHEAD = timedelta(days=1)
"""It may be tomorrow already where the statement was made."""


class Narrows(StrEnum):
    """What a trusted statement may take away."""

    STATES = "states"
    """The law of the states and provinces that it does not name."""
    CLOCKS = "clocks"
    """The hours of the zones that it does not name."""
    LINE_TYPE = "line_type"
    """What binds every line that is not known to be a landline."""


NOTHING: frozenset[Narrows] = frozenset()


class TrustedSource(Struct, frozen=True):
    """Where statements come from that are believed, how long, and how far."""

    source: str
    """A word, as `billing_address`."""
    narrows: frozenset[Narrows]
    max_age_days: int
    """So long after the day of the statement; it is as of that day that it is believed."""
    citation: str = ""
    verified_on: date | None = None
    confidence: str = "high"
    effective_from: date = date.min
    effective_to: date | None = None
    """Last day, None for no end."""

    def believes(self, as_of: date, today: date) -> bool:
        """Whether a statement of that day is believed today (UTC)."""
        if today < self.effective_from or (self.effective_to and today > self.effective_to):
            return False
        return as_of <= today + _AHEAD and today - as_of <= timedelta(days=self.max_age_days)


class Trust(Struct, frozen=True):
    """What a policy says of statements about recipients."""

    sources: tuple[TrustedSource, ...] = ()
    presuming: frozenset[str] = frozenset()
    """States (`US-FL`) that presume that whoever has their area code is there."""

    def narrows(self, source: str | None, as_of: date | None, at: datetime) -> frozenset[Narrows]:
        """What a statement of this source, made on that day, may narrow at an instant."""
        if source is None or as_of is None:
            return NOTHING
        today = at.astimezone(UTC).date()
        for row in self.sources:
            if row.source == source and row.believes(as_of, today):
                return row.narrows
        return NOTHING


NO_TRUST = Trust()
"""Nothing that is stated narrows anything."""
