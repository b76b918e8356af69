"""Texts in, matches out: what is found, what passes, where it stands, and within which bounds."""

from __future__ import annotations

import base64
import random
from statistics import mean

import pytest

from gatekeeper.domain.words import Likelihood, Status
from gatekeeper.errors import PolicyError
from gatekeeper.policy.model import Detector
from gatekeeper.screening.screener import LONGEST, Screener
from tests.bench.screen import blocked, by_form, found_of, recall, weak
from tests.support.cards import DISGUISES, cards
from tests.support.detectors import body, detector, shipped_detectors, shipped_screener
from tests.support.identities import WRITTEN

BLOCKS = Likelihood.LIKELY
EXAMPLES = [
    (each, text)
    for each in shipped_detectors()
    if each.status is not Status.EXPERIMENTAL
    for text in (*each.positives, *each.needs_spacy)
]
COUNTER = [(each, text) for each in shipped_detectors() for text in each.negatives]


@pytest.mark.parametrize(("shipped", "text"), EXAMPLES)
def test_every_positive_example_is_found_by_its_detector(shipped: Detector, text: str) -> None:
    assert shipped.id in blocked(shipped_screener(), text)


@pytest.mark.parametrize(("shipped", "text"), COUNTER)
def test_no_negative_example_is_blocked(shipped: Detector, text: str) -> None:
    assert blocked(shipped_screener(), text) == []


def test_cards_of_every_range_are_found_beside_their_name() -> None:
    numbers = list(cards(random.Random(1), 5))
    assert recall(shipped_screener(), [f"my card is {n}" for n in numbers]) >= 0.99


HARD = {"reversed": 0.75, "S for 5, B for 8": 0.9, "pairs in words": 0.9}
"""Forms of which some cannot be told: too few true digits left, `seventy three` for 70 3."""


@pytest.mark.parametrize("form", DISGUISES)
def test_disguised_cards_are_found(form: str) -> None:
    numbers = [n for n in cards(random.Random(2), 5) if len(n) in (15, 16) and not weak(n)]
    texts = [f"Here is my card: {DISGUISES[form](n)} thanks" for n in numbers]
    found = recall(shipped_screener(), texts)
    print(f"{form}: {found:.3f} of {len(texts)} cards")
    assert found >= HARD.get(form, 0.98)


def test_disguises_are_many_and_nearly_all_are_seen_through() -> None:
    """Macro average over forms, of cards in strong ranges; bare of any cue for comparison."""
    numbers = [n for n in cards(random.Random(5), 2) if len(n) in (15, 16) and not weak(n)]
    named = by_form(shipped_screener(), numbers, "Here is my card: {} thanks")
    bare = by_form(shipped_screener(), numbers, "Send it to {} now")
    print(
        f"{len(named)} forms: {mean(named.values()):.4f} with a cue, {mean(bare.values()):.4f} bare"
    )
    assert len(named) >= 60
    assert mean(named.values()) >= 0.98
    assert mean(bare.values()) >= 0.88


LEAST = {"ssn": 0.995, "iban": 0.995, "own_iban": 0.995, "driver_licence": 0.9, "passport": 0.9}


@pytest.mark.parametrize("kind", WRITTEN)
def test_valid_numbers_of_people_are_found_beside_their_name(kind: str) -> None:
    found = found_of(shipped_screener(), kind, random.Random(8), 500)
    print(f"{kind}: {found:.3f}")
    assert found >= LEAST[kind]


def test_a_hidden_number_is_told_at_its_exact_place() -> None:
    hidden = "４１１１\u200b 1111%201111 1111"
    text = f"é pay {hidden} ok"
    [match] = shipped_screener().screen((body(text),))
    assert text[match.start : match.end] == hidden
    assert "4111" not in " ".join(match.trace)


def test_what_lies_past_the_bound_is_told_as_not_inspected() -> None:
    assert shipped_screener().screen((body("a " * (LONGEST // 2)),)) == ()
    [match] = shipped_screener().screen((body("a " * LONGEST),))
    assert (match.family, match.trace) == ("uninspectable", ("too long",))


def test_the_same_text_gives_the_same_matches() -> None:
    text = body("ssn 219-09-1234, card 4111 1111 1111 1111, password: Winter2024!")
    once = shipped_screener().screen((text,))
    assert {match.family for match in once} == {"government_id", "payment", "credential"}
    assert shipped_screener().screen((text,)) == once


LEXICON = """
id: forbidden_goods
family: payment
title: A sample of a lexicon
citation: none
verified_on: 2026-11-20
gate: {literals: [moon dust, star dust]}
find: {literals: true}
likelihood: possible
context: {raise: [buy]}
positives: [buy moon dust]
negatives: [moon]
"""


def test_one_yaml_file_adds_a_detector() -> None:
    screener = Screener([detector("forbidden_goods", LEXICON)])
    [match] = screener.screen((body("Buy Moon Dust now"),))
    assert (match.detector, match.likelihood, match.start, match.end) == (
        "forbidden_goods",
        Likelihood.LIKELY,
        4,
        13,
    )


def test_a_detector_that_is_off_finds_nothing_and_a_faulty_one_is_refused() -> None:
    off = detector("forbidden_goods", LEXICON + "mode: 'off'\n")
    assert Screener([off]).screen((body("buy moon dust"),)) == ()
    faulty = detector("forbidden_goods", LEXICON.replace("literals: true", "literals: false"))
    with pytest.raises(PolicyError, match="exactly one"):
        Screener([faulty])


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("Card 4111 1111 1111 1111", True),
        ("Card ４１１１ 1111 1111 1111", True),
        ("Card 4111%201111%201111%201111", False),
        ("Card " + base64.b64encode(b"4111 1111 1111 1111").decode(), False),
        ("Card four" + " one" * 15, False),
    ],
)
def test_a_match_is_exact_only_where_its_text_stands_as_written(text: str, exact: bool) -> None:
    matches = shipped_screener().screen([body(text)])
    assert matches
    assert [m.exact for m in matches] == [exact] * len(matches)
