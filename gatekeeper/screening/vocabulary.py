"""Which words of a text may spaCy see, and where do they stand?

Only words of the detectors' own vocabulary; every other word is one placeholder and every number
another, since spaCy's string store keeps each token that it has seen for ever. Links, amounts and
what was already found to be a card, an id or a secret are placeholders of their kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gatekeeper.screening.grammar import Find, Words

WORD, MIXED, DIGITS, STOP = "_", "#", "0", "."
"""The placeholders: an unknown word, one with digits in it, a number, a sentence's end."""
URL, EMAIL, MONEY, PERCENT = "<url>", "<email>", "<money>", "<percent>"
"""The placeholders of what has a form of its own."""
CARD, ID, SECRET = "<card>", "<id>", "<secret>"
"""The placeholders of what a validator or pattern has found before."""
PLACEHOLDERS = (WORD, MIXED, DIGITS, STOP, URL, EMAIL, MONEY, PERCENT, CARD, ID, SECRET)

Known = Sequence[tuple[int, int, str]]
"""Spans found before, each with its placeholder, in order of place."""

Piece = tuple[str, int, int]
"""A word, a sign or the placeholder of a form, and where it stands."""

_SHORT = frozenset(
    {"dr", "mr", "mrs", "ms", "st", "jr", "no", "mt", "sr", "sra", "srta", "dra", "mme", "mlle"}
)
_ELIDED = re.compile(r"(?:[cdjlmnst]|qu)['’](?=\w{2})")
"""What French writes before a vowel, joined to the next word: `l'asthme`."""
_POINTS = str.maketrans("", "", ".,")
_SIGN = "[$€£¥₹₦₱₩₫]"
_CODE = "usd|eur|gbp|inr|cad|aud|mxn|ngn|kes|php"
_CURRENCY = rf"(?:(?:us|ca|au|nz|hk|s|r)?{_SIGN}|\b(?:{_CODE}|rs|rm|chf)\b\.?)"
_COINS = "euros?|dollars?|pounds?|dólares|pesos|bucks"
_AFTER = rf"(?:{_SIGN}|(?:{_CODE}|{_COINS})\b)"
_NUMBER = r"\d++(?:[.,]\d++)*+"
_ENDINGS = (
    "com|net|org|io|co|ly|me|info|biz|app|shop|store|site|online|link|xyz|top|club|gl|gg|"
    "us|uk|ca|fr|es|de|mx|in|ng|ke|ph|sg|au|eu"
)
_TOKEN = re.compile(
    rf"""(?P<url>(?:https?://|\bwww\.)[^\s<>"]*[\w/=&\#-]
         |(?<![\w@.-])(?:[a-z0-9-]++\.)++(?<=[.])(?:{_ENDINGS})\b(?:/[^\s<>"]*[\w/=&\#-])?)
      |(?P<email>(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+)
      |(?P<percent>(?<![\d.,]){_NUMBER}\s?%)
      |(?P<money>{_CURRENCY}\s?{_NUMBER}[km]?\b|(?<![\d.,]){_NUMBER}\s?{_AFTER})
      |(?<![\w.,])\d++(?:[.,]\d++)++|\w+(?:['’-]\w+)*|[.!?;\n]""",
    re.VERBOSE,
)
_FORMS = frozenset({URL, EMAIL, MONEY, PERCENT, CARD, ID, SECRET})
_KINDS = {"url": URL, "email": EMAIL, "percent": PERCENT, "money": MONEY}


@dataclass(frozen=True, slots=True)
class Reading:
    """The tokens that spaCy sees and where each stands in the view."""

    words: list[str]
    spans: list[tuple[int, int]]

    def add(self, word: str, start: int, end: int) -> None:
        """One more token."""
        self.words.append(word)
        self.spans.append((start, end))

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where the tokens from `first` to before `last` stand, without a sentence's end."""
        last -= self.words[last - 1] == STOP
        return self.spans[first][0], self.spans[last - 1][1]


