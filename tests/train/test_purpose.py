"""Is the shipped model the one that its examples make, and does its card tell the truth?"""

from __future__ import annotations

import msgspec

from gatekeeper.domain.resemblance import Kind
from gatekeeper.screening.purpose import FOLDER, META, WEIGHTS, Meta, Model, PurposeModel
from gatekeeper.settings import shipped_folder
from tests.train import card
from tests.train.examples import HELD_OUT, WRITTEN, examples
from tests.train.purpose import DIGITS, digest, trained, training

HOME = shipped_folder("models") / FOLDER
LITTLE = 2.5 * 10**-DIGITS
"""What another processor's arithmetic may change of a rounded weight."""
FLAGS, HOLDS = 0.005, 0.001
"""Shares of honest notices and codes that may be marked as offers, or held as frauds."""


def test_the_same_examples_give_the_same_weights() -> None:
    meta = msgspec.json.decode((HOME / META).read_bytes(), type=Meta)
    assert meta.sources == {"templates": len(training()), "sha256": digest()}, (
        "the examples have changed: run tests.train.purpose, then tests.train.card --write"
    )
    kept = msgspec.json.decode((HOME / WEIGHTS).read_bytes(), type=Model)
    made = trained(training())
    names = kept.weights.keys() | made.weights.keys()
    nothing = (0.0,) * 4
    apart = [
        abs(a - b)
        for name in names
        for a, b in zip(
            kept.weights.get(name, nothing), made.weights.get(name, nothing), strict=True
        )
    ]
    assert max(apart) <= LITTLE
    assert sum(each > 0 for each in apart) <= len(apart) / 100


def test_there_are_enough_examples_of_each_kind_and_none_is_trained_on_that_is_held_out() -> None:
    for kind in Kind:
        assert sum(each.kind is kind for each in examples()) >= 150
    assert not [each for each in training() if each.fold == HELD_OUT]
    assert len({each.template for each in examples()}) == len(examples())
    assert set(WRITTEN.values()) < set(Kind)


def test_honest_traffic_passes_where_the_model_was_not_trained_on_it() -> None:
    for some in (card.told(card.shipped_model(), card.held_out()), card.crossed()):
        texts, offers = card.counted(some, Kind.MARKETING)
        assert offers <= texts * FLAGS
        assert card.counted(some, Kind.PHISHING_LIKE)[1] <= texts * HOLDS


def test_offers_and_frauds_are_found_as_often_as_the_card_says() -> None:
    told = (HOME / "README.md").read_text(encoding="utf-8").splitlines()
    held = card.told(card.shipped_model(), card.held_out())
    rows = [*card.in_domain(held), *card.at_limits("held-out templates", held)]
    assert not [row for row in rows if row not in told], "run python -m tests.train.card --write"


def test_the_model_is_small() -> None:
    assert sum(file.stat().st_size for file in HOME.iterdir()) < 2 << 20
    assert isinstance(card.shipped_model(), PurposeModel)


def test_a_table_of_the_card_is_replaced_by_its_head() -> None:
    was = "a\n\n| x |\n|---|\n| 1 |\n\nb\n"
    assert card.renewed(was, ["| x |", "|---|", "| 2 |"]) == was.replace("1", "2")
