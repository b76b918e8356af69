"""What do the rounds come to, and how is it shown?"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any

from tests.bench.rounds import Measured, Round, over_direct, ratio

PEERS = ("direct", "nginx", "bare", "mitmproxy", "gate")
NOTES = """\
core 0: the proxy under test alone; core 1: wrk, nginx as the upstream, the gate's store.
gate: every check on, durable journal, rate limits lifted; its cost is without the store's process.
nginx: a reference only, since on two cores it comes near to the generator's own limit.
the latency table is at one fixed rate for all, half of bare's; ms over direct is at the median."""


def figures(closed: Sequence[Round], steady: Sequence[Round]) -> dict[str, Any]:
    """The figures by their fixed names; null where a peer did not run."""
    return {
        "throughput_vs_bare": ratio(closed, "gate"),
        "nginx_vs_bare": ratio(closed, "nginx"),
        "gate_vs_mitmproxy": ratio(closed, "gate", "mitmproxy"),
        "cpu_vs_bare": _cpu_ratio(closed),
        "p50_over_direct_ms": over_direct(steady, "gate", "p50_ms"),
        "p99_over_direct_ms": over_direct(steady, "gate"),
        "bare_p50_over_direct_ms": over_direct(steady, "bare", "p50_ms"),
        "bare_p99_over_direct_ms": over_direct(steady, "bare"),
    }


def _cpu_ratio(rounds: Sequence[Round]) -> float | None:
    """The gate's processor time per request to bare's, the median over rounds."""
    each = [
        one["gate"].cpu_us / one["bare"].cpu_us
        for one in rounds
        if "gate" in one and one["gate"].cpu_us and one["bare"].cpu_us
    ]
    return round(median(each), 3) if each else None


def table(closed: Sequence[Round], steady: Sequence[Round], found: dict[str, Any]) -> str:
    """All of it, for a terminal."""
    lines = ["", _row("full speed", "req/s", "us CPU", "p50 ms", "p99 ms", "wait")]
    lines += [_peer(name, closed) for name in PEERS if name in closed[0]]
    lines += ["", _row("half of bare's", "req/s", "us CPU", "p50 ms", "p99 ms", "wait")]
    lines += [_peer(name, steady) for name in PEERS if name in steady[0]]
    lines += [""] + [f"{name:26} {value}" for name, value in found.items() if _plain(value)]
    screen = found.get("screen", {})
    lines += [f"screen {name:19} {value}" for name, value in screen.items() if _plain(value)]
    for reasons in found["rounds_not_counted"]:
        lines.append("a round that does not count: " + "; ".join(reasons))
    lines += [f"FAULT {fault}" for fault in found["faults"]]
    return "\n".join([*lines, "", NOTES])


def _plain(value: object) -> bool:
    """Whether a figure fits on a line."""
    return value is None or isinstance(value, int | float | str)


def _peer(name: str, rounds: Sequence[Round]) -> str:
    """One peer's medians."""
    all_of = [one[name] for one in rounds]
    return _row(
        name,
        f"{_median(all_of, 'rate'):.0f}",
        f"{_median(all_of, 'cpu_us'):.0f}",
        f"{_median(all_of, 'p50_ms'):.2f}",
        f"{_median(all_of, 'p99_ms'):.2f}",
        f"{_median(all_of, 'wait_fraction'):.2f}",
    )


def _median(all_of: Sequence[Measured], field: str) -> float:
    """The median of a field; 0 where it was not measured."""
    return median(getattr(one, field) or 0 for one in all_of)


def _row(*cells: str) -> str:
    """A line of the table."""
    return f"{cells[0]:15}" + "".join(f"{cell:>10}" for cell in cells[1:])
