"""The journal's front: durable before it answers, or a refusal; never an endless wait."""

from __future__ import annotations

import asyncio
import threading
from errno import ENOSPC
from pathlib import Path

import pytest

from gatekeeper.errors import DependencyUnavailable, JournalError
from gatekeeper.journal.disk import Disk
from gatekeeper.journal.opening import Limits
from gatekeeper.journal.record import Position, Record
from tests.support.journal import (
    FaultyDisk,
    FillingDisk,
    VolatileDisk,
    decision,
    ids,
    opened,
    proved,
    until,
)


async def test_positions_count_up_and_the_closed_journal_verifies(tmp_path: Path) -> None:
    journal = await opened(tmp_path)
    places = [await journal.append("decision", f"r{n}", "acme", decision()) for n in range(5)]
    await journal.close()
    assert places == [Position(journal.stream, n) for n in range(2, 7)]
    report = proved(tmp_path)
    assert (report.ok, report.records, report.notes) == (True, 7, [])


async def test_concurrent_appends_share_syncs(tmp_path: Path) -> None:
    syncs = 0

    class Counting(Disk):
        def sync(self, fd: int) -> None:
            nonlocal syncs
            syncs += 1
            super().sync(fd)

    journal = await opened(tmp_path, disk=Counting(), limits=Limits(reserve_bytes=0))
    syncs = 0
    await asyncio.gather(
        *(journal.append("decision", f"r{n}", "acme", decision()) for n in range(200))
    )
    assert syncs <= 4
    await journal.close()
    assert sorted(ids(tmp_path)) == sorted(f"r{n}" for n in range(200))


async def test_a_batch_answers_with_its_last_position(tmp_path: Path) -> None:
    journal = await opened(tmp_path)
    records = [Record("consent", f"c{n}", "acme", {}) for n in range(10)]
    assert (await journal.append_all(records)).seq == 11
    with pytest.raises(JournalError):
        await journal.append_all([])
    await journal.close()


async def test_records_nobody_waits_for_are_written_too(tmp_path: Path) -> None:
    journal = await opened(tmp_path)
    done = [journal.append_soon("outcome", f"r{n}", "acme", {"end": "sent"}) for n in range(20)]
    await asyncio.gather(*done)
    await journal.close()
    assert len(ids(tmp_path, "outcome")) == 20


@pytest.mark.parametrize("kept_of_unsure", [0.0, 0.5, 1.0])
async def test_an_answered_append_survives_power_loss(
    tmp_path: Path, kept_of_unsure: float
) -> None:
    disk = VolatileDisk()
    journal = await opened(tmp_path / "run", disk=disk)
    for n in range(50):
        await journal.append("decision", f"r{n}", "acme", decision())
    done = journal.append_soon("outcome", "r49", "acme", {"end": "sent"})
    image = disk.power_loss(tmp_path / "run", tmp_path / "image", kept_of_unsure=kept_of_unsure)
    await (await opened(image)).close()
    assert ids(image) == [f"r{n}" for n in range(50)]
    assert proved(image).ok
    await done
    await journal.close()


async def test_a_journal_that_answers_before_the_sync_is_caught_by_that_test(
    tmp_path: Path,
) -> None:
    """The planted bug: on a disk whose sync does nothing, answered records are lost."""

    class Lying(VolatileDisk):
        def sync(self, fd: int) -> None:
            pass

    disk = Lying()
    journal = await opened(tmp_path / "run", disk=disk)
    await journal.append("decision", "r0", "acme", decision())
    image = disk.power_loss(tmp_path / "run", tmp_path / "image")
    assert ids(image) == []
    await journal.close()


@pytest.mark.parametrize("call", ["write", "sync"])
async def test_one_failed_write_or_sync_loses_nothing_and_its_file_is_never_used_again(
    tmp_path: Path, call: str
) -> None:
    disk = FaultyDisk()
    journal = await opened(tmp_path, disk=disk)
    await journal.append("decision", "before", "acme", decision())
    disk.fail[call] = 1
    await journal.append("decision", "during", "acme", decision())
    await journal.append("decision", "after", "acme", decision())
    assert journal.healthy
    await journal.close()
    assert not disk.reused
    assert ids(tmp_path) == ["before", "during", "after"]
    report = proved(tmp_path)
    assert report.ok, report.faults
    assert "failed write" in report.notes[0].what


async def test_a_failing_disk_refuses_until_a_probe_succeeds(tmp_path: Path) -> None:
    disk = FaultyDisk()
    journal = await opened(tmp_path, disk=disk)
    disk.fail["sync"] = 10_000
    with pytest.raises(DependencyUnavailable, match="journal: Input/output error"):
        await journal.append("decision", "lost", "acme", decision())
    assert not journal.healthy
    assert journal.last_error == "Input/output error"
    with pytest.raises(DependencyUnavailable):
        await journal.append("decision", "refused", "acme", decision())
    with pytest.raises(DependencyUnavailable):
        await journal.append_soon("outcome", "earlier", "acme", {"end": "sent"})
    assert not await journal.probe()
    disk.fail["sync"] = 0
    assert await journal.probe()
    await journal.append("decision", "after", "acme", decision())
    await journal.close()
    assert ids(tmp_path) == ["after"]
    assert proved(tmp_path).ok


async def test_a_failing_disk_is_probed_without_being_asked(tmp_path: Path) -> None:
    disk = FaultyDisk()
    journal = await opened(tmp_path, disk=disk)
    disk.fail["sync"] = 2
    with pytest.raises(DependencyUnavailable):
        await journal.append("decision", "lost", "acme", decision())
    await until(lambda: journal.healthy)
    await journal.close()
    assert proved(tmp_path).ok


