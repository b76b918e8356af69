"""How fast is the gate with every check on, beside what checks nothing?

    python -m tests.bench.run [--rounds N] [--seconds N] [--without-gate]

Prints a table and writes `.bench/latest.json`. Exit status 1 if a must-block case passed, the
gate could not be measured, or too few rounds count. Linux with two cores: the proxy under test
has core 0 for itself; wrk, the upstream (nginx) and the store share core 1.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench import bulk, corpus, peers
from tests.bench.gate import TARGET, Gate, authorization, gate, provision, unblocked
from tests.bench.report import figures, table
from tests.bench.rounds import Load, Measured, drive, plain, why_not

LATEST = peers.ROOT / ".bench" / "latest.json"
CONNECTIONS = 32
STEADY_CONNECTIONS = 200
WARM_UP = Load(1, CONNECTIONS)
SCREEN = ("personal_p50_us", "business_p50_us", "business_p99_us", "doubled_ratio")
PRESIDIO = (
    "presidio_personal_p50_us",
    "presidio_business_p50_us",
    "presidio_over_screen_personal",
    "presidio_over_screen_business",
)


@dataclass
class Bench:
    """What runs, and what was found so far."""

    folder: Path
    peers: list[peers.Peer]
    gate: Gate | None
    credential: str
    faults: list[str]
    seed: int = 1

    def round(self, load: Load) -> dict[str, Measured]:
        """Every peer in turn, the order rotated from round to round, texts nobody has seen."""
        self.seed += 1
        shift = self.seed % len(self.peers)
        found = {}
        for peer in self.peers[shift:] + self.peers[:shift]:
            file = self.folder / "corpus.txt"
            corpus.write(file, self.seed, TARGET, self.credential)
            offset = drive(peer, WARM_UP, file, 0).requests
            found[peer.name] = measured = drive(peer, load, file, offset)
            self.faults += faults_of(peer.name, measured)
        if self.gate:
            self.faults += unblocked(self.gate, self.credential)
        return found


def faults_of(name: str, measured: Measured) -> list[str]:
    """What a peer answered that it should not have: speed must not come from skipped checks."""
    due = measured.requests / corpus.BLOCKED_EVERY if name == "gate" else 0
    found = []
    if abs(measured.refused - due) > STEADY_CONNECTIONS / corpus.BLOCKED_EVERY + 2:
        found.append(f"{name}: {measured.refused} refusals where {due:.0f} were due")
    if measured.broken:
        found.append(f"{name}: {measured.broken} requests without an answer")
    return found


def main() -> int:
    """Run the bench; its exit status."""
    options = arguments()
    needs = peers.missing_tools()
    if needs or (os.cpu_count() or 1) < 2 or sys.platform != "linux":
        print("make bench needs Linux with two cores and:", ", ".join(needs) or "nothing more")
        return 1
    peers.LOG.unlink(missing_ok=True)
    os.sched_setaffinity(0, {peers.OTHER_CORE})
    with ExitStack() as stack:
        bench = start(stack, options.without_gate)
        if bench.faults:
            print(
                "the gate does not do its work, so its speed says nothing:", *bench.faults, sep="\n"
            )
            return 1
        closed, invalid = closed_rounds(bench, Load(options.seconds, CONNECTIONS), options.rounds)
        steady = steady_rounds(bench, closed, options)
    found = figures(closed, steady) | screening() | policy() | diff() | bulk.figures()
    found |= providers()
    found |= {"machine": machine(), "faults": bench.faults, "rounds_not_counted": invalid}
    LATEST.parent.mkdir(exist_ok=True)
    raw = {"closed": plain(closed), "steady": plain(steady)}
    LATEST.write_text(json.dumps(found | {"rounds": raw}, indent=1) + "\n")
    print(table(closed, steady, found))
    missing = bench.gate is None and not options.without_gate
    return 1 if bench.faults or missing or len(invalid) > options.rounds else 0


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="make bench ARGS=...")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=3, help="of one peer in one round")
    parser.add_argument("--without-gate", action="store_true", help="only the other peers")
    return parser.parse_args()


def start(stack: ExitStack, without_gate: bool) -> Bench:
    """Start every peer that is here; they stay until the end and rest while another is driven."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gatekeeper-bench-")))
    upstream = stack.enter_context(peers.direct(folder))
    compared = [upstream, stack.enter_context(peers.bare(upstream.port))]
    compared.append(stack.enter_context(peers.nginx_proxy(folder, upstream.port)))
    if mitmproxy := stack.enter_context(peers.mitmproxy(folder, upstream.port)):
        compared.append(mitmproxy)
    credential = authorization("AC" + "0" * 32, "nobody")
    if without_gate:
        return Bench(folder, compared, None, credential, [])
    ours = stack.enter_context(gate(folder, upstream.port))
    credential = provision(ours)
    faults = unblocked(ours, credential)
    return Bench(folder, [*compared, ours.peer], ours, credential, faults)


