"""How many of the people who ask to stop are understood, and how many others are taken for them?

`data/replies.tsv` holds a phrase a line: language, label and text. The labels are a person's:
`stop` asks to stop, `maybe` can be taken so, `none` cannot. They were written before the first
pattern was; a third, chosen by the hash of the text, was never looked at while tuning.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from gatekeeper.domain.reply import ReplyKind, ReplyReading
from tests.support.replies import shipped_replies

FILE = Path(__file__).parent / "data" / "replies.tsv"
LANGUAGES = ("en", "es", "fr")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One line, and how it is read."""

    language: str
    label: str
    text: str
    reading: ReplyReading

    @property
    def held_out(self) -> bool:
        """Whether it was kept from tuning."""
        return hashlib.sha256(self.text.encode()).digest()[0] % 3 == 0

    @property
    def asks(self) -> bool:
        """Whether a person says that it asks to stop, surely or perhaps."""
        return self.label != "none"

    @property
    def read(self) -> bool:
        """Whether it is read as a stop, surely or perhaps."""
        return self.reading.kind is ReplyKind.STOP


@dataclass(frozen=True, slots=True)
class Figures:
    """What the reading of some phrases is worth."""

    phrases: int
    precision: float
    """Of what is read as a stop, the share that asks to stop."""
    recall: float
    """Of what asks to stop, the share that is read as a stop."""
    certain_precision: float
    """Of what is read as a certain stop, the share that a person is certain of too."""
    certain_recall: float
    """Of what a person is certain of, the share that is read as a certain stop."""

    @classmethod
    def of(cls, phrases: list[Phrase]) -> Figures:
        """The figures of these."""
        read = [each for each in phrases if each.read]
        asking = [each for each in phrases if each.asks]
        surely = [each for each in read if each.reading.certain]
        meant = [each for each in phrases if each.label == "stop"]
        return cls(
            len(phrases),
            _share(each.asks for each in read),
            _share(each.read for each in asking),
            _share(each.label == "stop" for each in surely),
            _share(each.read and each.reading.certain for each in meant),
        )

    def __str__(self) -> str:
        return (
            f"{self.phrases:4} phrases  precision {self.precision:.3f}  recall {self.recall:.3f}"
            f"  certain: precision {self.certain_precision:.3f}  recall {self.certain_recall:.3f}"
        )


def _share(true: Iterable[bool]) -> float:
    counted = list(true)
    return sum(counted) / len(counted) if counted else 1.0


def _phrases() -> Iterator[Phrase]:
    read = shipped_replies().read
    for line in FILE.read_text(encoding="utf-8").splitlines():
        language, label, text = line.split("\t")
        yield Phrase(language, label, text, read(text))


@pytest.fixture(scope="module")
def phrases() -> list[Phrase]:
    return list(_phrases())


def test_the_set_is_large_mixed_and_without_doubles(phrases: list[Phrase]) -> None:
    assert len(phrases) >= 300
    assert len({(each.language, each.text) for each in phrases}) == len(phrases)
    assert {each.label for each in phrases} == {"stop", "maybe", "none"}
    for language in LANGUAGES:
        asking = [each.asks for each in phrases if each.language == language]
        assert 0.45 <= _share(asking) <= 0.55, language
    assert 0.25 <= _share(each.held_out for each in phrases) <= 0.4


@pytest.mark.parametrize(
    ("part", "bars"),
    [
        ("tuned", (0.99, 0.98, 0.98, 0.98)),
        ("held out", (0.99, 0.95, 0.98, 0.95)),
    ],
)
def test_precision_and_recall(
    phrases: list[Phrase], part: str, bars: tuple[float, float, float, float]
) -> None:
    some = [each for each in phrases if each.held_out == (part == "held out")]
    figures = Figures.of(some)
    print(f"\n{part:9} all {figures}")
    for language in LANGUAGES:
        of_language = Figures.of([each for each in some if each.language == language])
        print(f"{part:9} {language}  {of_language}")
        assert of_language.precision >= 0.95
        assert of_language.recall >= 0.85
    reached = (
        figures.precision,
        figures.recall,
        figures.certain_precision,
        figures.certain_recall,
    )
    assert all(got >= bar for got, bar in zip(reached, bars, strict=True)), str(figures)


def test_figures_fall_where_readings_are_wrong(phrases: list[Phrase]) -> None:
    """The measure itself: all read as a certain stop, and nothing read at all."""
    stop = ReplyReading(ReplyKind.STOP, certain=True, rule="x", language="en")
    texts = [(each.language, each.label, each.text) for each in phrases]
    everything = Figures.of([Phrase(*each, stop) for each in texts])
    assert everything.recall == everything.certain_recall == 1.0
    assert everything.precision < 0.55
    nothing = Figures.of([Phrase(*each, ReplyReading()) for each in texts])
    assert nothing.recall == nothing.certain_recall == 0.0
