"""What does the customer state of a recipient, and is the kind of line believed?

A stated place is one candidate more, whoever says so. A stated landline only loosens, so it needs a
source that the policy trusts with it.
"""

from __future__ import annotations

from datetime import datetime

from gatekeeper.domain.number import Stated
from gatekeeper.numbering.trust import Narrows, Trust
from gatekeeper.policy.row import RecipientRow


def stated_of(row: RecipientRow) -> Stated | None:
    """Where the recipient is said to be, and by which source; None if nothing of it is said."""
    said = Stated(row.region, row.postal, row.timezone, row.source, row.as_of)
    return None if said == Stated() else said


def believed_line(
    line_type: str | None, stated: Stated | None, trust: Trust, at: datetime
) -> str | None:
    """The line type if its source is trusted with it at that instant, else None: not known."""
    if line_type is None or stated is None:
        return None
    narrows = trust.narrows(stated.source, stated.as_of, at)
    return line_type if Narrows.LINE_TYPE in narrows else None
