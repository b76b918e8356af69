"""What do the content rules in force make of what the detectors find in one text?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import msgspec

from gatekeeper.checks import content
from gatekeeper.cli.screen_lines import Line
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.match import Match
from gatekeeper.domain.message import TextPart
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Channel, Family, Mode, Role
from gatekeeper.rollout.ready import Judge


class Found(msgspec.Struct):
    """One match; offsets are code points of the text given, half-open."""

    family: str
    detector: str
    likelihood: str
    verdict: str
    start: int
    end: int


class Answer(msgspec.Struct):
    """What the content rules say of one text."""

    id: str | int
    verdict: str
    matches: list[Found]


@dataclass(frozen=True, slots=True)
class ContentJudge:
    """The screener with the content rules in force now for a text message of no known sender."""

    judge: Judge
    at: datetime
    _known: dict[Match, tuple[Finding, ...]] = field(default_factory=dict)
    """By what rules ask of a match: all but where it stands and how it came about."""

    def matches(self, text: str) -> tuple[Match, ...]:
        """What the detectors find."""
        return self.judge.screener.screen((part(text),))

    def findings(self, match: Match) -> tuple[Finding, ...]:
        """What the rules make of one match."""
        asked = replace(match, path="", start=0, end=0, trace=(), exact=True)
        if asked not in self._known:
            facts = Facts(at=self.at, channel=Channel.SMS, matches=(match,))
            rules = self.judge.policy.applicable(content.CHECK.name, facts)
            found = (content.CHECK.run(facts, rule) for rule in rules)
            self._known[asked] = tuple(finding for finding in found if finding)
        return self._known[asked]

    def verdict(self, match: Match) -> Verdict:
        """The strictest of them."""
        return max((found.effect for found in self.findings(match)), default=Verdict.ALLOW)

    def never_stopped(self) -> frozenset[Family]:
        """Families of which no rule in force blocks or holds a message."""
        stopping = {
            rule.params.family
            for rule in self.judge.policy.rules
            if rule.check == content.CHECK.name
            and rule.mode is Mode.ENFORCE
            and rule.verdict >= Verdict.HOLD
        }
        return frozenset(Family) - stopping

    def verdict_of(self, matches: Sequence[Match]) -> Verdict:
        """What becomes of a text with these matches."""
        return max(map(self.verdict, matches), default=Verdict.ALLOW)

    def answer(self, line: Line) -> Answer:
        """The answer to one line."""
        matches = self.matches(line.text)
        if not matches:
            return Answer(line.id, Verdict.ALLOW.label, [])
        found = [_found(match, self.verdict(match)) for match in matches]
        return Answer(line.id, self.verdict_of(matches).label, found)


def part(text: str) -> TextPart:
    """A text as the body of a message."""
    return TextPart("text", Role.BODY, text)


def _found(match: Match, verdict: Verdict) -> Found:
    return Found(
        match.family,
        match.detector,
        match.likelihood.label,
        verdict.label,
        match.start,
        match.end,
    )
