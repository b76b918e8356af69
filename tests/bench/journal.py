"""What does a durable record cost, and how fast is the journal proved?

    python -m tests.bench.journal [--folder FOLDER]

Closed loop: N callers that append one after the other, for two seconds each, best of three.
CPU is that of the whole process, divided by the records; half of it is the callers' own loop.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import uvloop

from gatekeeper.journal.disk import Disk, write_durably
from gatekeeper.journal.read import total_bytes
from gatekeeper.journal.verify import verify
from gatekeeper.journal.writer import Journal
from gatekeeper.vault.signing import PublicKey
from tests.support.journal import KEYRING, decision, now

SECONDS = 2.0
ROUNDS = 3
CALLERS = (1, 16, 128)


@dataclass(frozen=True, slots=True)
class Round:
    """One measurement."""

    callers: int
    per_second: float
    cpu_us: float
    p50_ms: float
    p99_ms: float

    def __str__(self) -> str:
        return (
            f"{self.callers:>8} {self.per_second:>12,.0f} {self.cpu_us:>14.1f} "
            f"{self.p50_ms:>8.2f} {self.p99_ms:>8.2f}"
        )


async def measure(folder: Path, callers: int) -> Round:
    journal = await Journal.open(folder, KEYRING, clock=now, timeout_s=30.0)
    body = decision("block")
    waits: list[float] = []
    end = time.perf_counter() + SECONDS

    async def caller(who: int) -> None:
        while (start := time.perf_counter()) < end:
            await journal.append("decision", f"request-{who}-{start}", "acme", body)
            waits.append(time.perf_counter() - start)

    cpu = time.process_time()
    began = time.perf_counter()
    await asyncio.gather(*(caller(who) for who in range(callers)))
    elapsed, cpu = time.perf_counter() - began, time.process_time() - cpu
    await journal.close()
    waits.sort()
    p50, p99 = (waits[int(len(waits) * share)] * 1e3 for share in (0.5, 0.99))
    return Round(callers, len(waits) / elapsed, cpu / len(waits) * 1e6, p50, p99)


def raw_syncs(folder: Path) -> float:
    """Bare append and fdatasync of one such line, per second: what the disk allows one caller."""
    disk = Disk()
    fd = disk.create(folder / "raw")
    line, done = bytes(1000), 0
    end = time.perf_counter() + SECONDS
    while time.perf_counter() < end:
        write_durably(disk, fd, line)
        done += 1
    os.close(fd)
    return done / SECONDS


def proving(folder: Path) -> str:
    began, cpu = time.perf_counter(), time.process_time()
    report = verify(folder, PublicKey(KEYRING.public_key))
    elapsed, cpu = time.perf_counter() - began, time.process_time() - cpu
    size = total_bytes(folder) / max(report.records, 1)
    state = "whole" if report.ok else f"{report.fault_count} FAULTS"
    return (
        f"verify: {report.records:,} records of {size:.0f} bytes, {state}, "
        f"{report.records / elapsed:,.0f} records/s, {report.records / cpu:,.0f} per CPU second"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="where to write; a temporary folder if none")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        print(f"disk: {raw_syncs(folder):,.0f} append + fdatasync per second, one caller")
        print(f"{'callers':>8} {'records/s':>12} {'CPU us/record':>14} {'p50 ms':>8} {'p99 ms':>8}")
        for callers in CALLERS:
            rounds = [uvloop.run(measure(folder, callers)) for _ in range(ROUNDS)]
            print(max(rounds, key=lambda each: each.per_second))
        print(proving(folder))


if __name__ == "__main__":
    main()
