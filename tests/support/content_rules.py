"""What do the shipped content rules say of one text sent as an SMS?"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from gatekeeper.checks import content
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.match import Match
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Channel
from tests.support.detectors import body
from tests.support.shipped import shipped

AT = datetime(2026, 11, 20, 17, tzinfo=UTC)


class Ruled(NamedTuple):
    """The strictest verdict of the content rules, and the matches with their own."""

    verdict: Verdict
    matches: tuple[tuple[Match, Verdict], ...]

    def stopping(self) -> list[Match]:
        """Matches that keep the text from going out, or not as it is written."""
        return [match for match, verdict in self.matches if verdict > Verdict.FLAG]

    def families(self, at_least: Verdict = Verdict.FLAG) -> set[str]:
        """Families with a match of that verdict or a stricter one."""
        return {match.family.value for match, verdict in self.matches if verdict >= at_least}


def ruled(text: str) -> Ruled:
    """Screen one text and judge each match by the content rules, as `gatekeeper screen` does."""
    matches = shipped().screener.screen((body(text),))
    told = tuple((match, _verdict(match)) for match in matches)
    return Ruled(max((verdict for _, verdict in told), default=Verdict.ALLOW), told)


def _verdict(match: Match) -> Verdict:
    facts = Facts(at=AT, channel=Channel.SMS, matches=(match,))
    rules = shipped().policy.applicable(content.CHECK.name, facts)
    findings = (content.CHECK.run(facts, rule) for rule in rules)
    return max((found.effect for found in findings if found), default=Verdict.ALLOW)
