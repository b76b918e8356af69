"""Is an ordinary message ever taken for an opt-out?

Real messages between people come from the file named by `GATEKEEPER_REAL_MESSAGES`. Those that do
ask to stop, or cannot be told from such, are listed in `data/replies_real.tsv` by the beginning of
their SHA-256, each with its reason. Without the file generated ones take their place, and the run
says so.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import random
import time
import warnings
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

from gatekeeper.domain.reply import ReplyKind
from tests.bench.corpus import texts
from tests.support.business import templates
from tests.support.replies import shipped_replies

SEED = 20261125
SAMPLED = 10_000
NAME = "GATEKEEPER_REAL_MESSAGES"
LISTED = dict(
    line.split("\t")
    for line in (Path(__file__).parent / "data" / "replies_real.tsv").read_text().splitlines()
)

ABOUT_STOPPING = {
    "Your cart is waiting: 2 items, ${money}. Finish here https://shop.example/c/{uuid}. STOP=end",
    "Your Uride code: {n:4}. STOP to unsubscribe",
    "You are opted out of Acme alerts. No more messages will be sent. Reply START to rejoin.",
}
"""Templates that end in, or are about, what a recipient would send to stop: read so, they stop."""


def messages() -> list[str]:
    """All real messages, or as many generated ones if there are none."""
    named = os.environ.get(NAME)
    if named is None or not Path(named).is_file():
        why = f"{NAME} names no file" if named else f"{NAME} is not set"
        warnings.warn(f"{why}: GENERATED messages are read, not real ones", stacklevel=1)
        return [text for text, _ in islice(texts(SEED), SAMPLED)]
    with gzip.open(named, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def identity(text: str) -> str:
    """The name of a message in the list."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def opted_out(some: list[str]) -> set[str]:
    """Which of these are read as an opt-out; prints how all are read, and how fast."""
    replies = shipped_replies()
    began = time.perf_counter()
    readings = [replies.read(text) for text in some]
    each = (time.perf_counter() - began) / len(some) * 1e6
    reached = sum(map(replies.reaches_grammar, some))
    kinds = Counter(reading.kind.value for reading in readings)
    print(f"\n{len(some)} messages, {each:.0f} us each, {reached} read by spaCy: {dict(kinds)}")
    found = {
        identity(text): reading.rule
        for text, reading in zip(some, readings, strict=True)
        if reading.kind is ReplyKind.STOP
    }
    for key, rule in sorted(found.items()):
        print(f"  {key} {rule}: {LISTED.get(key, 'NOT LISTED')}")
    return set(found)


def test_no_message_of_ten_thousand_is_an_opt_out_but_those_listed() -> None:
    some = messages()
    assert opted_out(random.Random(SEED).sample(some, SAMPLED)) <= set(LISTED)


@pytest.mark.full
def test_no_message_at_all_is_an_opt_out_but_those_listed() -> None:
    """And each that is listed is one, or the list is out of date."""
    some = messages()
    real = len(some) > SAMPLED
    assert opted_out(some) == (set(LISTED) if real else set())


def test_business_messages_are_no_opt_outs() -> None:
    """Templates of businesses, which a recipient may send back or quote."""
    lines = [line for section in templates().values() for line in section]
    read = shipped_replies().read
    found = {line: read(line).rule for line in lines if read(line).kind is ReplyKind.STOP}
    assert len(lines) >= 200
    assert set(found) <= ABOUT_STOPPING
