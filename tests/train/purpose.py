"""How is the purpose model made from its examples?

    python -m tests.train.purpose [FOLDER]

Writes `weights.json` and `meta.json` to FOLDER, `models/purpose` if none is named: a softmax
regression over words and pairs of neighbours, from the same start by the same steps each time, so
that the same examples give the same weights. `python -m tests.train.card` prints its figures.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from gatekeeper.screening import purpose
from gatekeeper.screening.purpose import KINDS, META, WEIGHTS, Meta, Model, tokens
from gatekeeper.settings import shipped_folder
from tests.train.examples import HELD_OUT, Example, examples

VERSION = "1.0.0"
SEEN_IN = 2
"""Templates that a word or pair must stand in to be known."""
STEPS, RATE, DECAY, SCALE = 800, 1.0, 1e-4, 2.0
DIGITS = 2
"""Of a weight, after the point."""
Floats = NDArray[np.float64]


def names(words: Sequence[str]) -> set[str]:
    """The words and the pairs of neighbours in a text."""
    return {*words, *(f"{a} {b}" for a, b in pairwise(words))}


def trained(some: Sequence[Example]) -> Model:
    """The model of these examples."""
    known = known_words(some)
    texts = [(list(tokens(text)), each.kind) for each in some for text in each.texts()]
    found = [sorted(names(words) & known.keys()) for words, _ in texts]
    rows = np.repeat(np.arange(len(texts)), [len(each) for each in found])
    columns = np.array([known[name] for each in found for name in each])
    sizes = np.array([len(words) for words, _ in texts], dtype=np.float64)
    values = (SCALE / np.sqrt(sizes))[rows]
    wanted = np.array([KINDS.index(kind) for _, kind in texts])
    weights, bias = _fitted(rows, columns, values, wanted, len(known))
    table = {word: _rounded(weights[:, index]) for word, index in known.items()}
    table = {word: row for word, row in table.items() if any(row)}
    return Model(SCALE, _rounded(bias), table)


def known_words(some: Iterable[Example]) -> dict[str, int]:
    """The words and pairs that stand in several templates, by their place."""
    told = ([names(list(tokens(text))) for text in each.texts()] for each in some)
    seen = Counter(name for each in told for name in set().union(*each))
    return {name: n for n, name in enumerate(sorted(n for n, c in seen.items() if c >= SEEN_IN))}


def _fitted(
    rows: NDArray[Any], columns: NDArray[Any], values: Floats, wanted: NDArray[Any], size: int
) -> tuple[Floats, Floats]:
    """Weights and biases by gradient descent, rarer kinds counting more."""
    count, kinds = len(wanted), range(len(KINDS))
    share = np.bincount(wanted, minlength=len(KINDS))
    counts_as = np.sqrt(count / len(KINDS) / share)[wanted] / count
    truth = np.eye(len(KINDS))[wanted].T
    weights, bias = np.zeros((len(KINDS), size)), np.zeros(len(KINDS))
    for step in range(STEPS):
        sums = np.stack([np.bincount(rows, weights[k][columns] * values, count) for k in kinds])
        logits = sums + bias[:, None]
        odds = np.exp(logits - logits.max(axis=0))
        wrong = (odds / odds.sum(axis=0) - truth) * counts_as
        rate = RATE * (1 - step / STEPS)
        for k in kinds:
            slope = np.bincount(columns, wrong[k][rows] * values, size)
            weights[k] -= rate * (slope + DECAY * weights[k])
        bias -= rate * wrong.sum(axis=1)
    return weights, bias


def _rounded(values: Floats) -> Any:
    return tuple(round(float(value), DIGITS) + 0.0 for value in values)


@cache
def digest() -> str:
    """Of all that the model is made from: the templates with their kinds, and how it is made."""
    told = [(each.kind, each.template, each.texts()) for each in training()]
    how = (SEEN_IN, STEPS, RATE, DECAY, SCALE, DIGITS, purpose.TOKEN.pattern)
    return sha256(msgspec.json.encode((told, how))).hexdigest()


def training() -> tuple[Example, ...]:
    """The examples that the shipped model is trained on."""
    return tuple(each for each in examples() if each.fold != HELD_OUT)


def write(folder: Path) -> None:
    """Train, and write the two files."""
    model = trained(training())
    raw = msgspec.json.encode(model).replace(b"],", b"],\n") + b"\n"
    sources: dict[str, str | int] = {"templates": len(training()), "sha256": digest()}
    meta = Meta("gatekeeper_purpose", VERSION, KINDS, sources, sha256(raw).hexdigest())
    folder.mkdir(parents=True, exist_ok=True)
    (folder / WEIGHTS).write_bytes(raw)
    (folder / META).write_bytes(msgspec.json.format(msgspec.json.encode(meta)) + b"\n")
    print(f"{len(training())} templates, {len(model.weights)} weights, {len(raw) >> 10} KiB")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else shipped_folder("models") / purpose.FOLDER)
