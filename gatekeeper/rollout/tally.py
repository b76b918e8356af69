"""What would become of many messages: how many of each kind, where, and by which rule?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeVar

from msgspec import Struct, field

from gatekeeper.domain.verdict import Verdict
from gatekeeper.rollout.rejudge import Rejudged
from gatekeeper.rollout.traffic import Read, Told

Key = TypeVar("Key")
SHOWN = 3
"""Examples of each change."""


class Move(NamedTuple):
    """A kind of outcome: whose message, and what becomes of it."""

    tenant: str
    campaign: str
    """Empty for none."""
    old: Verdict
    new: Verdict
    rule: str
    """The rule that decides where the verdict is the stricter one; empty where nothing changes."""

    @property
    def newly_blocked(self) -> bool:
        """Whether it went out, and would not."""
        return self.old.forwards and not self.new.forwards

    @property
    def newly_allowed(self) -> bool:
        """Whether it did not go out, and would."""
        return self.new.forwards and not self.old.forwards


class Example(NamedTuple):
    """One message of a change; a person's data is nowhere in it."""

    decision: str
    tenant: str
    rule: str


class Share(Struct):
    """The figures of one tenant, campaign or rule."""

    judged: int = 0
    newly_blocked: int = 0
    newly_allowed: int = 0
    other: int = 0
    """Another verdict, but that goes out, or is stopped, as before."""
    unjudged: int = 0

    @property
    def changed(self) -> int:
        """All that get another verdict."""
        return self.newly_blocked + self.newly_allowed + self.other

    def add(self, move: Move, count: int) -> None:
        """Count so many messages of a kind."""
        self.judged += count
        if move.newly_blocked:
            self.newly_blocked += count
        elif move.newly_allowed:
            self.newly_allowed += count
        elif move.old is not move.new:
            self.other += count


class Tally(Struct):
    """What a walk over recorded decisions has found; two of them can be joined."""

    decisions: int = 0
    moves: Counter[Move] = field(default_factory=Counter)
    """Messages, one for each recipient, by kind."""
    unjudged: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Messages of which it cannot be told, by tenant and campaign."""
    why: Counter[str] = field(default_factory=Counter)
    """For how many of these each reason holds; one may have several."""
    examples: dict[tuple[Verdict, Verdict], list[Example]] = field(default_factory=dict)
    read: Read = field(default_factory=Read)
    first: str = ""
    last: str = ""

    def decision(self, told: Told) -> None:
        """Count a decision, before its recipients."""
        self.decisions += 1
        self.first = min(self.first or told.at, told.at)
        self.last = max(self.last, told.at)

    def message(self, told: Told, found: Rejudged) -> None:
        """Count what becomes of one recipient's message."""
        campaign = told.body.campaign or ""
        old, new = found.old.verdict, found.new.verdict
        if old is None or new is None:
            self.unjudged[told.tenant, campaign] += 1
            self.why.update(found.why)
            return
        if old is new:
            self.moves[Move(told.tenant, campaign, old, new, "")] += 1
            return
        rule = (found.new.rule if new > old else found.old.rule) or ""
        self.moves[Move(told.tenant, campaign, old, new, rule)] += 1
        shown = self.examples.setdefault((old, new), [])
        if len(shown) < SHOWN:
            shown.append(Example(told.id, told.tenant, rule))

    def join(self, other: Tally) -> None:
        """Add what another walk has found."""
        self.decisions += other.decisions
        self.moves.update(other.moves)
        self.unjudged.update(other.unjudged)
        self.why.update(other.why)
        for change, examples in other.examples.items():
            self.examples[change] = (self.examples.get(change, []) + examples)[:SHOWN]
        self.read.refused += other.read.refused
        self.read.unreadable += other.read.unreadable
        self.first = min(filter(None, (self.first, other.first)), default="")
        self.last = max(self.last, other.last)

    @property
    def total(self) -> Share:
        """The figures of all messages."""
        return self._grouped(lambda *_: "").get("", Share())

    @property
    def matrix(self) -> Mapping[tuple[Verdict, Verdict], int]:
        """How many messages go from which verdict to which."""
        found: Counter[tuple[Verdict, Verdict]] = Counter()
        for move, count in self.moves.items():
            found[move.old, move.new] += count
        return found

    def by_tenant(self) -> Mapping[str, Share]:
        """The figures of each tenant."""
        return self._grouped(lambda tenant, _: tenant)

    def by_campaign(self) -> Mapping[tuple[str, str], Share]:
        """The figures of each tenant's campaigns."""
        return self._grouped(lambda tenant, campaign: (tenant, campaign))

    def _grouped(self, key: Callable[[str, str], Key]) -> dict[Key, Share]:
        found: dict[Key, Share] = {}
        for move, count in self.moves.items():
            found.setdefault(key(move.tenant, move.campaign), Share()).add(move, count)
        for (tenant, campaign), count in self.unjudged.items():
            found.setdefault(key(tenant, campaign), Share()).unjudged += count
        return found

    def by_rule(self) -> Mapping[str, Share]:
        """The figures of each rule that decides a changed verdict."""
        found: dict[str, Share] = {}
        for move, count in self.moves.items():
            if move.rule:
                found.setdefault(move.rule, Share()).add(move, count)
        return found
