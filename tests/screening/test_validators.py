"""Check digits, ranges and rules of issue decide what a number can be."""

from __future__ import annotations

import pytest

from gatekeeper.screening.digits import Number, runs
from gatekeeper.screening.validators import VALIDATORS, beside, card, entropy, itin, ssn, validator


def number(text: str) -> Number:
    """The whole of a text's only run."""
    [run] = runs(text)
    digits = "".join(c for c in text if c.isdigit())
    return Number(digits, run, 0, len(run.spans) - 1)


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("4111 1111 1111 1111", 1),
        ("3782 822463 10005", 1),
        ("4111111111111111", 0),
        ("4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", 0),
        ("41 11 11 11 11 11 11 11", -1),
    ],
)
def test_a_card_counts_more_the_more_it_is_written_like_one(text: str, steps: int) -> None:
    evidence = card(number(text))
    assert evidence is not None
    assert evidence.steps == steps


@pytest.mark.parametrize(
    "text",
    ["4111 1111 1111 1112", "9999999999999995", "4532 12/05/2024 10:4522", "0000000000000000"],
)
def test_what_cannot_be_a_card_is_none(text: str) -> None:
    assert card(number(text)) is None


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("219-09-1234", True),
        ("665-01-0001", True),
        ("000-12-3456", False),
        ("666-12-3456", False),
        ("900-12-3456", False),
        ("219-00-1234", False),
        ("219-09-0000", False),
        ("078-05-1120", False),
        ("219-09-9999", False),
        ("123-45-6789", True),
    ],
)
def test_social_security_numbers_follow_the_rules_of_issue(text: str, valid: bool) -> None:
    assert (ssn(number(text)) is not None) == valid


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("900-50-1234", True),
        ("900-65-1234", True),
        ("900-66-1234", False),
        ("900-70-1234", True),
        ("900-89-1234", False),
        ("900-93-1234", False),
        ("900-99-1234", True),
        ("800-70-1234", False),
    ],
)
def test_taxpayer_numbers_have_groups_that_are_issued(text: str, valid: bool) -> None:
    assert (itin(number(text)) is not None) == valid


def test_any_module_of_stdnum_serves_by_name() -> None:
    check = validator("stdnum.ca.sin")
    assert check(number("123 456 782")) is not None
    assert check(number("123 456 783")) is None


@pytest.mark.parametrize("name", ["nothing", "stdnum.nothing.here", "stdnum.util"])
def test_an_unknown_validator_is_a_key_error(name: str) -> None:
    with pytest.raises(KeyError):
        validator(name)


def test_the_named_validators_answer_without_the_number_in_their_trace() -> None:
    for check in VALIDATORS.values():
        evidence = check(number("4111 1111 1111 1111"))
        assert evidence is None or "4111" not in " ".join(evidence.trace)


def test_entropy_is_low_for_repetition_and_high_for_randomness() -> None:
    assert entropy("aaaaaaaa") == 0
    assert entropy("abcdefgh") == 3


def test_beside_its_cue_a_number_that_another_noun_names_counts_less() -> None:
    check = beside(validator("stdnum.ca.sin"), ["sin", "sin number"])
    near, named = check(number("SIN 123 456 782")), check(number("SIN needed. Order 123 456 782"))
    assert near is not None
    assert named is not None
    assert (near.steps, named.steps) == (0, -1)
    assert check(number("SIN 123 456 783")) is None


def test_a_check_that_cannot_read_its_digits_does_not_pass() -> None:
    assert validator("us_npi")(number("12345678")) is None
    assert validator("mx_clabe")(number("123456789")) is None


def test_a_check_that_fails_in_a_way_of_its_own_does_not_hold() -> None:
    """python-stdnum knows no county of this one, and says so by KeyError."""
    (run,) = runs("503833201203017041")
    (number,) = run.numbers(frozenset({18}), 18)
    assert validator("stdnum.cn.ric")(number) is None
