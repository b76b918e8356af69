"""What kind of message does a text read like: an offer, a notice, a one-time code, a fraud?

A linear model over single words and pairs of neighbours, kept in `models/purpose/`. It knows only
the words that it was trained with; of numbers, links and all other words it sees the kind. It is
asked only where its answer could contradict what a campaign is registered for, and never blocks.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import msgspec

from gatekeeper.domain.message import TextPart
from gatekeeper.domain.resemblance import Kind, Resemblance
from gatekeeper.domain.words import Purpose
from gatekeeper.screening.views import normalise

FOLDER, META, WEIGHTS = "purpose", "meta.json", "weights.json"
KINDS = tuple(Kind)
LONGEST = 1_000
"""Code points that are read: what kind of message it is shows early."""
FEWEST = 5
"""Words known to the model without which it says nothing."""
OPPOSED = frozenset({Purpose.INFORMATIONAL, Purpose.TRANSACTIONAL, Purpose.AUTHENTICATION})
"""Purposes that any reading could contradict; others only one that lures to a link."""

TOKEN = re.compile(
    r"(?P<link>(?:https?://|www\.)\S+|(?:[a-z0-9-]+\.)+[a-z]{2,}/\S*)"
    r"|(?P<money>[$€£₹]\s?\d[\d.,]*|\b(?:rs\.?|inr|ngn|kes|ksh|php|usd|eur|mxn|rm)\s?\d[\d.,]*)"
    r"|(?P<percent>\d+\s?%)"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)(?![\w])"
    r"|(?P<long>\d{4,})(?![\w])|(?P<number>\d+)(?![\w])|(?P<code>\w+)|(?P<mark>[!?])"
)
_LINK = re.compile(r"https?://|www\.|\w\.[a-z]{2,}/", re.IGNORECASE)
_STEP = 1000

Weights = tuple[float, float, float, float]


class Meta(msgspec.Struct, frozen=True):
    """What `meta.json` says of the model."""

    name: str
    version: str
    kinds: tuple[str, ...]
    sources: Mapping[str, str | int]
    """How many templates it was trained on, and the digest of all that it was made from."""
    weights_sha256: str


class Model(msgspec.Struct, frozen=True):
    """The content of `weights.json`, by `word` or `word next`."""

    scale: float
    bias: Weights
    weights: Mapping[str, Weights]


def tokens(text: str) -> Iterator[str]:
    """The words of a text as the model sees them: `<link>`, `<number>` ... for all that varies."""
    for token in TOKEN.finditer(normalise(text[:LONGEST]).folded):
        kind = token.lastgroup
        yield token.group() if kind in ("word", "mark") else f"<{kind}>"


def called_for(purpose: Purpose, parts: Sequence[TextPart], *, registered: bool) -> bool:
    """Whether a reading could contradict what is claimed: it costs time for each message."""
    if not registered:
        return False
    return purpose in OPPOSED or any(_LINK.search(part.text) for part in parts)


class PurposeModel:
    """The model, ready to read texts; safe to share."""

    def __init__(self, model: Model) -> None:
        self._scale, self._bias = model.scale, model.bias
        self._weights = tuple(model.weights.values())
        self._own: dict[str, int] = {}
        self._after: dict[str, dict[str, int]] = {}
        for index, name in enumerate(model.weights):
            first, _, second = name.partition(" ")
            if second:
                self._after.setdefault(first, {})[second] = index
            else:
                self._own[first] = index

    def read(self, text: str) -> Resemblance | None:
        """The kind that a text reads like most; None where too few of its words are known."""
        words = list(tokens(text))
        found, known = self._found(words)
        if known < FEWEST:
            return None
        scores = self._scores(found, self._scale / math.sqrt(len(words)))
        most = max(scores)
        total = sum([math.exp(score - most) for score in scores])
        return Resemblance(KINDS[scores.index(most)], math.floor(_STEP / total) / _STEP)

    def _found(self, words: Sequence[str]) -> tuple[set[int], int]:
        """Which words and pairs are known, each once; and how many different words are."""
        found: set[int] = set()
        known, after = 0, _NONE
        for word in words:
            pair = after.get(word)
            if pair is not None:
                found.add(pair)
            own = self._own.get(word)
            if own is not None and own not in found:
                known += 1
                found.add(own)
            after = self._after.get(word, _NONE)
        return found, known

    def _scores(self, found: set[int], norm: float) -> list[float]:
        """For each kind; unknown words count in `norm`: the more of them, the less sure."""
        sums = zip(*[self._weights[index] for index in sorted(found)], strict=True)
        return [bias + sum(column) * norm for bias, column in zip(self._bias, sums, strict=True)]


_NONE: Mapping[str, int] = {}


class Kept(NamedTuple):
    """The model of a folder, or why there is none."""

    model: PurposeModel | None
    fault: str = ""


def kept(models: Path) -> Kept:
    """The model in the folder, if it is whole and of this form."""
    folder = models / FOLDER
    try:
        meta = msgspec.json.decode((folder / META).read_bytes(), type=Meta)
        raw = (folder / WEIGHTS).read_bytes()
        if sha256(raw).hexdigest() != meta.weights_sha256:
            return Kept(None, f"{WEIGHTS} is not the file that {META} speaks of")
        if meta.kinds != KINDS:
            return Kept(None, f"it tells other kinds apart: {', '.join(meta.kinds)}")
        return Kept(PurposeModel(msgspec.json.decode(raw, type=Model)))
    except OSError as error:
        return Kept(None, f"{error.strerror}: {error.filename}")
    except msgspec.MsgspecError as error:
        return Kept(None, str(error))
