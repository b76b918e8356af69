"""Words of the list with a right checksum are a seed phrase; words alone are a weak hint."""

from __future__ import annotations

import hashlib
import random

import pytest

from gatekeeper.screening.seed_phrases import LENGTHS, places, seed_phrase
from tests.support.detectors import body, shipped_screener


def phrase(source: random.Random, words: int) -> str:
    """A phrase of so many words, made as BIP-39 says."""
    check = words * 11 // 33
    entropy = source.randbytes((words * 11 - check) // 8)
    number = int.from_bytes(entropy, "big") << check
    number |= hashlib.sha256(entropy).digest()[0] >> (8 - check)
    listed = list(places())
    return " ".join(listed[number >> 11 * (words - 1 - i) & 2047] for i in range(words))


def test_the_list_has_2048_words_in_order() -> None:
    words = list(places())
    assert len(words) == 2048
    assert words == sorted(words)
    assert len({word[:4] for word in words}) == 2048


@pytest.mark.parametrize("words", LENGTHS)
def test_a_phrase_of_every_length_has_its_checksum(words: int) -> None:
    found = seed_phrase(f"here it is {phrase(random.Random(words), words)} keep it")
    assert found is not None
    assert found.steps == 0


def test_words_without_the_checksum_are_a_weak_hint() -> None:
    found = seed_phrase(" ".join(list(places())[:12]))
    assert found is not None
    assert found.steps == -2


def test_a_sentence_is_no_phrase() -> None:
    assert seed_phrase("please bring your own glass and a spoon to the picnic at the river") is None
    assert seed_phrase("zoo " * 24) is None


def test_phrases_are_found_without_any_cue() -> None:
    source = random.Random(5)
    texts = [f"save this: {phrase(source, 12)} ok" for _ in range(300)]
    found = sum(
        any(m.detector == "seed_phrase" for m in shipped_screener().screen((body(text),)))
        for text in texts
    )
    print(f"{found} of {len(texts)} seed phrases of 12 words found")
    assert found >= 0.98 * len(texts)
