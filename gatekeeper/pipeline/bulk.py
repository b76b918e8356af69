"""What would become of every row of a list? The same way as a send, with nothing used up.

Rows are asked about in batches, each in one trip to the store; between rows the loop is let go,
so that sends are served while a list is read.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from msgspec.structs import replace

from gatekeeper.domain.decision import Decision
from gatekeeper.domain.registry import Caller
from gatekeeper.errors import GatekeeperError, RequestRefused
from gatekeeper.evaluate import evaluate
from gatekeeper.pipeline import gather
from gatekeeper.pipeline.case import Case
from gatekeeper.pipeline.reads_as import reads_as
from gatekeeper.pipeline.redaction import foresee
from gatekeeper.pipeline.rooms import Rooms
from gatekeeper.pipeline.snapshot import Snapshot
from gatekeeper.pipeline.whatif import case_of
from gatekeeper.rollout.bulk import BadRow, BulkRow, RowVerdict, Summary, verdict_of
from gatekeeper.store.contract import Answer, IdempotencyAsk, PersonAnswer

BATCH = 128
"""Rows of one trip to the store."""
BREATH = 8
"""Rows judged before others get their turn."""
MOST_REMEMBERED = 500_000
"""Recipients of a list that are remembered, to tell who stands in it twice."""
_NO_KEY = IdempotencyAsk(None, "")


@dataclass(slots=True)
class Listing:
    """One list under judgement: who asks, since when, and whom it has named so far."""

    rooms: Rooms
    caller: Caller
    at: datetime
    summary: Summary = field(default_factory=Summary)
    seen: dict[bytes, int] = field(default_factory=dict)

    async def judge(self, rows: Iterable[BulkRow | BadRow]) -> AsyncIterator[RowVerdict | BadRow]:
        """The verdict of every row, in order; `summary` is whole when this has ended."""
        waiting = iter(rows)
        while batch := list(islice(waiting, BATCH)):
            async for verdict in self._batch(batch):
                self.summary.add(verdict)
                yield verdict

    async def _batch(self, rows: Sequence[BulkRow | BadRow]) -> AsyncIterator[RowVerdict | BadRow]:
        snapshot = self.rooms.configured.current
        opened = [self._open(row, snapshot) for row in rows]
        cases = [each for each in opened if isinstance(each, Opened)]
        answers = await self._ask(cases, snapshot)
        if any(a.registry_version > snapshot.registry.version for a, _ in answers.values()):
            newest = max(a.registry_version for a, _ in answers.values())
            await self.rooms.configured.catch_up(newest)
            async for verdict in self._batch(rows):
                yield verdict
            return
        self.summary.policies.add(snapshot.policy.hash)
        texts = _Texts(snapshot)
        for count, each in enumerate(opened):
            if isinstance(each, BadRow):
                yield each
                continue
            decision = self._decide(each, answers[each.row.line], texts)
            yield verdict_of(each.row, decision, self._first(each))
            if count % BREATH == BREATH - 1:
                await asyncio.sleep(0)

    def _open(self, row: BulkRow | BadRow, snapshot: Snapshot) -> Opened | BadRow:
        if isinstance(row, BadRow):
            return row
        try:
            question = row.question
            if question.at is None:
                question = question.model_copy(update={"at": self.at})
            case = case_of(self.rooms, self.caller, question, snapshot)
            (target,) = gather.targets(case, self.rooms.keys, snapshot.policy.trust)
        except (RequestRefused, GatekeeperError) as error:
            return BadRow(row.line, str(error))
        return Opened(row, case, target)

    async def _ask(
        self, cases: Sequence[Opened], snapshot: Snapshot
    ) -> dict[int, tuple[Answer, PersonAnswer]]:
        """What the store knows of each row's recipient, by the row's line: a trip for a purpose."""
        found: dict[int, tuple[Answer, PersonAnswer]] = {}
        now_ms = int(self.rooms.clock().timestamp() * 1000)
        for purpose in dict.fromkeys(each.case.purpose for each in cases):
            alike = [each for each in cases if each.case.purpose is purpose]
            targets = [each.target for each in alike]
            ask = gather.ask(alike[0].case, targets, snapshot, _NO_KEY)
            ask = replace(ask, reserve=False, now_ms=now_ms, buckets=())
            answer = await self.rooms.store.gather(ask)
            for each, person in zip(alike, answer.persons, strict=True):
                found[each.row.line] = (answer, person)
        return found

    def _decide(
        self, opened: Opened, known: tuple[Answer, PersonAnswer], texts: _Texts
    ) -> Decision:
        answer, person = known
        alone, snapshot = replace(answer, persons=(person,)), texts.snapshot
        seen = texts.seen(opened.case)
        (facts,) = gather.facts_of(opened.case, (opened.target,), alone, seen, snapshot)
        decision = evaluate(facts, snapshot.policy)
        return foresee(opened.case, facts, decision, snapshot)

    def _first(self, opened: Opened) -> int | None:
        """The line on which the recipient stood before, if it did and that is remembered."""
        line, subject = opened.row.line, opened.target.subject
        first = self.seen.get(subject)
        if first is None and len(self.seen) < MOST_REMEMBERED:
            self.seen[subject] = line
        return first


@dataclass(frozen=True, slots=True)
class Opened:
    """A row whose sender, campaign and recipient are known."""

    row: BulkRow
    case: Case
    target: gather.Target


class _Texts:
    """What is seen in the texts of a batch: a text that many rows share is screened once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._known: dict[tuple[object, ...], gather.Seen] = {}

    def seen(self, case: Case) -> gather.Seen:
        """Matches and disclosures of the case's text, and what it reads like."""
        names = gather.names_of(case, self.snapshot.registry)
        key = (case.request.parts, names, case.purpose, case.campaign is not None)
        if key not in self._known:
            screener, parts = self.snapshot.screener, case.request.parts
            told = screener.told(parts, names)
            likeness = reads_as(case, parts, self.snapshot)
            matches = screener.screen(parts, names)
            self._known[key] = gather.Seen(matches, told=told, reads_as=likeness)
        return self._known[key]
