"""What did one peer do under load, and what do several rounds say together?"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from tests.bench.cpu import usage
from tests.bench.peers import HERE, OTHER_CORE, Peer

GENERATOR_MARGIN = 3.0
"""Direct must reach this many times the fastest compared peer, else the generator is measured."""
DISTURBED = 0.05
"""A larger wait fraction of a single-threaded peer means that other load was on its core."""
COMPARED = ("bare", "mitmproxy", "gate")
"""nginx is a reference: on two cores it stands too near to the generator to be told apart."""


@dataclass(frozen=True, slots=True)
class Load:
    """How to drive a peer: closed loop if `think_ms` is 0, else connections/think a second."""

    seconds: int
    connections: int
    think_ms: int = 0


@dataclass(frozen=True, slots=True)
class Measured:
    """One peer in one round."""

    rate: float
    """Answers per second."""
    cpu_us: float | None
    """Processor microseconds of the peer's process tree per answer."""
    wait_fraction: float | None
    p50_ms: float
    p99_ms: float
    requests: int
    refused: int
    """Answers with a status of 400 and more."""
    broken: int
    """Requests without a whole answer."""


Round = Mapping[str, Measured]


def drive(peer: Peer, load: Load, corpus: Path, offset: int) -> Measured:
    """Load a peer with wrk from the other core."""
    before = usage(peer.pid) if peer.pid else None
    command = f"taskset -c {OTHER_CORE} wrk -t1 -c{load.connections} -d{load.seconds}s"
    script = f"--timeout 10s -s {HERE / 'load.lua'} http://127.0.0.1:{peer.port}/ --"
    arguments = [str(corpus), str(offset), str(load.think_ms)]
    done = subprocess.run(
        [*command.split(), *script.split(), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"wrk against {peer.name}: {done.stdout[-500:]} {done.stderr[-500:]}")
    used = usage(peer.pid) - before if peer.pid and before else None
    line = next(line for line in done.stdout.splitlines() if line.startswith("BENCH "))
    got = json.loads(line.removeprefix("BENCH "))
    return Measured(
        rate=got["requests"] / got["seconds"],
        cpu_us=used.ran / 1e3 / max(1, got["requests"]) if used else None,
        wait_fraction=used.wait_fraction if used else None,
        **{key: got[key] for key in ("p50_ms", "p99_ms", "requests", "refused", "broken")},
    )


def why_not(one: Round) -> list[str]:
    """Why a round does not count; empty if it does."""
    fastest = max(one[name].rate for name in COMPARED if name in one)
    reasons = []
    if one["direct"].rate < GENERATOR_MARGIN * fastest:
        reasons.append(f"direct reached only {one['direct'].rate / fastest:.1f} x the fastest peer")
    if (one["bare"].wait_fraction or 0) > DISTURBED:
        reasons.append(f"other load: bare waited {one['bare'].wait_fraction:.0%} of its time")
    return reasons


def ratio(rounds: Sequence[Round], name: str, to: str = "bare") -> float | None:
    """The median over rounds of one peer's rate to another's; None if it did not run."""
    each = [one[name].rate / one[to].rate for one in rounds if {name, to} <= one.keys()]
    return round(median(each), 3) if each else None


def over_direct(rounds: Sequence[Round], name: str, field: str = "p99_ms") -> float | None:
    """The median over rounds of how much a peer adds to a percentile, in ms."""
    each = [
        getattr(one[name], field) - getattr(one["direct"], field) for one in rounds if name in one
    ]
    return round(median(each), 3) if each else None


def plain(rounds: Sequence[Round]) -> list[dict[str, dict[str, float | int | None]]]:
    """The raw rounds, for the file."""
    return [{name: asdict(measured) for name, measured in one.items()} for one in rounds]
