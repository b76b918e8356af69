"""The writer's thread: one report for each batch, a last one when it ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue

import pytest

from gatekeeper.journal.checkpoints import newest
from gatekeeper.journal.committer import Committed, Committer
from gatekeeper.journal.layout import streams
from gatekeeper.journal.opening import Ground, Opened, prepare
from gatekeeper.journal.record import Record, draft
from tests.support.journal import KEYRING, SMALL, FaultyDisk, now

DRAFT = draft(Record("decision", "r", "acme", {}), now())
STOPPED = Committed(error="its writer has stopped")


@pytest.fixture
def disk() -> FaultyDisk:
    return FaultyDisk()


@pytest.fixture
def ready(tmp_path: Path, disk: FaultyDisk) -> Iterator[Opened]:
    ready = prepare(Ground(tmp_path, KEYRING, now, SMALL, disk))
    yield ready
    os.close(ready.lock)


def test_each_batch_is_reported_in_order_and_stopping_closes_the_stream(
    ready: Opened, tmp_path: Path
) -> None:
    reports: SimpleQueue[Committed] = SimpleQueue()
    committer = Committer(ready.stream, ready.reserve, reports.put)
    committer.start()
    for size in (1, 3, 2):
        committer.submit([DRAFT] * size)
    assert committer.stop(5.0)
    assert [reports.get() for _ in range(4)] == [*map(Committed, (2, 5, 7)), STOPPED]
    last = newest(streams(tmp_path)[0])
    assert last is not None
    assert (last.state, last.seq) == ("closed", 7)


def test_an_error_is_reported_in_the_systems_words_and_the_thread_goes_on(
    ready: Opened, disk: FaultyDisk
) -> None:
    reports: SimpleQueue[Committed] = SimpleQueue()
    committer = Committer(ready.stream, ready.reserve, reports.put)
    committer.start()
    disk.fail["sync"] = 2
    committer.submit([DRAFT])
    committer.submit([DRAFT])
    assert reports.get() == Committed(error="Input/output error")
    assert reports.get() == Committed(3)
    assert committer.stop(5.0)


def test_a_checkpoint_that_fails_is_told_until_one_succeeds(
    ready: Opened, disk: FaultyDisk
) -> None:
    committer = Committer(ready.stream, ready.reserve, lambda _: None)
    ready.stream.commit([DRAFT])
    disk.fail["sync"] = 1
    committer._tick(closed=False)
    assert committer.trouble == "no checkpoint: Input/output error"
    committer._tick(closed=False)
    assert committer.trouble is None
    ready.stream.close()
