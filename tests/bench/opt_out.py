"""How long does an opt-out wait for its acknowledgement? Run: `python -m tests.bench.opt_out`.

The whole path of a change: journal with fdatasync, store, the store's disk. One after the other,
and many at once; on the embedded server (which syncs each second, and at once where somebody
waits) and on a server with `appendfsync always`. The disk decides: compare on your own.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles

import uvloop

from gatekeeper.domain.consent import ConsentAct, ConsentEvent
from gatekeeper.ledger.changes import consent_entry
from gatekeeper.store.embedded import EmbeddedServer
from gatekeeper.store.promise import Durability
from tests.support.ledgers import Books
from tests.support.valkey import launch_server

ALONE, TOGETHER = 500, 200
ROUNDS = 5


async def acknowledged(books: Books, number: int) -> float:
    """Opt somebody out; milliseconds until it is acknowledged."""
    event = ConsentEvent(f"e{number}", ConsentAct.OPT_OUT, datetime.now(UTC))
    entry = consent_entry("acme", number.to_bytes(16, "big"), event)
    start = time.perf_counter()
    await books.ledger.commit(books.store, [entry])
    return (time.perf_counter() - start) * 1000


async def measure(name: str, books: Books) -> None:
    """Print the figures of one kind of server."""
    alone = [await acknowledged(books, n) for n in range(ALONE)]
    tell(f"{name}, one after the other", alone)
    together: list[float] = []
    for number in range(ROUNDS):
        start = ALONE + number * TOGETHER
        everyone = (acknowledged(books, n) for n in range(start, start + TOGETHER))
        together += await asyncio.gather(*everyone)
    tell(f"{name}, {TOGETHER} at once", together)


def tell(what: str, times: list[float]) -> None:
    """One line."""
    cuts = quantiles(times, n=100)
    print(f"{what}: p50 {cuts[49]:.1f} ms, p99 {cuts[98]:.1f} ms, longest {max(times):.1f} ms")


async def main() -> None:
    """Both servers, each with a journal of its own."""
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        server = await EmbeddedServer.start(home / "embedded")
        for name in ("a", "b"):
            (home / name).mkdir()
        own = await Books.open(home / "a", server.url, durability=Durability.OWN_SERVER)
        await measure("embedded server", own)
        await own.close()
        await server.stop()
        process, url = launch_server(home / "always")
        outside = await Books.open(home / "b", url)
        await measure("appendfsync always", outside)
        await outside.close()
        process.terminate()
        process.wait()


if __name__ == "__main__":
    uvloop.run(main())
