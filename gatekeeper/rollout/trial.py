"""Does all that a folder says of itself hold: tests, tables, near-misses? Tried in another process.

The whole of it takes seconds of computing, and in the gate's own process each of its messages would
wait for some of that. What comes back is small: how many of each kind held, and every fault.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from gatekeeper.errors import DependencyUnavailable, PolicyError
from gatekeeper.rollout.edge_pins import read_pins
from gatekeeper.rollout.ready import loaded
from gatekeeper.rollout.suite import Material, Suite, run_suite
from gatekeeper.rollout.tables import TableRow, read_table

WITHIN_S = 600.0
PATIENT = 10
"""How much less urgent it is than the gate (nice(2))."""
MAX_FAULTS = 200
"""Nobody reads on after so many."""


class Trial(msgspec.Struct, frozen=True):
    """How a trial ended."""

    digest: str
    """The hash of what was tried; empty if it does not load."""
    examples: int
    rows: int
    near_misses: int
    faults: tuple[str, ...]


async def tried(folder: Path) -> Trial:
    """Try a folder (its absolute path) that nobody changes; DependencyUnavailable if it fails."""
    command = (sys.executable, "-P", "-m", __name__, str(folder))
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stdout=pipe, stderr=pipe)
    try:
        async with asyncio.timeout(WITHIN_S):
            told, _ = await process.communicate()
    except TimeoutError:
        raise DependencyUnavailable("policy", f"not tried within {WITHIN_S:.0f} s") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    try:
        return msgspec.json.decode(told, type=Trial)
    except msgspec.MsgspecError:
        why = f"its trial ended with status {process.returncode}"
        raise DependencyUnavailable("policy", why) from None


def trial(folder: Path) -> Trial:
    """Try a folder here and now."""
    rows, faults = _rows(folder)
    try:
        judge = loaded(folder)
        pins = read_pins(folder)
    except PolicyError as error:
        return Trial("", 0, len(rows), 0, _bounded([*error.faults, *faults]))
    suite = run_suite(Material(judge, rows, pins, faults=tuple(faults)))
    counts = (len(suite.proved), len(suite.rows), len(suite.near) + len(suite.pinned))
    return Trial(judge.policy.hash, *counts, _bounded(list(_faults(suite))))


def _rows(folder: Path) -> tuple[tuple[TableRow, ...], list[str]]:
    rows: list[TableRow] = []
    faults: list[str] = []
    for table in sorted((folder / "tests").glob("*.yaml")):
        try:
            rows += read_table(table, f"tests/{table.name}")
        except PolicyError as error:
            faults += error.faults
    return tuple(rows), faults


def _faults(suite: Suite) -> Iterator[str]:
    yield from suite.faults
    yield from (str(each.fault) for each in suite.proved if not each.holds)
    yield from (str(each.fault) for each in suite.near if not each.holds)
    yield from (str(each.fault) for each in suite.pinned if not each.holds)
    for row in suite.rows:
        for problem in row.problems:
            yield f"{row.source}: {row.name}: {problem}"


def _bounded(faults: list[str]) -> tuple[str, ...]:
    beyond = len(faults) - MAX_FAULTS
    return (*faults[:MAX_FAULTS], *([f"and {beyond} more"] if beyond > 0 else ()))


if __name__ == "__main__":
    os.nice(PATIENT)
    sys.stdout.buffer.write(msgspec.json.encode(trial(Path(sys.argv[1]))))
