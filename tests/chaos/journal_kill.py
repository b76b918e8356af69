"""Does kill -9 at any moment lose an acknowledged record, or break the chain?

    python -m tests.chaos.journal_kill --rounds 100 [--control]

Each round starts a writer under load on the same folder (so that recovery is part of it), kills
it at a random moment and reads back. A kill keeps what the system's page cache holds: the sync
itself is proved by the power-loss tests in tests/journal/test_writer.py. `--control` plants a
bug (the writer acknowledges before it writes); the harness must find it.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from gatekeeper.journal.disk import Disk
from gatekeeper.journal.opening import Limits
from gatekeeper.journal.read import entries
from gatekeeper.journal.verify import verify
from gatekeeper.journal.writer import Journal
from gatekeeper.vault.keyring import Keyring
from gatekeeper.vault.signing import PublicKey
from tests.support.journal import decision, now

CHECKOUT = Path(__file__).parents[2]
CALLERS = 16
LIMITS = Limits(segment_bytes=256 << 10, reserve_bytes=1 << 20)
STARTED = b"started\n"


@dataclass
class Tally:
    """What all rounds found."""

    rounds: int = 0
    acknowledged: int = 0
    recorded: int = 0
    torn: int = 0
    lost: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.lost and not self.faults

    def __str__(self) -> str:
        return (
            f"{self.rounds} rounds, {self.acknowledged} records acknowledged, {self.recorded} "
            f"recorded, {self.torn} torn tails, {len(self.lost)} lost, {len(self.faults)} faults"
        )


class HastyDisk(Disk):
    """The planted bug: bytes stay in the process for a while, and are acknowledged."""

    HELD = 64
    """Writes; the disk is so slow that fewer would often be on it when the kill comes."""

    def __init__(self) -> None:
        self._held: dict[int, list[bytes]] = {}

    def write(self, fd: int, data: memoryview) -> int:
        held = self._held.setdefault(fd, [])
        held.append(bytes(data))
        if len(held) >= self.HELD:
            self._flush(fd)
        return len(data)

    def close(self, fd: int) -> None:
        self._flush(fd)
        super().close(fd)

    def _flush(self, fd: int) -> None:
        os.write(fd, b"".join(self._held.pop(fd, ())))


def run(rounds: int, *, seed: int, control: bool = False) -> Tally:
    """Kill as many writers, and compare what they acknowledged with what is there."""
    dice = random.Random(seed)
    tally = Tally()
    with tempfile.TemporaryDirectory() as name:
        data = Path(name)
        keyring = Keyring.open(data / "keyring.json", journal_exists=False)
        acknowledged: set[str] = set()
        for number in range(rounds):
            acknowledged |= killed(data, number, dice.uniform(0.02, 0.3), control=control)
        tally.rounds = rounds
        asyncio.run(recovered(data, keyring))
        examine(data, keyring, acknowledged, tally)
    return tally


def killed(data: Path, number: int, after_s: float, *, control: bool) -> set[str]:
    """One round: the ids that the writer acknowledged before it was killed."""
    command = [sys.executable, "-m", __spec__.name if __spec__ else __name__]
    options = ["--write", str(data), "--round", str(number)]
    planted = ["--control"] if control else []
    with subprocess.Popen(
        [*command, *options, *planted], stdout=subprocess.PIPE, cwd=CHECKOUT
    ) as writer:
        assert writer.stdout is not None
        started = writer.stdout.readline()
        assert started == STARTED, f"round {number}: the writer did not start"
        time.sleep(after_s)
        writer.send_signal(signal.SIGKILL)
        told = writer.stdout.read()
    return {line.decode() for line in told.split(b"\n")[:-1]}


async def recovered(data: Path, keyring: Keyring) -> None:
    """Start and stop once more, so that the last crash is recovered too."""
    journal = await Journal.open(data / "journal", keyring, clock=now, limits=LIMITS)
    await journal.close()


def examine(data: Path, keyring: Keyring, acknowledged: set[str], tally: Tally) -> None:
    report = verify(data / "journal", PublicKey(keyring.public_key))
    tally.faults = [str(fault) for fault in report.faults]
    tally.acknowledged = len(acknowledged)
    missing = set(acknowledged)
    for entry in entries(data / "journal", lambda *_: None):
        if entry.line.kind == "decision":
            tally.recorded += 1
            missing.discard(entry.line.id)
        elif entry.line.kind == "recovery":
            tally.torn += bool(entry.line.content["dropped"])
    tally.lost = sorted(missing)


async def write(data: Path, number: int, disk: Disk) -> None:
    """The writer: callers that append for ever and tell each acknowledged id at once."""
    keyring = Keyring.open(data / "keyring.json", journal_exists=True)
    journal = await Journal.open(
        data / "journal", keyring, clock=now, timeout_s=30.0, limits=LIMITS, disk=disk
    )
    os.write(1, STARTED)
    body = decision("block")

    async def caller(who: int) -> None:
        for n in count():
            name = f"{number}-{who}-{n}"
            await journal.append("decision", name, "acme", body)
            os.write(1, f"{name}\n".encode())

    await asyncio.gather(*(caller(who) for who in range(CALLERS)))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    parser.add_argument("--control", action="store_true", help="plant the bug; must be found")
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--round", type=int, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.write:
        disk = HastyDisk() if options.control else Disk()
        asyncio.run(write(options.write, options.round, disk))
    tally = run(options.rounds, seed=options.seed, control=options.control)
    print(f"journal kill -9 (seed {options.seed}): {tally}")
    for fault in [*tally.lost, *tally.faults][:20]:
        print(f"  {fault}")
    return 0 if tally.holds is not options.control else 1


if __name__ == "__main__":
    sys.exit(main())
