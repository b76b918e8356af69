"""How long does a list of millions take, from text to active? `python -m tests.bench.lists`.

A scattered file is made in a temporary folder and imported by the real command into a gate of its
own. Printed: time, peak memory of the gate and of its store, bytes per number, and the same for
the changes of a day. The folder is removed afterwards.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import redis
from numpy.typing import NDArray

from tests.support.running import Running, environment, running

NUMBERS = 20_000_000
WITHIN_S = 180.0
"""What was promised for 20 million numbers on two cores."""
AREAS = 340
"""Area codes in use, over which a national list is spread."""
CHANGES = 200_000
LIST = "us-national"
ASKED = 2
_ROWS = 1 << 20


@dataclass(frozen=True, slots=True)
class Figures:
    """What one import cost; memory in MB."""

    seconds: float
    gate_before: float
    gate_peak: float
    store_peak: float
    store_bytes: float
    """Bytes of the store for each number."""
    disk_bytes: float
    """Bytes of the copy for each number."""
    delta_seconds: float
    load: float
    """Load of the machine at the beginning: 0 is quiet, 2 is busy on two cores."""


def scattered(many: int, seed: int) -> NDArray[np.int64]:
    """Different numbers of the North American plan, in no order."""
    dice = np.random.default_rng(seed)
    areas = dice.choice(np.arange(201, 990), AREAS, replace=False)
    found = np.empty(0, dtype=np.int64)
    while len(found) < many:
        more = many - len(found) + many // 100 + 10
        rest = dice.integers(2 * 10**6, 10**7, more)
        found = np.unique(np.concatenate((found, dice.choice(areas, more) * 10**7 + rest)))
    return dice.permutation(found)[:many]


def write(path: Path, numbers: NDArray[np.int64], before: bytes = b"") -> None:
    """One number a line, with something before it."""
    head = np.frombuffer(before, dtype=np.uint8)
    with path.open("wb") as file:
        for start in range(0, len(numbers), _ROWS):
            part = numbers[start : start + _ROWS]
            rows = np.full((len(part), len(head) + 11), ord("\n"), dtype=np.uint8)
            rows[:, : len(head)] = head
            for place in range(10):
                rows[:, len(head) + 9 - place] = part // 10**place % 10 + ord("0")
            file.write(rows.tobytes())


def measure(many: int, seed: int = 1) -> Figures:
    """Import a list of so many numbers, and the changes of a day; AssertionError if one is lost."""
    with tempfile.TemporaryDirectory(prefix="gatekeeper-bench-") as name:
        folder = Path(name)
        numbers = scattered(many + CHANGES, seed)
        listed, coming = numbers[:many], numbers[many:]
        file, changes = folder / "list.txt", folder / "changes.txt"
        write(file, listed)
        write(changes, coming, b"A,")
        load = os.getloadavg()[0]
        with running(environment(folder / "data"), until="health and metrics") as gate:
            store = int((gate.data / "store" / "server.pid").read_text())
            before, used = _memory(gate.process.pid, "VmHWM"), _used(gate)
            seconds = _imported(gate.environment, file)
            store_bytes = (_used(gate) - used) / many
            (copy,) = (gate.data / "lists" / "shared" / LIST).glob("*.numbers")
            disk_bytes = copy.stat().st_size / many
            delta_seconds = _imported(gate.environment, changes, "--delta")
            _check(gate.environment, numbers, seed)
            return Figures(
                seconds=seconds,
                gate_before=before,
                gate_peak=_memory(gate.process.pid, "VmHWM"),
                store_peak=_memory(store, "VmHWM"),
                store_bytes=store_bytes,
                disk_bytes=disk_bytes,
                delta_seconds=delta_seconds,
                load=load,
            )


def _imported(settings: Mapping[str, str], file: Path, *more: str) -> float:
    """Seconds of the command, from its start to its end."""
    start = time.perf_counter()
    ran = _command(settings, "dnc", "import", LIST, str(file), *more)
    assert ran.returncode == 0, ran.stderr
    return time.perf_counter() - start


def _check(settings: Mapping[str, str], numbers: NDArray[np.int64], seed: int) -> None:
    """Some numbers of the list and of the changes are hits, and some neighbours are not."""
    dice, known = random.Random(seed), set(numbers.tolist())
    some = [dice.choice(numbers[:-CHANGES]) for _ in range(ASKED)]
    some += [dice.choice(numbers[-CHANGES:]) for _ in range(ASKED)]
    for number in (*some, *(n + 1 for n in some)):
        said = _command(settings, "dnc", "ask", LIST, f"+1{number}", "--json")
        if said.returncode == 0:  # the neighbour may be no number of the plan
            expected = "hit" if int(number) in known else "clear"
            assert json.loads(said.stdout)["answer"] == expected, number


def _command(settings: Mapping[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("gatekeeper")), *words]
    return subprocess.run(command, env=dict(settings), capture_output=True, text=True, check=False)


def _memory(pid: int, name: str) -> float:
    """A figure of /proc/PID/status in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    (line,) = (line for line in lines if line.startswith(name))
    return int(line.split()[1]) / 1024


def _used(gate: Running) -> int:
    """Bytes that the store has given out."""
    client = redis.Redis(unix_socket_path=str(gate.data / "store" / "store.sock"))
    used: int = client.info("memory")["used_memory"]
    client.close()
    return used


def main() -> None:
    """Measure and print; exit status 1 if it took longer than was promised."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--numbers", type=int, default=NUMBERS)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    told = measure(given.numbers, given.seed)
    rate = given.numbers / told.seconds / 1e6
    print(f"numbers           {given.numbers:,} over {AREAS} area codes, in no order")
    print(f"load before       {told.load:.2f} (cores: {os.cpu_count()})")
    print(f"text to active    {told.seconds:8.1f} s ({rate:.2f} M numbers/s)")
    print(f"gate peak         {told.gate_peak:8.0f} MB (idle before: {told.gate_before:.0f} MB)")
    print(f"store peak        {told.store_peak:8.0f} MB")
    print(f"store             {told.store_bytes:8.2f} bytes/number")
    print(f"copy on disk      {told.disk_bytes:8.2f} bytes/number")
    print(f"changes of a day  {told.delta_seconds:8.1f} s ({CHANGES:,} lines)")
    raise SystemExit(told.seconds > WITHIN_S * given.numbers / NUMBERS)


if __name__ == "__main__":
    main()
