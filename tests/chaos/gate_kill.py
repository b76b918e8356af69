"""Does kill -9 of the gate under load break a promise?

    python -m tests.chaos.gate_kill --rounds 20

Each round starts a real `gatekeeper serve` on the same data (so that recovery is part of it),
sends with idempotency keys from many callers, kills the gate at a random moment, starts it again
and sends once more whatever was not answered. Then every message that reached the carrier must
have a decision on record, none may have reached it twice, every permitted send must have an
outcome, and the journal must prove whole.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

import aiohttp

from gatekeeper.journal.read import entries
from gatekeeper.journal.record import Line
from gatekeeper.journal.verify import verify
from gatekeeper.pipeline.record import commit
from gatekeeper.vault.keyring import Keyring
from gatekeeper.vault.signing import PublicKey
from tests.support.acme import NEWS
from tests.support.gate import FORM, MESSAGES
from tests.support.recording_carrier import Carrier, slow
from tests.support.served import Served

CALLERS = 16
PEOPLE = [f"+1212220{n:04}" for n in range(400)]
PATIENCE = {"GATEKEEPER_UPSTREAM_TIMEOUT_S": "2"}
"""A twin of a send that a crash cut off waits this long for its answer, and gets 504 then."""

TRY_LATER = (503, 504)


@dataclass
class Tally:
    """What all rounds found."""

    rounds: int = 0
    answered: int = 0
    refused: int = 0
    """Answered 503 or 504: a slow machine may be too slow for a deadline."""
    reached: int = 0
    cut_off: int = 0
    """Requests without an answer at a kill; they were sent once more."""
    closed: int = 0
    """Intents that a start closed as unknown."""
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.rounds} kills, {self.answered} answered ({self.refused} of them "
            f"too late), {self.reached} reached the carrier, "
            f"{self.cut_off} cut off and repeated, {self.closed} closed as unknown, "
            f"{len(self.faults)} faults"
        )


async def run(rounds: int, seed: int, folder: Path) -> Tally:
    """Kill that often; everything that was found."""
    chance, tally, carrier, numbers = random.Random(seed), Tally(), Carrier(), count()
    carrier.script = slow(0.02)
    await carrier.start()
    gate = Served(folder, carrier.url, PATIENCE)
    try:
        await gate.start()
        await gate.register(*PEOPLE)
        for _ in range(rounds):
            tally.rounds += 1
            await _round(gate, numbers, chance.uniform(0.2, 1.2), tally)
        await gate.stop()
        _judge(gate, carrier, tally)
    finally:
        await gate.kill()
        await carrier.stop()
    return tally


async def _round(gate: Served, numbers: Iterator[int], seconds: float, tally: Tally) -> None:
    open_ones: set[int] = set()
    callers = [asyncio.create_task(_call(gate, numbers, open_ones, tally)) for _ in range(CALLERS)]
    await asyncio.sleep(seconds)
    await gate.kill()
    await asyncio.gather(*callers)
    tally.cut_off += len(open_ones)
    await gate.start()
    async with aiohttp.ClientSession() as session:
        again = (_send(session, gate, number) for number in open_ones)
        for status in await asyncio.gather(*again):
            if status not in (201, *TRY_LATER):
                tally.faults.append(f"a repeated send was answered {status}")


async def _call(gate: Served, numbers: Iterator[int], open_ones: set[int], tally: Tally) -> None:
    """Send until the gate is gone."""
    async with aiohttp.ClientSession() as session:
        while True:
            number = next(numbers)
            open_ones.add(number)
            try:
                status = await _send(session, gate, number)
            except aiohttp.ClientError:
                return
            open_ones.discard(number)
            tally.answered += 1
            if status in TRY_LATER:
                tally.refused += 1
            elif status != 201:
                tally.faults.append(f"a send was answered {status}")


async def _send(session: aiohttp.ClientSession, gate: Served, number: int) -> int:
    headers = {"Authorization": gate.basic, "Content-Type": FORM, "Idempotency-Key": f"k{number}"}
    async with session.post(gate.url + MESSAGES, data=_body(number), headers=headers) as got:
        await got.read()
        return got.status


def _body(number: int) -> bytes:
    to = PEOPLE[number % len(PEOPLE)]
    return urlencode({"To": to, "From": NEWS, "Body": f"Order {number} is ready."}).encode()


def _judge(gate: Served, carrier: Carrier, tally: Tally) -> None:
    bodies = [request.partition(b"\r\n\r\n")[2] for request in carrier.requests]
    keyring = Keyring.open(gate.folder / "data" / "keyring.json", journal_exists=True)
    judge([entry.line for entry in entries(gate.journal)], bodies, tally, keyring)
    tally.faults += map(str, verify(gate.journal, PublicKey(keyring.public_key)).faults)


def judge(lines: list[Line], bodies: list[bytes], tally: Tally, keys: Keyring) -> None:
    """Hold the bodies that the carrier got against what the journal says."""
    decided = {line.id: line.content for line in lines if line.kind == "decision"}
    ended = {line.id: line.content["end"] for line in lines if line.kind == "outcome"}
    times = Counter(bodies)
    tally.reached = len(times)
    tally.closed = list(ended.values()).count("unknown")
    tally.faults += [f"sent {often} times" for often in times.values() if often > 1]
    tenants = {line.tenant for line in lines if line.kind == "decision"}
    digests = {content["digest"] for content in decided.values() if "digest" in content}
    tally.faults += [
        "a message reached the carrier without a decision on record"
        for body in times
        if digests.isdisjoint(commit(keys, tenant, body) for tenant in tenants)
    ]
    tally.faults += [
        "a permitted send without an outcome"
        for request, content in decided.items()
        if content["verdict"] == "allow" and request not in ended
    ]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tally = asyncio.run(run(given.rounds, given.seed, Path(folder)))
    print(f"seed {given.seed}: {tally}")
    raise SystemExit(1 if tally.faults else 0)


if __name__ == "__main__":
    main()
