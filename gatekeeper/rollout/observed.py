"""What would have become of a tenant's messages in its observe time, had everything been enforced?

Read from what was recorded: each finding that was in shadow only because the tenant observed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from gatekeeper.domain.verdict import Verdict
from gatekeeper.journal.record import Line

MARK = b'"observed":true'
"""Stands in every record of a decision of an observed tenant."""
EXAMPLES = 3
NO_CAMPAIGN = "(none)"


@dataclass(slots=True)
class Observed:
    """Messages to one recipient each, counted; a message may have findings of several rules."""

    messages: int = 0
    """All that were decided while the tenant observed."""
    stopped: int = 0
    """Those among them that did stop: by what can never be overridden."""
    would_stop: int = 0
    """Those that went, and would not have gone."""
    would_change: int = 0
    """Those that went as they were, and would have gone marked or masked."""
    verdicts: Counter[str] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    campaigns: Counter[str] = field(default_factory=Counter)
    days: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)
    """Some ids of decisions, by rule."""

    def add(self, line: Line) -> None:
        """Count one record of a decision."""
        body = line.content
        for recipient in body.get("recipients", ()):
            if recipient.get("facts", {}).get("observed"):
                self._recipient(line, body, recipient)

    def _recipient(self, line: Line, body: dict[str, Any], recipient: dict[str, Any]) -> None:
        self.messages += 1
        was = Verdict.of(recipient["verdict"])
        if not was.forwards:
            self.stopped += 1
            return
        waiting = [each for each in recipient["findings"] if each.get("observed")]
        would = max((Verdict.of(each["verdict"]) for each in waiting), default=was)
        if would <= was:
            return
        if would.forwards:
            self.would_change += 1
        else:
            self.would_stop += 1
        self.verdicts[would.label] += 1
        self.days[line.at[:10]] += 1
        self.campaigns[body.get("campaign") or NO_CAMPAIGN] += 1
        primary = next(each for each in waiting if Verdict.of(each["verdict"]) is would)
        self.reasons[primary["reason"]] += 1
        for rule in {each["rule"] for each in waiting}:
            self.rules[rule] += 1
            known = self.examples.setdefault(rule, [])
            if len(known) < EXAMPLES:
                known.append(line.id)


def observed(lines: Iterable[Line], tenant: str) -> Observed:
    """The report of one tenant over these records."""
    report = Observed()
    for line in lines:
        if line.tenant == tenant:
            report.add(line)
    return report


@dataclass(slots=True)
class Uses:
    """How often a waiver let a message pass, and when last."""

    times: int = 0
    last: str | None = None


WAIVED = b'"waiver":"'
"""Stands in every record of a decision in which a waiver was used."""


def uses(lines: Iterable[Line]) -> dict[tuple[str, str], Uses]:
    """The uses of each waiver, by tenant and waiver id; a message counts once."""
    found: dict[tuple[str, str], Uses] = {}
    for line in lines:
        for recipient in line.content.get("recipients", ()):
            named = {each.get("waiver") for each in recipient["findings"]}
            for name in named - {None}:
                use = found.setdefault((line.tenant, str(name)), Uses())
                use.times += 1
                use.last = max(use.last or "", line.at)
    return found
