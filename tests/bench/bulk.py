"""How many rows of a list does the gate judge in a second?

    python -m tests.bench.bulk [ROWS]

Over HTTP, against a real gate with its store: once with one text for all rows, once with a text
of its own for each.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

import aiohttp

from tests.support.acme import NEWS
from tests.support.gate import Stand, standing_gate

ROWS = 10_000
SEED = 20261125
CODES = ("212", "213", "305", "512", "206", "415", "808", "312", "602", "702")
TEXT = "Acme: your order is ready. Reply STOP to end."


def a_list(rows: int, *, own: bool) -> bytes:
    """A list of recipients all over the country."""
    dice = random.Random(SEED)
    lines = ["to,text" if own else "to"]
    for number in range(rows):
        to = f"+1{dice.choice(CODES)}2{dice.randrange(10**6):06d}"
        lines.append(f'{to},"Acme: Ann{number}, order {number * 7}. STOP to end."' if own else to)
    return "\n".join(lines).encode()


async def rate(stand: Stand, rows: int, *, own: bool) -> float:
    """Rows judged in a second, from the request's start to its last line."""
    said = {"channel": "sms", "from": NEWS, **({} if own else {"text": TEXT})}
    url = f"{stand.url}/v1/check/bulk?{urlencode(said)}"
    headers = {"Authorization": f"Bearer {stand.key}", "Content-Type": "text/csv"}
    body, begun = a_list(rows, own=own), time.perf_counter()
    async with aiohttp.ClientSession() as client, client.post(url, data=body, headers=headers) as r:
        count = len([line async for line in r.content])
    if count != rows + 1:
        raise RuntimeError(f"{count} lines for {rows} rows")
    return rows / (time.perf_counter() - begun)


async def _measured(rows: int) -> dict[str, int]:
    with tempfile.TemporaryDirectory(prefix="gatekeeper-bench-") as folder:
        async with standing_gate(Path(folder)) as stand:
            await rate(stand, 500, own=True)
            return {
                "bulk_rows_per_s": round(await rate(stand, rows, own=False)),
                "bulk_own_texts_rows_per_s": round(await rate(stand, rows, own=True)),
            }


def figures(rows: int = ROWS) -> dict[str, int]:
    """The figures by their fixed names."""
    return asyncio.run(_measured(rows))


if __name__ == "__main__":
    for name, value in figures(int(sys.argv[1]) if sys.argv[1:] else ROWS).items():
        print(f"{name:26} {value}")
