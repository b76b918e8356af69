"""Is this run of words the seed phrase of a wallet?

BIP-39: 12, 15, 18, 21 or 24 words of a list of 2,048 (`seed_words.txt`, the English list as the
BIP publishes it under the MIT licence); the last bits are a checksum, so that of such runs one in
16 (of 12 words) to one in 256 (of 24) is right by chance.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from gatekeeper.screening.validators import Evidence

LENGTHS = (24, 21, 18, 15, 12)
_WORD = re.compile(r"[a-z]+")


@cache
def places() -> dict[str, int]:
    """Each word of the list with its place in it."""
    words = Path(__file__).with_name("seed_words.txt").read_text("ascii").split()
    return {word: place for place, word in enumerate(words)}


def seed_phrase(value: str) -> Evidence | None:
    """A run with a right checksum; two steps less likely for words of the list alone."""
    runs = list(_runs(_WORD.findall(value.lower())))
    if any(_checks(run) for run in runs):
        return Evidence(0, ("BIP-39 checksum",))
    return Evidence(-2, ("BIP-39 words",)) if runs else None


def _runs(words: Sequence[str]) -> Iterator[list[int]]:
    """Every window of words of the list that is as long as a seed phrase, by their places."""
    known = [places().get(word, -1) for word in words]
    for length in LENGTHS:
        for start in range(len(known) - length + 1):
            window = known[start : start + length]
            if min(window) >= 0 and len(set(window)) > 1:
                yield window


def _checks(run: Sequence[int]) -> bool:
    total = len(run) * 11
    check = total // 33
    number = 0
    for place in run:
        number = number << 11 | place
    entropy = (number >> check).to_bytes((total - check) // 8, "big")
    return hashlib.sha256(entropy).digest()[0] >> (8 - check) == number & ((1 << check) - 1)
