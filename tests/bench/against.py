"""How many times does Presidio take what the screener takes, for the same messages?

    python -m tests.bench.against [FILE]

FILE (or `GATEKEEPER_REAL_MESSAGES`) holds real messages; without it only business messages are
compared. Presidio lives in an environment of its own below `.bench/`, made here when it is needed
from `.ci/requirements-presidio.txt`; it is no part of the product. What could not be measured is
null, and `presidio_why` says why.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import venv
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gatekeeper.screening.screener import Screener
from tests.bench.screen import real_messages
from tests.support.business import messages
from tests.support.detectors import body, shipped_screener

ROOT = Path(__file__).parents[2]
LOCK = ROOT / ".ci" / "requirements-presidio.txt"
SAMPLE = 400
SEED = 2026
INSTALL = ("-m", "pip", "install", "--disable-pip-version-check", "--quiet", "--require-hashes")
NAMES = ("personal", "business")


def environment() -> Path:
    """The interpreter that has Presidio; CalledProcessError if it cannot be installed."""
    home = ROOT / ".bench" / f"presidio-{zlib.crc32(LOCK.read_bytes()):08x}"
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    ready = home / "ready"
    if not ready.exists():
        print("setting up Presidio in .bench: once, about a minute ...", file=sys.stderr)
        venv.create(home, clear=True, with_pip=True)
        command = [str(python), *INSTALL, "--only-binary", ":all:", "-r", str(LOCK)]
        subprocess.run(command, check=True, capture_output=True, text=True)
        ready.touch()
    return python


def samples(real: Path | None) -> dict[str, list[str]]:
    """The messages that both read."""
    source = random.Random(SEED)
    lists = {"business": source.sample([text for _, text in messages(1, source)], SAMPLE)}
    if real:
        lists["personal"] = source.sample(list(real_messages(real)), SAMPLE)
    return lists


def ours(screener: Screener, texts: Sequence[str]) -> float:
    """Our median in microseconds of CPU time, the first time that each text is seen."""
    took = []
    for part in [(body(text),) for text in texts]:
        start = time.thread_time_ns()
        screener.screen(part)
        took.append((time.thread_time_ns() - start) / 1000)
    return statistics.median(took)


def theirs(lists: dict[str, list[str]]) -> dict[str, float]:
    """Presidio's medians; the messages lie in a file only while it reads them."""
    with tempfile.TemporaryDirectory(prefix="gatekeeper-presidio-") as folder:
        file = Path(folder) / "messages.json"
        file.write_text(json.dumps(lists), encoding="utf-8")
        command = [str(environment()), "-m", "tests.bench.presidio", str(file)]
        done = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def compare(real: Path | None) -> dict[str, Any]:
    """Both medians and their ratio, for each kind of messages."""
    lists, screener = samples(real), shipped_screener()
    found: dict[str, Any] = {"presidio_why": None}
    try:
        presidio = theirs(lists)
    except (OSError, subprocess.CalledProcessError) as failed:
        presidio = {}
        told = (getattr(failed, "stderr", None) or str(failed)).strip().splitlines()
        found["presidio_why"] = told[-1] if told else "it failed and did not say why"
    for name in NAMES:
        p50 = presidio.get(name)
        mine = ours(screener, lists[name]) if name in lists else None
        found[f"presidio_{name}_p50_us"] = p50
        found[f"presidio_over_screen_{name}"] = round(p50 / mine, 1) if p50 and mine else None
    return found


def main() -> None:
    """Print the figures."""
    named = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("GATEKEEPER_REAL_MESSAGES")
    print(json.dumps(compare(Path(named) if named else None), indent=2))


if __name__ == "__main__":
    main()
