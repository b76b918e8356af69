"""What does one rule say of one message?"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from gatekeeper.domain.reason import Reason
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Mode


class Finding(Struct, frozen=True, gc=False):
    """A rule that applies and is not met; `detail` is a plain sentence without personal data."""

    rule: str
    reason: Reason
    verdict: Verdict
    mode: Mode
    stage: int
    citation: str
    detail: str
    until: datetime | None = None
    """For rules of time: the first instant at which this rule alone is met."""
    waiver: str | None = None
    """The waiver that lets the message pass all the same."""
    observed: bool = False
    """Whether it is in shadow only because the tenant is in its observe time."""

    @property
    def effect(self) -> Verdict:
        """The verdict that counts: nothing for a rule in shadow, and nothing under a waiver."""
        counts = self.mode is Mode.ENFORCE and self.waiver is None
        return self.verdict if counts else Verdict.ALLOW
