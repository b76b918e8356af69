"""Is every text that some recipient gets read as it gets it? (See also the cases.)"""

from __future__ import annotations

import pytest

from gatekeeper.domain.message import Address, AddressKind, TextPart
from gatekeeper.domain.words import Role
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.shape import read
from gatekeeper.providers.sinch.parameters import (
    filled_in,
    parameters,
    same_number,
    written_path,
)

ANA, BOB = "+12122000211", "+12122000212"


def texts(body: str, values: dict[str, dict[str, str]]) -> dict[str, str]:
    people = [Address(AddressKind.PHONE, number, "to") for number in (ANA, BOB)]
    parts = [TextPart("body", Role.BODY, body)]
    return {part.path: part.text for part in filled_in(parts, values, people)}


def test_a_number_cut_in_two_is_whole_again() -> None:
    assert texts("Card 4111 1111 ${rest}", {"rest": {"12122000212": "1111 1111"}}) == {
        "body/0": "Card 4111 1111 ",
        "body/1": "Card 4111 1111 1111 1111",
    }


def test_the_default_is_for_those_who_have_none_of_their_own() -> None:
    read_by = texts("Hi ${n}", {"n": {ANA: "Ana", "default": "you"}})
    assert read_by == {"body/0": "Hi Ana", "body/1": "Hi you"}


def test_a_text_that_all_get_alike_is_read_once() -> None:
    assert texts("Hi ${n}", {"n": {"default": "you"}}) == {"body/0": "Hi you"}
    assert texts("Hi", {"n": {"default": "you"}}) == {}
    assert texts("Hi ${m}", {"n": {"default": "you"}}) == {}


@pytest.mark.parametrize("written", ["+12122000211", "12122000211", "+1 (212) 200-0211"])
def test_a_number_is_the_same_in_every_spelling(written: str) -> None:
    assert same_number(written) == ANA


@pytest.mark.parametrize(
    "value", [[], {"a": "b"}, {"a": {"x": "b"}}, {"a": {"default": 1}}, {"a/b": {"default": "x"}}]
)
def test_what_is_not_by_name_and_number_is_refused(value: object) -> None:
    with pytest.raises(AmbiguousRequest, match="field parameters"):
        read(lambda v, _, found: parameters()(v, "parameters", found), value)


def test_a_place_leads_back_to_the_number() -> None:
    body = {"parameters": {"n": {ANA: "Ana", "default": "you"}}}
    assert written_path("parameters/n/1", body) == "parameters/n/default"
    assert written_path("parameters/n/0", body) == f"parameters/n/{ANA}"
    assert written_path("body", body) == "body"
