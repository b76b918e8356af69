"""Does the traffic of ordinary businesses pass, in every country's and sender's style?"""

from __future__ import annotations

import random
from collections import Counter

from tests.support.business import CODES, filled, messages, templates
from tests.support.content_rules import ruled

FILLS = 6
MOST = 10
"""Blocks and holds in 10,000 messages."""


def stopped(texts: list[tuple[str, str]]) -> Counter[tuple[str, str, str]]:
    """Of (template, text): how often each family and detector stops which template."""
    count: Counter[tuple[str, str, str]] = Counter()
    for template, text in texts:
        for match in ruled(text).stopping():
            count[match.family.value, match.detector, template] += 1
    return count


def test_there_are_many_templates_of_many_kinds() -> None:
    known = templates()
    codes = len(known[CODES])
    assert codes >= 400
    assert sum(map(len, known.values())) - codes >= 1_200
    assert len(known) >= 40


def test_business_messages_are_neither_blocked_nor_held() -> None:
    source = random.Random(20261125)
    texts = [
        (template, filled(template, source))
        for section, lines in templates().items()
        if section != CODES
        for template in lines
        for _ in range(FILLS)
    ]
    assert len(texts) >= 5_000
    count = stopped(texts)
    told = [f"{n} x {family}/{detector}: {t}" for (family, detector, t), n in count.items()]
    print(f"{len(texts)} business messages, {count.total()} stopped", *sorted(told), sep="\n  ")
    assert count.total() <= len(texts) * MOST / 10_000, "\n".join(sorted(told))


def test_no_one_time_code_of_any_style_is_blocked_or_held() -> None:
    source = random.Random(4)
    texts = [(line, filled(line, source)) for line in templates()[CODES] for _ in range(20)]
    count = stopped(texts)
    print(f"{len(texts)} one-time codes of {len(templates()[CODES])} styles")
    told = [f"{detector}: {template}" for _, detector, template in count]
    assert not told, "\n".join(told)


def test_the_same_fills_come_again() -> None:
    once = list(messages(1, random.Random(9)))
    assert once == list(messages(1, random.Random(9)))
    assert not [text for _, text in once if "{" in text.replace("{id", "")]
