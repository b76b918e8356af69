"""Which requests does the load generator send?

Made from a seed: no text comes twice in a run, a quarter of the texts holds words or digit runs
that the screener's prefilter stops at (and none that it should block), and every hundredth request
must be blocked.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

NUMBERS = 20_000
REQUESTS = 60_000
"""Per round: more than a peer answers in one, so that no text comes twice."""
REACHING = 0.25
BLOCKED_EVERY = 100
SENDER = "+13122000142"
AREAS = ("212", "312", "415", "617", "713", "206", "303", "404", "602", "702")

NAMES = ("Ana", "Ben", "Chloe", "Dev", "Ella", "Finn", "Grace", "Hugo", "Ines", "Jack", "Kim")
PLAIN = (
    "Hi {name}, your table for {n} is ready. Ask for {word} at the door.",
    "{name}, your order left our {word} today and arrives by {n} pm.",
    "Reminder: {name}, the {word} team sees you on the {n}th. Reply C to confirm.",
    "Thanks {name}! Your {word} points: {n}. Nothing else to do.",
    "Pickup {n} is ready at the {word} counter, {name}.",
)
REACHES = (
    "{name}, reset your {word} password in the app. We never ask for it. Ref {n}",
    "Hi {name}, parcel {long} is with our {word} driver, stop {n}.",
    "{name}, the {word} walk against cancer starts at {n}. See you there!",
    "Your {word} card was mailed, {name}. It takes {n} days.",
)
BLOCKED = "{name}, card 4111 1111 1111 1111 exp 04/29 for {word} {n}"
SYLLABLES = ("ba", "co", "di", "fu", "ga", "le", "mi", "no", "pu", "ra", "se", "to", "vi", "wa")


def numbers() -> list[str]:
    """Valid numbers of ordinary places, each once."""
    each = NUMBERS // len(AREAS)
    return [f"+1{area}{220 + n // 10_000}{n % 10_000:04}" for area in AREAS for n in range(each)]


def texts(seed: int) -> Iterator[tuple[str, bool]]:
    """Texts without end, and whether each must be blocked."""
    source = random.Random(seed)
    while True:
        for place in range(BLOCKED_EVERY):
            blocked = place == BLOCKED_EVERY - 1
            kind = REACHES if source.random() < REACHING else PLAIN
            text = (BLOCKED if blocked else source.choice(kind)).format(
                name=source.choice(NAMES),
                word="".join(source.choices(SYLLABLES, k=4)),
                n=source.randrange(2, 12),
                long=source.randrange(10**9, 10**10),
            )
            yield text, blocked


def write(path: Path, seed: int, target: str, authorization: str) -> None:
    """One round's requests, as `load.lua` reads them."""
    to = numbers()
    random.Random(seed).shuffle(to)
    stream = texts(seed)
    with path.open("w") as file:
        file.write(f"{target}\n{authorization}\n")
        for n in range(REQUESTS):
            form = {"To": to[n % len(to)], "From": SENDER, "Body": next(stream)[0]}
            file.write(urlencode(form) + "\n")
