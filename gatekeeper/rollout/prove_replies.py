"""Does every reply that stands beside a rule mean what the file says it means?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Protocol

from gatekeeper.domain.reply import ReplyKind, ReplyReading
from gatekeeper.policy.model import Policy, Source
from gatekeeper.policy.reply_model import ReplyRule
from gatekeeper.rollout.prove import Proved

LAW = ("stop", "quit", "end", "revoke", "opt out", "cancel", "unsubscribe")
"""Words by which consent is revoked whatever a policy says (47 CFR 64.1200(a)(10))."""


class Reads(Protocol):
    """What proving needs of the reader of replies."""

    def read(self, text: str) -> ReplyReading:
        """What a reply means."""


def prove_replies(policy: Policy, replies: Reads) -> Iterator[Proved]:
    """Judge every example of every keyword set and pattern, every innocent reply, and the law's
    own words: a policy without them, or with another meaning for them, is not in order.
    """
    for word in LAW:
        reading = replies.read(word)
        stops = reading.kind is ReplyKind.STOP and reading.certain
        problem = "" if stops else f"{_told(reading)}, though by 47 CFR 64.1200(a)(10) it is a stop"
        yield Proved("replies", f'"{word}"', Source(PurePosixPath("replies")), problem)
    for language in policy.replies:
        for rule in (*language.keywords, *language.patterns):
            yield from _prove_rule(rule, replies)
        for number, text in enumerate(language.innocent, start=1):
            reading = replies.read(text)
            problem = "" if reading.kind is ReplyKind.NONE else _told(reading)
            yield Proved(
                f"replies.{language.language}", f"innocent {number}", language.source, problem
            )


def _prove_rule(rule: ReplyRule, replies: Reads) -> Iterator[Proved]:
    wanted = ReplyReading(rule.kind, rule.certain, rule.id, rule.language)
    for number, text in enumerate(rule.positives, start=1):
        reading = replies.read(text)
        problem = "" if reading == wanted else _told(reading)
        yield Proved(rule.id, f"positive {number}", rule.source, problem)
    for number, text in enumerate(rule.negatives, start=1):
        reading = replies.read(text)
        problem = _told(reading) if reading.rule == rule.id else ""
        yield Proved(rule.id, f"negative {number}", rule.source, problem)


def _told(reading: ReplyReading) -> str:
    if reading.kind is ReplyKind.NONE:
        return "reads as nothing"
    sure = "" if reading.certain else "perhaps "
    return f"reads as {sure}{reading.kind} by {reading.rule}"
