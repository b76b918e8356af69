"""Do thousands of real messages go through the running gate, each of them recorded once?

The messages come from the file named by `GATEKEEPER_REAL_MESSAGES` (gzipped lines of JSON with
`source`, `label` and `text`). Without it, generated ones take their place, and the run says so.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import random
import time
import warnings
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest

from gatekeeper.journal.record import Line
from tests.bench.corpus import texts
from tests.support.acme import NEWS, consented
from tests.support.gate import FORM, MESSAGES, Stand, standing_gate

SEED = 20261123
SAMPLED, AT_ONCE = 2_000, 32
PEOPLE = [f"+1312220{n:04}" for n in range(2_000)]
"""Enough of them that nobody comes near the recipient's own limit."""
NAME = "GATEKEEPER_REAL_MESSAGES"


@dataclass(frozen=True, slots=True)
class Sent:
    """One message and what the app was told."""

    text: str
    status: int
    decision: str


def messages(wanted: int | None) -> list[str]:
    """Real texts, `wanted` of them or all, or as many generated ones if there are none."""
    named = os.environ.get(NAME)
    if named is None or not Path(named).is_file():
        why = f"{NAME} names no file" if named else f"{NAME} is not set"
        warnings.warn(f"{why}: GENERATED messages are sent, not real ones", stacklevel=1)
        return [text for text, blocked in islice(texts(SEED), 2 * SAMPLED) if not blocked][:SAMPLED]
    with gzip.open(named, "rt", encoding="utf-8") as lines:
        real = [json.loads(line)["text"] for line in lines]
    assert len(real) >= SAMPLED, f"{NAME} holds {len(real)} messages"
    return random.Random(SEED).sample(real, wanted or len(real))


@pytest.fixture
async def stand(tmp_path: Path) -> AsyncIterator[Stand]:
    async with standing_gate(tmp_path) as standing:
        await consented(standing.gate, PEOPLE)
        yield standing


async def send_all(stand: Stand, bodies: list[str]) -> list[Sent]:
    """Send each once, some at a time, as order news to people who agreed to it."""
    queue, sent = list(enumerate(bodies)), []
    headers = {"Authorization": stand.basic(), "Content-Type": FORM}

    async def worker(session: aiohttp.ClientSession) -> None:
        while queue:
            number, text = queue.pop()
            form = {"To": PEOPLE[number % len(PEOPLE)], "From": NEWS, "Body": text}
            data = urlencode(form, errors="surrogatepass").encode()
            async with session.post(stand.url + MESSAGES, data=data, headers=headers) as got:
                await got.read()
                sent.append(Sent(text, got.status, got.headers["Gatekeeper-Decision"]))

    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(worker(session))
    return sent


def explained(record: Line) -> str:
    """Which detectors had a say in a decision."""
    (person,) = record.content["recipients"]
    matches = {match["detector"] for match in person["facts"].get("matches", ())}
    rules = [finding["rule"] for finding in person["findings"]]
    return f"{', '.join(sorted(matches)) or 'no detector'}: {', '.join(rules)}"


STOPPING = ("content.", "purpose.mismatch")
"""What is in the text, or what the text reads as beside the campaign's purpose."""


def blocked_for_content(decided: dict[str, Line]) -> dict[str, Line]:
    reasons = ((key, line, line.content["reason"] or "") for key, line in decided.items())
    return {key: line for key, line, reason in reasons if reason.startswith(STOPPING)}


async def prove(stand: Stand, wanted: int | None) -> None:
    """Send, hold the answers against journal and carrier, and print the figures."""
    bodies = messages(wanted)
    began = time.perf_counter()
    sent = await send_all(stand, bodies)
    rate = len(sent) / (time.perf_counter() - began)
    told: Counter[Any] = Counter(each.status for each in sent)
    recorded = Counter(line.id for line in stand.records("decision"))
    assert len(sent) == len(bodies)
    assert recorded == Counter(each.decision for each in sent), "each is recorded exactly once"
    assert set(told) <= {201, 400}, told
    assert len(stand.carrier.requests) == told[201], "what was permitted was sent, nothing else"
    decided = {line.id: line for line in stand.records("decision")}
    verdicts = Counter(line.content["verdict"] for line in decided.values())
    stopped = blocked_for_content(decided)
    print(f"\n{len(sent)} messages, {rate:.0f}/s, verdicts {dict(verdicts)}")
    shown = [each for each in sent if each.decision in stopped and each.status == 400]
    for each in shown:
        print(f"  stopped by {explained(stopped[each.decision])}: {each.text!r}")
    assert told[400] == len(shown), "nothing but its text may stop one of these"
    assert len(shown) <= len(sent) // 333, "too many benign messages are stopped"


async def test_two_thousand_real_messages_pass_and_are_recorded(stand: Stand) -> None:
    await prove(stand, SAMPLED)


@pytest.mark.full
async def test_every_real_message_passes_and_is_recorded(stand: Stand) -> None:
    await prove(stand, None)
