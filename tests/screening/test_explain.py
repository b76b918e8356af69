"""An explanation tells everything that the screener did with a text, and never something else."""

from __future__ import annotations

import random
from itertools import islice

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.domain.words import Likelihood
from gatekeeper.screening.explain import Explanation, explain, reached, why, why_not
from gatekeeper.screening.recorder import MATCH
from gatekeeper.screening.screener import Screener
from tests.support.business import messages
from tests.support.detectors import body, detector, shipped_detectors, shipped_screener

CARD = "4111 1111 1111 1111"
HEAD = """
id: {id}
family: payment
title: A sample
citation: none
verified_on: 2026-11-20
likelihood: likely
positives: [a]
negatives: [b]
"""
PIECES = st.sampled_from(
    [CARD, "4111111111111112", "card", "order", "password is Winter2024!", "otp", "078-05-1120",
     "four one one one", "%34%31%31%31", "4I11 1111 l111 1111", "NDExMSAxMTExIDExMTEgMTExMQ==",
     "patient was diagnosed with HIV", "Free", ".", "\n", "\u200b", "４１１１", "expires",
     "cvv 123",      "p4ssword", "ssn", "123-45-6789", "😀", "ключ", "meter token"]
)  # fmt: skip


def screener(*rests: str) -> Screener:
    """A screener of detectors with these parts, named one, two, three ..."""
    names = ("one", "two", "three")
    return Screener(
        [detector(n, HEAD.format(id=n) + r) for n, r in zip(names, rests, strict=False)]
    )


def outcomes(told: Explanation, name: str = "one") -> list[tuple[str, str]]:
    """What became of each candidate of a detector."""
    return [(each.outcome, each.why) for each in told.of(name)]


def agree(text: str) -> None:
    """The explanation has the screener's matches, and a candidate for each of them."""
    told = explain(shipped_screener(), text, "Body")
    assert told.matches == shipped_screener().screen((body(text),))
    kept = [each.match for each in told.weighed if each.outcome == MATCH]
    assert sorted(map(repr, kept)) == sorted(
        repr(match) for match in told.matches if match.detector != "bounds"
    )
    for each in told.weighed:
        assert (each.match is not None) == (each.outcome in (MATCH, "overlapped"))
        assert each.outcome == MATCH or each.why


@given(st.lists(PIECES | st.text(max_size=12), max_size=8))
def test_an_explanation_has_the_screeners_own_matches(pieces: list[str]) -> None:
    agree(" ".join(pieces))


def test_so_it_does_for_every_example_and_for_business_messages() -> None:
    for each in shipped_detectors():
        for text in (*each.positives, *each.negatives, *each.needs_spacy):
            agree(text)
    for _, text in islice(messages(1, random.Random(7)), 0, None, 5):
        agree(text)


def test_a_candidate_tells_evidence_context_and_likelihood_before_and_after() -> None:
    card = screener(
        "gate: {digits: [16, 16]}\nfind: {validator: card}\n"
        "context: {raise: [card], lower: [order]}"
    )
    [told] = explain(card, f"card {CARD} order").weighed
    assert (told.start, told.end) == (5, 24)
    assert (told.base, told.after) == (Likelihood.LIKELY, Likelihood.LIKELY + told.steps)
    assert told.evidence == ("luhn", "issuer visa", "grouped 4-4-4-4")
    assert told.context == ("raised by: card", "lowered by: order")


def test_every_view_is_told_with_the_gates_that_it_opens() -> None:
    readings = explain(shipped_screener(), "%34111 1111 1111 1111 cvv").readings
    assert [(each.name, each.text) for each in readings][:2] == [
        ("plain", "%34111 1111 1111 1111 cvv"),
        ("decoded", f"{CARD} cvv"),
    ]
    assert ("card", "digits") in {(gate.detector, gate.by) for gate in readings[1].opened}


def test_a_text_that_opens_no_gate_is_read_all_the_same() -> None:
    told = explain(shipped_screener(), "See you at 8")
    assert [(each.name, each.opened, each.half_open) for each in told.readings] == [
        ("plain", (), ())
    ]
    assert told.weighed == ()


