"""How well does the purpose model tell kinds of messages apart, on texts it was not trained on?

    python -m tests.train.card [--spacy] [--write]

Prints the figures of `models/purpose/README.md`; `--write` brings the tables there up to date.
Real messages are those of the file named by `GATEKEEPER_REAL_MESSAGES`, if any; `--spacy` also
trains spaCy's bag-of-words classifier on the same examples and tells what it costs.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from gatekeeper.domain.resemblance import Kind, Resemblance
from gatekeeper.screening.purpose import KINDS, PurposeModel, kept
from gatekeeper.settings import shipped_folder
from tests.bench.screen import real_messages
from tests.support.shipped import shipped
from tests.train import textcat
from tests.train.examples import FOLDS, HELD_OUT, Example, examples
from tests.train.purpose import trained, training

CARD = shipped_folder("models") / "purpose" / "README.md"
SENT = (Kind.TRANSACTIONAL, Kind.ONE_TIME_CODE)
"""Kinds that honest campaigns of another purpose than marketing send."""


LIMITED = (Kind.MARKETING, Kind.PHISHING_LIKE)
"""Kinds that the shipped policy has a limit for."""


class Reader(Protocol):
    """A model that reads texts."""

    def read(self, text: str) -> Resemblance | None:
        """The kind that a text reads like."""


class Told(NamedTuple):
    """A text's kind and what the model says of it: None if nothing."""

    is_: Kind
    said: Kind | None
    score: float


def limit(kind: Kind) -> float:
    """The score from which the shipped policy marks or holds a text of the kind."""
    named = {
        Kind.MARKETING: "gate.reads_as_marketing",
        Kind.PHISHING_LIKE: "gate.reads_as_phishing",
    }
    (rule,) = (rule for rule in shipped().policy.rules if rule.id == named[kind])
    return float(rule.params.at_least)


def told(model: Reader, some: Iterable[Example]) -> list[Told]:
    """What the model says of each text of the examples."""
    readings = ((each.kind, model.read(text)) for each in some for text in each.texts())
    return [
        Told(kind, read.kind, read.score) if read else Told(kind, None, 0.0)
        for kind, read in readings
    ]


def held_out() -> list[Example]:
    """The examples that the shipped model was not trained on."""
    return [each for each in examples() if each.fold == HELD_OUT]


def shipped_model() -> PurposeModel:
    """The model in the folder."""
    found = kept(shipped_folder("models"))
    if found.model is None:
        raise SystemExit(found.fault)
    return found.model


def crossed() -> list[Told]:
    """Every text, each told by a model that was trained without its fold."""
    folds = range(FOLDS)
    models = [trained([each for each in examples() if each.fold != fold]) for fold in folds]
    parts = ([each for each in examples() if each.fold == fold] for fold in folds)
    return [
        one
        for model, part in zip(models, parts, strict=True)
        for one in told(PurposeModel(model), part)
    ]


def counted(some: Sequence[Told], kind: Kind) -> tuple[int, int]:
    """Of honest notices and codes: how many, and how many count as of the kind."""
    sent = [one for one in some if one.is_ in SENT]
    return len(sent), sum(one.said is kind and one.score >= limit(kind) for one in sent)


def caught(some: Sequence[Told], kind: Kind) -> tuple[int, int]:
    """Of texts of the kind: how many, and how many count as such."""
    texts = [one for one in some if one.is_ is kind]
    return len(texts), sum(one.said is kind and one.score >= limit(kind) for one in texts)


def in_domain(some: Sequence[Told]) -> Iterator[str]:
    """A table of what each kind is taken for."""
    yield "| texts of | " + " | ".join(kind.replace("_", " ") for kind in KINDS) + " | nothing |"
    yield "|---|" + "---|" * (len(KINDS) + 1)
    for is_ in KINDS:
        said = [one.said for one in some if one.is_ is is_]
        counts = " | ".join(str(said.count(kind)) for kind in (*KINDS, None))
        yield f"| {is_.replace('_', ' ')} ({len(said)}) | {counts} |"