class Sentences:
    """A reading with the number of the sentence that each token stands in."""

    def __init__(self, reading: Reading, *, cut: bool = False) -> None:
        """`cut` says that the reading begins within a text, so no sentence need begin there."""
        self.reading = reading
        self._cut = cut
        self.words = frozenset(reading.words)
        self.numbers: list[int] = []
        number = 0
        for word in reading.words:
            self.numbers.append(number)
            number += word == STOP

    def begins(self, token: int) -> bool:
        """Whether a sentence begins with this token."""
        return not self._cut if token == 0 else self.reading.words[token - 1] == STOP

    def same(self, first: int, last: int) -> bool:
        """Whether the tokens from `first` to before `last` stand in one sentence."""
        return self.numbers[first] == self.numbers[last - 1]


def pieces(text: str, start: int, end: int, known: Known = ()) -> list[Piece]:
    """The words, signs and forms of a stretch of folded text, whoever's vocabulary reads them."""
    found: list[Piece] = []
    spans = iter(known)
    span = next(spans, None)
    for token in _TOKEN.finditer(text, start, end):
        at = token.start()
        while span is not None and span[1] <= at:
            span = next(spans, None)
        if span is not None and span[0] < token.end():
            if not found or found[-1][1] != span[0]:
                found.append((span[2], span[0], span[1]))
        elif (kind := token.lastgroup) is not None:
            found.append((_KINDS[kind], *token.span()))
        else:
            found.append((token.group(), *token.span()))
    return found


class Vocabulary:
    """The words that may be shown to spaCy, and phrases that it sees as one token."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        self._pieces = frozenset(piece for word in self.words for piece in word.split(" "))
        self._phrases: dict[str, list[list[str]]] = {}
        for word in sorted(self.words, key=len, reverse=True):
            head, *tail = word.split(" ")
            if tail:
                self._phrases.setdefault(head, []).append(tail)

    @classmethod
    def of(cls, finds: Iterable[Find]) -> Vocabulary:
        """The words that the token patterns of detectors name."""
        sets: list[Words] = []
        inline: list[Words] = []
        for find in finds:
            sets += find.words.values()
            inline += [step for step in find.steps() if isinstance(step, tuple)]
        return cls(word.lower() for words in (*sets, *inline) for word in words)

    def read(self, text: str, start: int, end: int, known: Known = ()) -> Reading:
        """The tokens of a stretch of folded text, with phrases joined."""
        return self.reading(pieces(text, start, end, known))

    def reading(self, pieces: Iterable[Piece]) -> Reading:
        """How the pieces of a text read by these words alone, with phrases joined."""
        reading = Reading([], [])
        for word, start, end in pieces:
            if word in _FORMS:
                reading.add(word, start, end)
            else:
                self._word(reading, word, start)
        return self._joined(reading)

    def _word(self, reading: Reading, word: str, start: int) -> None:
        """Add a word, without a possessive or an elided article; unknown hyphens part it."""
        if word == STOP and reading.words and _is_short(reading.words[-1]):
            return
        if word not in self._pieces:
            word = word.removesuffix("'s").removesuffix("’s")
            if elided := _ELIDED.match(word):
                start, word = start + elided.end(), word[elided.end() :]
        if word in self._pieces or "-" not in word:
            reading.add(word, start, start + len(word))
            return
        for piece in word.split("-"):
            reading.add(piece, start, start + len(piece))
            start += len(piece) + 1

    def _joined(self, tokens: Reading) -> Reading:
        reading, i = Reading([], []), 0
        while i < len(tokens.words):
            length, word = self._phrase_at(tokens.words, i)
            reading.add(word, tokens.spans[i][0], tokens.spans[i + length - 1][1])
            i += length
        reading.add(STOP, reading.spans[-1][1] if reading.spans else 0, 0)
        return reading

    def _phrase_at(self, words: list[str], i: int) -> tuple[int, str]:
        for tail in self._phrases.get(words[i], ()):
            if words[i + 1 : i + 1 + len(tail)] == tail:
                return len(tail) + 1, " ".join((words[i], *tail))
        return 1, self._shown(words[i])

    def _shown(self, word: str) -> str:
        if word in self.words or word in _FORMS:
            return word
        if word.isalpha():
            return WORD
        if word.translate(_POINTS).isdigit():
            return DIGITS
        return STOP if word in ".!?;\n" else MIXED


def _is_short(word: str) -> bool:
    """Whether a dot after the word shortens it instead of ending the sentence."""
    return (len(word) == 1 and word.isalpha()) or word in _SHORT