@pytest.mark.parametrize(
    ("rest", "text", "expected"),
    [
        (
            "gate: {digits: [16, 16]}\nfind: {validator: card}",
            "4111 1111 1111 1112",
            ("validator", "its validator refuses 16 digits grouped 4-4-4-4"),
        ),
        (
            "gate: {digits: [9, 9]}\nfind: {validator: any, groups: [[3, 2, 4]]}",
            "123 456 789",
            ("value", "9 digits grouped 3-3-3, a way of writing that it does not take"),
        ),
        (
            "gate: {literals: [key]}\nfind: {re2: ['key (\\w+)'], group: 1, shortest: 4}",
            "key abc",
            ("value", "shorter than 4 characters"),
        ),
        (
            "gate: {literals: [key]}\nfind: {re2: ['key (\\w+)'], group: 1, except: [none]}",
            "key None",
            ("value", "one of the values under except"),
        ),
        (
            "gate: {literals: [key]}\nfind: {re2: ['key (\\w+)'], group: 1, entropy: 2}",
            "key aaaa",
            ("value", "less random than its entropy asks"),
        ),
        (
            "gate: {literals: [bic]}\nfind: {re2: ['bic (\\w+)'], group: 1, validator: stdnum.bic}",
            "bic nonsense9",
            ("validator", "its validator refuses it"),
        ),
        (
            "gate: {literals: [key]}\nfind: {literals: true}\n"
            "context: {require: [secret], window: 3}",
            "key",
            ("require", "none of its required words stands within 3 words"),
        ),
        (
            "gate: {literals: [key]}\nfind: {literals: true}\n"
            "context: {exempt: [{words: [public key]}]}",
            "the public key",
            ("exempt", "exempt by: public key"),
        ),
        (
            "languages: [en]\ngate: {literals: [key]}\nfind: {tokens: [[[key]]], unless: [[[no]]]}",
            "no key",
            ("unless", "an `unless` pattern holds in the same sentence"),
        ),
    ],
)
def test_what_is_dropped_says_why(rest: str, text: str, expected: tuple[str, str]) -> None:
    assert outcomes(explain(screener(rest), text)) == [expected]


def test_the_weaker_of_two_matches_in_one_place_names_the_better() -> None:
    weak = "gate: {literals: [key]}\nfind: {literals: true}\ncontext: {lower: [door]}"
    strong = "gate: {literals: [door key]}\nfind: {literals: true}"
    told = explain(screener(weak, strong), "door key")
    assert outcomes(told) == [("overlapped", "two (likely, 0 to 8) stands there")]
    assert outcomes(told, "two") == [(MATCH, "")]


def test_a_detector_on_trial_is_told_to_be_held_to_possible() -> None:
    trial = screener("status: experimental\ngate: {literals: [key]}\nfind: {literals: true}")
    [told] = explain(trial, "key").weighed
    assert (told.reached, told.after) == (Likelihood.LIKELY, Likelihood.POSSIBLE)
    assert told.context == ("at most possible: the detector is on trial",)
    assert reached(trial, "one", "key") == Likelihood.LIKELY
    assert reached(trial, "one", "door") == 0


def test_a_detector_in_shadow_is_recorded_and_below_what_any_rule_speaks_of() -> None:
    shadow = screener("mode: shadow\ngate: {literals: [key]}\nfind: {literals: true}")
    [told] = explain(shadow, "key").weighed
    assert (told.reached, told.after) == (Likelihood.LIKELY, Likelihood.UNLIKELY)
    assert told.context == ("at most unlikely: the detector is in shadow",)


def test_a_gate_of_which_only_the_word_stands_there_is_told_as_half_open() -> None:
    one = screener("gate: {literals: [nino], shape: '[A-Z]{2}[0-9]{6}'}\nfind: {re2: ['x[0-9]']}")
    [reading] = explain(one, "nino 12").readings
    assert (reading.opened, reading.half_open) == ((), ("one",))


def test_nothing_but_the_views_repeats_the_text() -> None:
    told = explain(shipped_screener(), f"card {CARD}, password is Winter2024! 4111 1111 1111 1112")
    said = msgspec.json.encode((told.weighed, told.matches)).decode()
    assert told.weighed
    for secret in ("4111", "1111", "Winter", "2024"):
        assert secret not in said


def test_an_example_that_fails_is_told_why() -> None:
    lowered = screener(
        "gate: {literals: [key]}\nfind: {literals: true}\ncontext: {lower: [door]}",
        "gate: {literals: [key], shape: '[0-9]{4}'}\nfind: {re2: ['key [0-9]+']}",
    )
    sure = Likelihood.LIKELY
    assert why_not(lowered, "one", "hello", sure) == "its gate does not open"
    assert why_not(lowered, "one", "door key", sure) == (
        "it is only possible, and likely is asked: it begins as likely, "
        "its evidence moves it by +0, lowered by: door"
    )
    assert why_not(lowered, "two", "key", sure) == (
        "its gate does not open: its word stands in the text, its shape or number does not"
    )
    assert why_not(lowered, "two", "1234 key", sure) == (
        "its gate opens, but nothing of what it looks for stands in the text"
    )
    exempt = screener(
        "gate: {literals: [key]}\nfind: {literals: true}\ncontext: {exempt: [{words: [public]}]}"
    )
    told = why_not(exempt, "one", "public key", sure)
    assert told == "a candidate is dropped: exempt by: public"
    assert why(lowered, "one", "key") == "likely: its words stand there"
    assert why(lowered, "one", "hello") == ""
