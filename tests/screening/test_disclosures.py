"""Is a recipient told who sends, how to stop and the rest, and is silence not taken for it?"""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.domain.disclosure import Element, Told
from gatekeeper.domain.message import TextPart
from gatekeeper.domain.words import Role
from gatekeeper.errors import PolicyError
from gatekeeper.policy.disclosures import DisclosureLanguage, DisclosureRow
from gatekeeper.policy.load import load
from gatekeeper.policy.model import Source
from gatekeeper.rollout.ready import check_kinds
from gatekeeper.screening.disclosures import Disclosures
from gatekeeper.settings import CHECKOUT

SHIPPED = Disclosures(load(CHECKOUT / "policies", check_kinds()).disclosures)
HERE = Source(PurePosixPath("disclosures/xx.yaml"), 3, 5)


def told(text: str, *names: str, role: Role = Role.BODY) -> Told:
    return SHIPPED.read((TextPart("text", role, text),), names)


def elements(text: str, *names: str) -> set[str]:
    return {str(each) for each in told(text, *names).elements or ()}


def reader(*patterns: str, excepted: tuple[str, ...] = ()) -> Disclosures:
    row = DisclosureRow(
        "xx.a", "xx", Element.SENDER, "A row", patterns, frozenset(excepted), (), (), HERE
    )
    return Disclosures((DisclosureLanguage("xx", frozenset(), (row,), HERE),))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Acme: 20% off today. Reply STOP to opt out.", {"sender", "opt_out"}),
        (
            "ACME BANK: Fraud alert. Msg&data rates may apply. STOP2END",
            {"sender", "opt_out", "fees"},
        ),
        (
            "Hi, this is Ava, an AI assistant at Acme. Reply HELP for help.",
            {"sender", "ai", "help"},
        ),
        ("This call may be recorded. Press 9 to be removed.", {"recording", "opt_out"}),
        ("See you at eight?", set()),
        ("Reminder: your visit is tomorrow at nine", set()),
        ("Visit https://acme.example/terms", {"contact"}),
        ("Somos Acme. Responda ALTO para cancelar.", {"sender", "opt_out"}),
        ("Ici Acme. Répondez ARRÊT pour vous désabonner.", {"sender", "opt_out"}),
    ],
)
def test_what_a_text_tells(text: str, expected: set[str]) -> None:
    assert elements(text) == expected


def test_a_disguised_word_is_read_as_people_read_it() -> None:
    assert "opt_out" in elements("Reply S\u200bTOP to end")
    assert "opt_out" in elements("Reply \uff33\uff34\uff2f\uff30 to end")


def test_a_registered_name_in_the_text_names_the_sender() -> None:
    text = "your table at northside is ready"
    assert "sender" not in elements(text)
    assert "sender" in elements(text, "Northside")
    assert "sender" not in elements(text, "", "  ", "Southside")


def test_what_nobody_reads_tells_nothing() -> None:
    for role in (Role.FILENAME, Role.REFERENCE, Role.DIGITS):
        assert told("Acme: reply STOP", role=role) == Told()
    assert told("") == Told()
    assert SHIPPED.read(()) == Told()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Your order is ready for you at our shop", "en"),
        ("Su pedido está en la tienda, venga por él hoy", "es"),
        ("Votre commande est prête chez nous pour vous", "fr"),
        ("Bestellung fertig", None),
        ("OK", None),
    ],
)
def test_the_language_is_told_only_where_enough_of_its_words_stand(
    text: str, language: str | None
) -> None:
    assert told(text).language == language


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert told(text).elements in (None, told(text).elements)


def test_excepted_words_are_no_name() -> None:
    only = reader(r"^(\w+):", excepted=("alert",))
    assert only.rows("acme: hi") == {"xx.a"}
    assert only.rows("alert: hi") == frozenset()


def test_a_policy_without_disclosures_tells_none() -> None:
    assert Disclosures(()).read((TextPart("t", Role.BODY, "Acme: STOP"),)).elements == frozenset()


def test_patterns_that_are_not_in_order_are_told_with_their_place() -> None:
    with pytest.raises(PolicyError) as caught:
        reader("(", r"a(?=b)")
    assert caught.value.faults == (
        "disclosures/xx.yaml:3:5: xx.a: not an RE2 pattern: (",
        "disclosures/xx.yaml:3:5: xx.a: not an RE2 pattern: a(?=b)",
    )
    with pytest.raises(PolicyError, match="excepted words need a group"):
        reader("acme:", excepted=("alert",))
