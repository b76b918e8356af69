"""What was decided for one message, and why?"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.domain.verdict import Verdict


class Decision(Struct, frozen=True, gc=False):
    """The strictest effect of all findings, with every finding kept in order of reporting."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    policy: str
    """Content hash of the policy that judged."""
    at: datetime
    next_allowed_at: datetime | None = None

    @property
    def primary(self) -> Finding | None:
        """The first decisive finding in order of reporting; None for a clean allow."""
        if not self.findings:
            return None
        decisive = (f for f in self.findings if f.effect is self.verdict and f.effect)
        return next(decisive, None)

    @property
    def reason(self) -> Reason | None:
        """The primary reason code."""
        primary = self.primary
        return primary.reason if primary else None


def strictest(decisions: tuple[Decision, ...]) -> Decision:
    """The decision that a request with several recipients stands under as a whole."""
    if len(decisions) == 1:
        return decisions[0]
    return max(decisions, key=lambda decision: decision.verdict)
