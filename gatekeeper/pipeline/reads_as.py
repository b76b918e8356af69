"""What kind of message do the texts of a case read like, where that could contradict it?"""

from __future__ import annotations

from collections.abc import Sequence

from gatekeeper.domain.message import TextPart
from gatekeeper.domain.resemblance import Resemblance
from gatekeeper.pipeline.case import Case
from gatekeeper.pipeline.snapshot import Snapshot


def reads_as(case: Case, parts: Sequence[TextPart], snapshot: Snapshot) -> Resemblance | None:
    """The kind, where it could contradict what the campaign is registered for; else None."""
    registered = case.campaign is not None
    return snapshot.screener.reads_as(parts, case.purpose, registered=registered)
