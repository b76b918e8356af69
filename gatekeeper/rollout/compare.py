"""What would a change of policy have done to recorded traffic? Asked by several processes at once.

Each process loads both folders itself and makes sure that they are what the first one has read, so
that nobody judges by a file that was changed meanwhile.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

from msgspec import Struct

from gatekeeper.errors import PolicyError
from gatekeeper.policy.load import load
from gatekeeper.policy.model import Policy
from gatekeeper.rollout.ready import check_kinds
from gatekeeper.rollout.rejudge import Rejudging
from gatekeeper.rollout.tally import Tally
from gatekeeper.rollout.traffic import Piece, Span, decisions

ALONE = 8 << 20
"""Bytes of journal that one process reads sooner than others have started."""
MOST = 8
"""Processes."""


class Version(Struct, frozen=True):
    """A policy folder, and the content hash that it had when it was first read."""

    folder: Path
    hash: str

    def load(self) -> Policy:
        """The policy; PolicyError if it is no longer the one that was read."""
        policy = load(self.folder, check_kinds())
        if policy.hash != self.hash:
            raise PolicyError((f"{self.folder}:1:1: was changed while it was compared",))
        return policy


class Comparison(Struct, frozen=True):
    """Two versions, and the time for which they are compared."""

    old: Version
    new: Version
    span: Span


def compare(
    asked: Comparison, pieces: Sequence[Piece], done: Callable[[int], None], processes: int = 0
) -> Tally:
    """Judge every decision of the pieces under both versions; `done` is told of bytes read.

    With no number of processes there is one for each processor, where there is enough to do.
    """
    tally = Tally()
    for found, size in _judged(asked, pieces, processes or _wanted(pieces)):
        tally.join(found)
        done(size)
    return tally


def _wanted(pieces: Sequence[Piece]) -> int:
    if sum(piece.size for piece in pieces) <= ALONE:
        return 1
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else ()
    return min(MOST, len(cores) or os.cpu_count() or 1)


def _judged(
    asked: Comparison, pieces: Sequence[Piece], processes: int
) -> Iterator[tuple[Tally, int]]:
    if processes < 2:
        hand = _Hand(asked)
        yield from ((hand.judge(piece), piece.size) for piece in pieces)
        return
    with ProcessPoolExecutor(processes, get_context("spawn"), _begin, (asked,)) as pool:
        given: dict[Future[Tally], int] = {
            pool.submit(_judge, piece): piece.size for piece in pieces
        }
        try:
            for future in as_completed(given):
                yield future.result(), given[future]
        except BrokenProcessPool:
            for version in (asked.old, asked.new):
                version.load()
            raise
        finally:
            pool.shutdown(cancel_futures=True)


class _Hand:
    """Judges pieces by two policies that it has loaded."""

    def __init__(self, asked: Comparison) -> None:
        self._span = asked.span
        self._rejudging = Rejudging(asked.old.load(), asked.new.load())

    def judge(self, piece: Piece) -> Tally:
        """What the decisions of one piece come to."""
        tally, judge = Tally(), self._rejudging.judge
        for told in decisions(piece, self._span, tally.read):
            tally.decision(told)
            for recipient in told.body.recipients:
                tally.message(told, judge(told.tenant, told.body, recipient))
        return tally


_HANDS: list[_Hand] = []
"""Of a process that was started to judge: the one that it judges by."""


def _begin(asked: Comparison) -> None:
    _HANDS.append(_Hand(asked))


def _judge(piece: Piece) -> Tally:
    return _HANDS[0].judge(piece)