async def test_a_disk_that_does_not_answer_is_a_refusal_in_time(tmp_path: Path) -> None:
    stuck = threading.Event()
    stuck.set()

    class Stuck(Disk):
        def sync(self, fd: int) -> None:
            stuck.wait()
            super().sync(fd)

    journal = await opened(tmp_path, disk=Stuck(), timeout_s=0.1)
    stuck.clear()
    with pytest.raises(DependencyUnavailable, match="not durable in time"):
        await journal.append("decision", "late", "acme", decision())
    await until(lambda: journal.last_error == "the disk does not answer")
    with pytest.raises(DependencyUnavailable, match="does not answer"):
        await journal.append("decision", "next", "acme", decision())
    stuck.set()
    await until(lambda: journal.healthy)
    await journal.close()
    assert ids(tmp_path) == ["late"]


async def test_more_waiting_records_than_allowed_are_refused(tmp_path: Path) -> None:
    journal = await opened(tmp_path, limits=Limits(reserve_bytes=0, waiting=10))
    appends = (journal.append("decision", f"r{n}", "acme", decision()) for n in range(30))
    results = await asyncio.gather(*appends, return_exceptions=True)
    assert [type(r) for r in results[:10]] == [Position] * 10
    assert all(isinstance(r, DependencyUnavailable) for r in results[10:])
    await journal.append("decision", "later", "acme", decision())
    await journal.close()


async def test_a_nearly_full_disk_takes_outcomes_and_no_decisions(tmp_path: Path) -> None:
    disk = FillingDisk(10_000_000)
    journal = await opened(tmp_path, disk=disk, limits=Limits(reserve_bytes=1 << 20))
    disk.space = 900_000
    await until(lambda: not journal.healthy)
    with pytest.raises(DependencyUnavailable, match="nearly full"):
        await journal.append("decision", "refused", "acme", decision())
    await journal.append_soon("outcome", "earlier", "acme", {"end": "sent"})
    disk.space = 50_000_000
    await until(lambda: journal.healthy)
    await journal.close()
    assert proved(tmp_path).ok


async def test_a_short_write_on_a_full_disk_is_no_record_and_no_damage(tmp_path: Path) -> None:
    disk = FillingDisk(10_000)
    journal = await opened(tmp_path, disk=disk, limits=Limits(reserve_bytes=0))
    recorded = []
    with pytest.raises(DependencyUnavailable, match="No space left"):
        for n in range(100):
            await journal.append("decision", f"r{n}", "acme", decision())
            recorded.append(f"r{n}")
    disk.space = 1 << 20
    assert await journal.probe()
    await journal.close()
    assert ids(tmp_path) == recorded
    assert proved(tmp_path).ok


async def test_the_ballast_is_given_up_for_records_in_hand(tmp_path: Path) -> None:
    class Ballasted(FaultyDisk):
        def __init__(self) -> None:
            super().__init__(ENOSPC)

        def write(self, fd: int, data: memoryview) -> int:
            if not (tmp_path / "ballast").exists():
                self.fail["write"] = 0
            return super().write(fd, data)

    disk = Ballasted()
    journal = await opened(tmp_path, disk=disk, limits=Limits(reserve_bytes=1 << 16))
    assert (tmp_path / "ballast").stat().st_size == 1 << 16
    disk.fail["write"] = 10_000
    await journal.append_soon("outcome", "r0", "acme", {"end": "sent"})
    await journal.close()
    assert ids(tmp_path, "outcome") == ["r0"]
    assert proved(tmp_path).ok


async def test_a_body_that_is_no_json_is_refused_and_the_journal_goes_on(tmp_path: Path) -> None:
    journal = await opened(tmp_path)
    with pytest.raises(JournalError, match="cannot be written as JSON"):
        await journal.append("decision", "r0", "acme", {"text": "\ud800"})
    await journal.append("decision", "r1", "acme", decision())
    await journal.close()
    assert ids(tmp_path) == ["r1"]


async def test_a_caller_that_goes_away_leaves_its_record_and_no_error(tmp_path: Path) -> None:
    journal = await opened(tmp_path)
    task = asyncio.create_task(journal.append("decision", "r0", "acme", decision()))
    await asyncio.sleep(0)
    task.cancel()
    await journal.append("decision", "r1", "acme", decision())
    await journal.close()
    assert ids(tmp_path) == ["r0", "r1"]


async def test_a_closed_journal_refuses_and_closing_twice_is_closing_once(tmp_path: Path) -> None:
    journal = await opened(tmp_path)
    await journal.close()
    await journal.close()
    with pytest.raises(DependencyUnavailable, match="closed"):
        await journal.append("decision", "r0", "acme", decision())


async def test_after_a_lost_outcome_the_stream_does_not_close_as_settled(tmp_path: Path) -> None:
    disk = FaultyDisk()
    journal = await opened(tmp_path, disk=disk)
    disk.fail["sync"] = 2
    with pytest.raises(DependencyUnavailable):
        await journal.append_soon("outcome", "r0", "acme", {"end": "sent"})
    assert await journal.probe()
    journal.settled = True
    await journal.close()
    last = (tmp_path / "streams" / journal.stream).glob("*.jsonl")
    assert any(b'"settled":false' in path.read_bytes() for path in last)


async def test_a_failing_disk_is_not_filled_with_new_segments(tmp_path: Path) -> None:
    disk = FaultyDisk()
    journal = await opened(tmp_path, disk=disk)
    disk.fail["sync"] = 10_000
    for n in range(50):
        with pytest.raises(DependencyUnavailable):
            await journal.append_soon("outcome", f"r{n}", "acme", {"end": "sent"})
    assert len(list((tmp_path / "streams" / journal.stream).glob("*.jsonl"))) <= 5
    disk.fail["sync"] = 0
    await journal.close()