Rounds = list[dict[str, Measured]]


def closed_rounds(bench: Bench, load: Load, wanted: int) -> tuple[Rounds, list[list[str]]]:
    """Rounds at full speed until enough of them count; at most twice as many are tried.

    If too few count, the figures come from all of them, and the reasons are told.
    """
    good: Rounds = []
    every: Rounds = []
    invalid: list[list[str]] = []
    while len(good) < wanted and len(every) < 2 * wanted:
        every.append(bench.round(load))
        reasons = why_not(every[-1])
        rates = {name: round(measured.rate) for name, measured in every[-1].items()}
        print(f"round {len(every)}: {rates} {'; '.join(reasons) or 'counts'}", flush=True)
        if reasons:
            invalid.append(reasons)
        else:
            good.append(every[-1])
    return (good if len(good) == wanted else every), invalid


def steady_rounds(bench: Bench, closed: Rounds, options: argparse.Namespace) -> Rounds:
    """Rounds at half of bare's full speed, the same for every peer: what latency is added then?"""
    rate = min(one["bare"].rate for one in closed) / 2
    load = Load(2 * options.seconds, STEADY_CONNECTIONS, round(STEADY_CONNECTIONS / rate * 1000))
    print(f"latency at about {rate:.0f} requests/s", flush=True)
    return [bench.round(load) for _ in range(options.rounds)]


def screening() -> dict[str, Any]:
    """The screener's own figures, from its own benches; null where they did not run."""
    found = _alone("tests.bench.screen")
    grown = _alone("tests.bench.growth") or {}
    figures = {f"screen_{name}": found.get(name) if found else None for name in SCREEN}
    figures["screen_growth_mb"] = grown.get("growth_mb")
    figures["screen_digit_strings_kept"] = grown.get("digit_strings")
    compared = _alone("tests.bench.against") or {"presidio_why": "tests.bench.against failed"}
    both = dict.fromkeys(PRESIDIO) | compared
    return figures | both | ({"screen": found} if found else {})


def policy() -> dict[str, Any]:
    """What compiling the policy and judging by it cost; null where it did not run."""
    return _alone("tests.bench.policy") or {"policy_compile_ms": None, "evaluate_p50_us": None}


def diff() -> dict[str, Any]:
    """How fast recorded decisions are judged by two policies, on both cores; null where it
    did not run."""
    both = f"{peers.PROXY_CORE},{peers.OTHER_CORE}"
    return _alone("tests.bench.diff", both) or {"diff_decisions_per_s": None}


def providers() -> dict[str, Any]:
    """What reading a send and wording a refusal costs, for each provider; empty if it failed."""
    return _alone("tests.bench.providers") or {}


def _alone(module: str, cores: str = str(peers.PROXY_CORE)) -> dict[str, Any] | None:
    """What a bench of one part prints that has the proxy's core for itself; None if it failed."""
    done = subprocess.run(
        ["taskset", "-c", cores, sys.executable, "-m", module],
        cwd=peers.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        print(f"{module} failed:\n{done.stderr[-2000:]}", file=sys.stderr)
        return None
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def machine() -> dict[str, Any]:
    """Where the figures were taken."""
    python = platform.python_version()
    return {"cores": os.cpu_count(), "system": platform.platform(), "python": python}


if __name__ == "__main__":
    sys.exit(main())