def at_limits(name: str, some: Sequence[Told]) -> Iterator[str]:
    """Rows: what counts at the shipped policy's limits."""
    for kind in LIMITED:
        sent, wrong = counted(some, kind)
        texts, right = caught(some, kind)
        share = f"{wrong} of {sent} ({wrong / sent:.2%})"
        found = f"{right} of {texts} ({right / texts:.0%})"
        yield f"| {name} | {kind.replace('_', ' ')} | {limit(kind)} | {found} | {share} |"


def real(model: Reader, texts: Sequence[str]) -> Iterator[str]:
    """What counts of messages between people, to none of which a campaign is registered."""
    read = [model.read(text) for text in texts]
    for kind in LIMITED:
        over = sum(1 for one in read if one and one.kind is kind and one.score >= limit(kind))
        yield f"| {kind.replace('_', ' ')} | {over} of {len(texts)} ({over / len(texts):.2%}) |"


def microseconds(read: Callable[[str], object], texts: Iterable[str]) -> float:
    """The median time of a reading."""
    taken = []
    for text in texts:
        begin = time.perf_counter_ns()
        read(text)
        taken.append((time.perf_counter_ns() - begin) / 1000)
    return statistics.median(taken)


def beside(name: str, model: Reader, kib: int) -> str:
    """A row: what a model tells of the held-out examples, and what it costs."""
    some = told(model, held_out())
    said = [one for one in some if one.said]
    right = sum(one.said is one.is_ for one in said)
    found = [caught(some, kind)[1] for kind in LIMITED]
    wrong = [counted(some, kind)[1] for kind in LIMITED]
    cost = microseconds(model.read, [text for each in held_out() for text in each.texts()])
    shares = f"{right / len(some):.0%}, {right / len(said):.0%}"
    counts = f"{found[0]}, {found[1]} | {wrong[0]}, {wrong[1]}"
    return f"| {name} | {shares} | {counts} | {cost:.0f} | {kib} |"


def compared(model: Reader) -> Iterator[str]:
    """Rows: this model beside spaCy's, on the held-out examples."""
    yield "| model | right of all, of those told | found (offers, frauds) | in error | us | KiB |"
    yield "|---|---|---|---|---|---|"
    files = (shipped_folder("models") / "purpose").glob("*.json")
    yield beside("linear, shipped", model, sum(file.stat().st_size for file in files) >> 10)
    cat = textcat.trained(training())
    yield beside("spaCy TextCatBOW", cat, cat.kib())


def tables(model: Reader) -> Iterator[list[str]]:
    """All tables of the card that can be measured now."""
    held = told(model, held_out())
    yield list(in_domain(held))
    head = ["| measured on | kind | from score | found | notices and codes taken for it |"]
    rows = (*at_limits("held-out templates", held), *at_limits("all, in three folds", crossed()))
    yield [*head, "|---|---|---|---|---|", *rows]
    if named := os.environ.get("GATEKEEPER_REAL_MESSAGES"):
        head = ["| real messages between people read as | |", "|---|---|"]
        yield [*head, *real(model, list(real_messages(Path(named))))]
    else:
        print("GATEKEEPER_REAL_MESSAGES is not set: no real messages were read", file=sys.stderr)
    if "--spacy" in sys.argv:
        yield list(compared(model))


def renewed(card: str, table: Sequence[str]) -> str:
    """The card with a table in place of the one with the same head."""
    begin = card.index(f"{table[0]}\n")
    end = card.index("\n\n", begin)
    return card[:begin] + "\n".join(table) + card[end:]


def main() -> None:
    """Print all figures, and write them into the card if asked."""
    card = CARD.read_text(encoding="utf-8")
    for table in tables(shipped_model()):
        print(*table, sep="\n", end="\n\n")
        card = renewed(card, table)
    if "--write" in sys.argv:
        CARD.write_text(card, encoding="utf-8")


if __name__ == "__main__":
    main()
