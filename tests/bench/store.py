"""What does the store cost? Run: `python -m tests.bench.store`.

Prints the gate's own CPU per gather (with its settlement) at 32 concurrent requests over the unix
socket, the server's CPU beside it, the time to read one answer, and the rate of a list import.
"""

from __future__ import annotations

import asyncio
import io
import os
import tempfile
import time
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from statistics import median

import numpy as np
import uvloop

from gatekeeper.domain.consent import Basis, ConsentAct, ConsentEvent
from gatekeeper.domain.words import Purpose
from gatekeeper.store.changes import Change, ConsentChange, Method, SwapList
from gatekeeper.store.contract import (
    Ask,
    Bucket,
    End,
    IdempotencyAsk,
    Person,
    Settlement,
)
from gatekeeper.store.copies import Copy
from gatekeeper.store.embedded import EmbeddedServer
from gatekeeper.store.functions import function
from gatekeeper.store.lists import Lists
from gatekeeper.store.number_line import Grammar
from gatekeeper.store.packing import pack_ask, read_answer
from gatekeeper.store.promise import Durability
from gatekeeper.store.staging import Source, stage
from gatekeeper.store.store import Store

CONCURRENT = 32
REQUESTS = 6_400
ROUNDS = 5
NUMBERS = 20_000
IMPORTED = 3_000_000
AS_OF = datetime(2026, 11, 1, tzinfo=UTC)
LISTS = ("us-national", "internal", "us-fl")


def ask(i: int, subjects: list[bytes]) -> Ask:
    """One request as the pipeline asks it: one recipient, a key, three lists, two limits."""
    subject = subjects[i % NUMBERS]
    number = f"+1212{2000000 + i % NUMBERS}"
    buckets = (Bucket("tenant", "t1", 1e6, 10**6), Bucket("app", "t1:a", 1e6, 10**6))
    return Ask(
        f"request-{i}",
        "t1",
        time.time_ns() // 1_000_000,
        Purpose.MARKETING,
        (Person(subject, number, LISTS),),
        buckets,
        IdempotencyAsk(f"key-{i}", f"fingerprint-{i}"),
    )


async def fill(store: Store, subjects: list[bytes]) -> None:
    """Consent for everybody, so that every answer has an event to read."""
    changes: list[Change] = [
        ConsentChange(s, ConsentEvent(f"e{i}", ConsentAct.OPT_IN, AS_OF, Basis.EXPRESS_WRITTEN))
        for i, s in enumerate(subjects)
    ]
    for i in range(0, len(changes), 1000):
        await store.apply(changes[i : i + 1000], first=i + 1, last=i + 1000)


async def import_list(store: Store, url: str, folder: Path) -> float:
    """Load a list of several million numbers; numbers per second, start to finish."""
    dice = np.random.default_rng(1)
    areas = dice.choice(np.arange(201, 990), 40, replace=False)
    numbers = dice.choice(areas, IMPORTED) * 10**7 + dice.integers(2 * 10**6, 10**7, IMPORTED)
    text = io.BytesIO("\n".join(map(str, numbers.tolist())).encode())
    lists, start = Lists(url), time.perf_counter()
    source = Source(Grammar(), iter(lambda: text.read(1 << 22), b""))
    path = folder / "list.numbers"
    staged = stage(path, source, lambda *_: None, lambda *_: None)
    swap = SwapList(None, "us-national", Method.NUMBER, "v1", AS_OF, staged.count)
    await lists.load(swap, Copy(path))
    mark = await store.applied() + 1
    await store.apply([swap], first=mark, last=mark)
    await lists.close()
    return IMPORTED / (time.perf_counter() - start)


async def round_of(store: Store, pid: int, asks: list[Ask]) -> tuple[float, float, float]:
    """Gather and settle all asks; gate CPU and server CPU in us per request, requests/s."""
    waiting = iter(asks)

    async def worker() -> None:
        for one in waiting:
            await store.gather(one)
            store.settle_soon(Settlement(one, End.SENT, b"s" * 400))

    server, own, start = server_cpu(pid), time.process_time(), time.perf_counter()
    await asyncio.gather(*(worker() for _ in range(CONCURRENT)))
    wall, n = time.perf_counter() - start, len(asks)
    return (time.process_time() - own) / n * 1e6, (server_cpu(pid) - server) / n * 1e6, n / wall


def server_cpu(pid: int) -> float:
    """Seconds of CPU of the server."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def reading(store: Store, asks: list[Ask]) -> tuple[float, float]:
    """Microseconds to pack one ask and to read one answer."""
    raw = [
        await store._connection.call("FCALL", function("gather"), 0, *pack_ask(a, 0)) for a in asks
    ]
    start = time.process_time()
    for one in asks:
        pack_ask(one, 0)
    middle = time.process_time()
    for one, reply in zip(asks, raw, strict=True):
        read_answer(reply, one)
    end = time.process_time()
    return (middle - start) / len(asks) * 1e6, (end - middle) / len(asks) * 1e6


def yardstick() -> float:
    """Microseconds of a fixed piece of work: how slow the machine is just now."""
    data, start = b"x" * 250, time.process_time()
    for _ in range(20_000):
        sha256(data).digest()
    return (time.process_time() - start) / 20_000 * 1e6


async def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        server = await EmbeddedServer.start(Path(folder) / "store")
        store = await Store.open(server.url, timeout_ms=2000, durability=Durability.OWN_SERVER)
        subjects = [os.urandom(16) for _ in range(NUMBERS)]
        await fill(store, subjects)
        speed = await import_list(store, server.url, Path(folder))
        print(f"import            {speed / 1e6:8.1f} M numbers/s")
        rounds = []
        for r in range(ROUNDS):
            asks = [ask(i, subjects) for i in range(r * REQUESTS, (r + 1) * REQUESTS)]
            rounds.append(await round_of(store, server.pid or 0, asks))
        pack, read = await reading(store, [ask(-i, subjects) for i in range(1, 2000)])
        cpu, served, rate = (median(values) for values in zip(*rounds, strict=True))
        print(f"gate CPU          {cpu:8.1f} us/request (min {min(r[0] for r in rounds):.1f})")
        print(f"server CPU        {served:8.1f} us/request")
        print(f"rate              {rate:8.0f} requests/s")
        print(f"pack an ask       {pack:8.1f} us")
        print(
            f"yardstick         {yardstick():8.1f} us for SHA-256 of 250 B (0.7 on a quiet machine)"
        )
        print(f"read an answer    {read:8.1f} us")
        await store.close()
        await server.stop()


if __name__ == "__main__":
    uvloop.run(main())
