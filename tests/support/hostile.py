"""Texts of a hundred thousand characters that are made to cost much, and what they cost."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Sequence
from functools import partial
from urllib.parse import quote

from gatekeeper.policy.model import Detector
from gatekeeper.screening.number_words import VALUES
from gatekeeper.screening.screener import Screener
from tests.support.detectors import body

LENGTH = 100_000
MOST_MS = 100.0
"""What any of them may cost."""


def filled(piece: str, length: int = LENGTH) -> str:
    """The piece over and over, to this length."""
    return (piece * (length // len(piece) + 1))[:length]


def nested(times: int) -> str:
    """A card that is percent-encoded so many times."""
    text = "card 4111 1111 1111 1111 "
    for _ in range(times):
        text = quote(text, safe="")
    return filled(text)


def nested_base64() -> str:
    """Base64 of base64, until it is long enough."""
    octets = b"card 4111 1111 1111 1111 " * 40
    while len(octets) < LENGTH:
        octets = base64.b64encode(octets)
    return octets.decode()[:LENGTH]


def words(detector: Detector) -> list[str]:
    """What opens the gate of a detector."""
    sets = detector.find.get("words", {})
    named = [word for name in detector.gate.get("words", ()) for word in sets[name]]
    return [*detector.gate.get("literals", ()), *detector.gate.get("prefixes", ()), *named]


PIECES = {
    "digits": "4",
    "spaced digits": "4 ",
    "spaced zeros and ones": "0 1-0.1/",
    "cards": "4539 1488 0343 6467 ",
    "cards without gaps": "4539148803436467",
    "cards with words": "card 4539 and 1488 then 0343 then 6467 ",
    "mixed gaps": "4 5-39.14/88_03.43 64-67 ",
    "number words": "four ",
    "many number words": " ".join(VALUES) + " ",
    "glued number words": "fouroneone",
    "percent": "%34",
    "percent twice": "%2534",
    "entities": "&#52;",
    "unfinished entities": "&#",
    "named entities": "&nbsp;&amp",
    "short base64": "NDExMSAxMTExIDExMTE= ",
    "lines of base64": "NDExMSAxMTExIDExMTEg\n",
    "hexadecimal": "34 31 31 31 ",
    "escapes": "\\u0034\\x31",
    "quoted-printable": "=34=31",
    "zero width": "4\u200b1\u200b",
    "combining marks alone": "\u0301",
    "vowel signs": "4\u094d\u094d\u094d\u094d\u094d",
    "right-to-left overrides": "\u202e4\u202c",
    "lone surrogates": "\ud83d4\ude00",
    "word ligatures": "\ufdfa",
    "scripts in turn": "aаα٤४4",
    "one word of scripts": "раsswоrdαβγ",
    "ideographs": "四一一",
    "emoji": "4👨‍👩‍👧1",
    "signs alone": "-",
    "all signs": "4....____////--\u2003\u00b7*",
    "lettered signs": "4Ⓐ1™",
    "lookalikes": "0O",
    "figures for letters": "c0ca1ne $h1t ",
    "letters apart": "f.u.c.k s e x ",
    "drawls": "fuuuuck",
    "links": "https://bit.ly/aB3xY9 http://xn--80ak6aa92e.com/login?x=1%20 ",
    "dots and names": "a.b-c@d.e/",
    "cues": "your hiv test is positive ",
    "passwords": "password:a1b2 ",
    "passwords without gaps": "password=",
    "social security": "ssn 219 09 1234 ",
    "amounts": "$1,234.56 12/05/2024 10:45 ",
    "lines": "\n",
}
"""Texts that are made of one piece over and over."""
MADE: dict[str, Callable[[], str]] = {
    "percent eight times": lambda: nested(8),
    "base64": lambda: base64.b64encode(b"4111 " * 15_000).decode(),
    "combining marks": lambda: filled("e" + "\u0301" * 40),
    "base64 of base64": nested_base64,
}
"""The others."""


def _forms() -> dict[str, Callable[[], str]]:
    return {**{name: partial(filled, piece) for name, piece in PIECES.items()}, **MADE}


def general(detectors: Sequence[Detector]) -> dict[str, Callable[[], str]]:
    """Ways to make a text cost much, whatever the detectors, and with the words of them all."""
    found = _forms()
    gates = " ".join(word for detector in detectors for word in words(detector))
    tokens = " ".join(word for detector in detectors for word in sets(detector))
    found["all gates"] = lambda: filled(gates + " ")
    found["all words of all patterns"] = lambda: filled(tokens + " ")
    return found


def sets(detector: Detector) -> list[str]:
    """The words of a detector's token patterns."""
    return [word for row in detector.find.get("words", {}).values() for word in row]


def aimed(detector: Detector) -> dict[str, list[str]]:
    """What opens the detector's gate, what it looks for, and what is nearly that."""
    found = {
        "gate": words(detector),
        "positives": list(detector.positives),
        "negatives": list(detector.negatives),
        "words": sets(detector),
    }
    return {name: texts for name, texts in found.items() if texts}


def worst_ms(screener: Screener, detectors: Sequence[Detector]) -> tuple[float, str]:
    """What the dearest of these texts costs, and which it is."""
    texts = {name: make() for name, make in general(detectors).items()}
    for detector in detectors:
        for kind, pieces in aimed(detector).items():
            texts[f"{detector.id}: {kind}"] = filled(" ".join(pieces) + " ")
    return max((cost_ms(screener, text), name) for name, text in texts.items())


def cost_ms(screener: Screener, text: str, tries: int = 3) -> float:
    """The least of so many tries, in milliseconds of CPU time."""
    parts, took = (body(text),), []
    for _ in range(tries):
        begin = time.thread_time_ns()
        screener.screen(parts)
        took.append((time.thread_time_ns() - begin) / 1e6)
    return min(took)
