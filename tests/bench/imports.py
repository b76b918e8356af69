"""How fast is a file of consents imported, and in how much memory?

    python -m tests.bench.imports [LINES] [--evidence]

Makes the file, imports it twice into a fresh installation (real journal, keys and embedded store),
and prints lines per second, of the clock and of this process' processor, and the peak memory.
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from gatekeeper.ledger.files import ConsentFile, consent_changes
from gatekeeper.ledger.import_words import BadLine
from gatekeeper.store.embedded import EmbeddedServer
from gatekeeper.store.promise import Durability
from tests.support.ledgers import TENANT, Books

HEAD = "number,event,basis,at,seller"
PROOF = ",I agree to automated texts from Acme,198.51.100.7"


def made(path: Path, lines: int, *, evidence: bool) -> Path:
    """Four opt-ins to one opt-out, each of a person of its own."""
    with path.open("w") as file:
        file.write(HEAD + (",text_shown,ip\n" if evidence else "\n"))
        for n in range(lines):
            number = f"+1{(212, 305, 808, 971)[n % 4]}{2_000_000 + n // 4:07d}"
            act = "opt_in,express" if n % 5 else "opt_out,"
            proof = PROOF if evidence else ""
            file.write(f"{number},{act},2026-05-04T12:00:00Z,Acme{proof}\n")
    return path


async def imported(books: Books, path: Path, bar: Progress, task: TaskID) -> str:
    """Import once; what the last word of progress was."""
    changes, last = consent_changes(books.desk, TENANT, ConsentFile(path)), ""
    async for news in books.importer.run(TENANT, changes):
        if isinstance(news, BadLine):
            raise AssertionError(news)
        last = f"{news.stage}: {news.done} applied, {news.known} known"
        bar.update(task, description=news.stage, completed=news.done)
    return last


async def measured(lines: int, *, evidence: bool) -> None:
    """Import twice and print the figures."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with (
        tempfile.TemporaryDirectory() as name,
        Progress(*columns, console=Console(stderr=True), transient=True) as bar,
    ):
        folder = Path(name)
        server = await EmbeddedServer.start(folder / "store")
        books = await Books.open(folder, server.url, durability=Durability.OWN_SERVER)
        path = made(folder / "people.csv", lines, evidence=evidence)
        for turn in ("first", "again"):
            clock, processor = time.perf_counter(), time.process_time()
            task = bar.add_task(turn, total=lines)
            last = await imported(books, path, bar, task)
            rate = lines / (time.perf_counter() - clock)
            own = lines / (time.process_time() - processor)
            print(f"{turn}: {lines} lines, {rate:,.0f}/s ({own:,.0f}/s of processor); {last}")
        await books.close()
        await server.stop()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"peak memory: {peak} MiB")


def main() -> None:
    """The command."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("lines", nargs="?", type=int, default=200_000)
    options.add_argument("--evidence", action="store_true")
    chosen = options.parse_args()
    asyncio.run(measured(chosen.lines, evidence=chosen.evidence))


if __name__ == "__main__":
    main()
