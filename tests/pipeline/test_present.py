"""Is what an app presents with a send read with one meaning, and told of without being repeated?"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from gatekeeper.domain.consent import ConsentEvent
from gatekeeper.domain.message import Address, AddressKind
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.ledger.consent_input import PresentedConsent, event_of
from gatekeeper.pipeline.case import Case
from gatekeeper.pipeline.present import ACTS, HEADER, MAX_BYTES, present
from tests.support.acme import ANA, BEN
from tests.support.spine import NOON, case

PHONE = AddressKind.PHONE


class Book:
    """What was recorded, for whom."""

    def __init__(self) -> None:
        self.kept: list[tuple[str, str, ConsentEvent]] = []

    async def present(
        self, tenant: str, given: PresentedConsent, number: str, at: datetime
    ) -> ConsentEvent:
        event = event_of(given, number.encode(), at, presented=True)
        self.kept.append((tenant, number, event))
        return event


def to(*numbers: str) -> Case:
    """Order news to these people."""
    one = case()
    people = tuple(Address(PHONE, number, "To") for number in numbers)
    return replace(one, request=replace(one.request, recipients=people))


async def kept(said: Any, asked: Case | None = None) -> tuple[str, str, ConsentEvent]:
    book = Book()
    text = said if isinstance(said, str) else json.dumps(said)
    await present(book, asked or to(ANA), text)
    (one,) = book.kept
    return one


async def test_it_is_the_one_recipients_if_no_number_is_named() -> None:
    tenant, number, event = await kept({"event": "opt_in"})
    assert (tenant, number, event.at, event.unproven) == ("acme", ANA, NOON, True)


async def test_a_number_names_one_of_several_recipients_in_any_spelling() -> None:
    both = to(ANA, BEN)
    assert (await kept({"event": "opt_in", "number": "(212) 200-0212"}, both))[1] == BEN


async def test_evidence_does_not_make_it_stronger_than_an_opt_out() -> None:
    proof = {"text_shown": "I agree", "signature": "checkbox"}
    _, _, event = await kept({"event": "opt_in", "evidence": proof})
    assert event.unproven and event.evidence


async def test_without_a_date_it_is_one_event_whenever_it_comes() -> None:
    said = {"event": "opt_in", "basis": "express_written"}
    later = replace(to(ANA), at=NOON.replace(hour=23))
    first, second = (await kept(said))[2], (await kept(said, later))[2]
    assert first.id == second.id and first.at != second.at
    dated = {**said, "at": "2026-11-01T00:00:00Z"}
    assert (await kept(dated))[2].id == (await kept(dated, later))[2].id != first.id


REFUSED: list[tuple[Any, str]] = [
    ("", "JSON"),
    ("opt_in", "JSON"),
    ("[]", "body"),
    ('{"event": "opt_in", "event": "opt_in"}', "each key once"),
    ('{"event": "opt_in"},{"event": "opt_in"}', "JSON"),
    ('{"event": "opt_in"', "JSON"),
    ('{"event": "opt_in", "seller": "caf\u00e9"}', "JSON"),
    ({}, "event"),
    ({"event": "opted"}, "event"),
    ({"event": "opt_in", "basis": "none"}, "needs a basis"),
    ({"event": "opt_in", "tenant": "other"}, "tenant"),
    ({"event": "opt_in", "at": "2027-01-01T00:00:00Z"}, "future"),
    ({"event": "opt_in", "number": BEN}, "no recipient"),
    ({"event": "opt_in", "number": "12"}, "number"),
    ({"event": "opt_in", "evidence": {"text_shown": "x" * MAX_BYTES}}, "longer than"),
]


@pytest.mark.parametrize(("said", "told"), REFUSED, ids=lambda part: str(part)[:40])
async def test_what_has_no_meaning_is_refused_and_nothing_recorded(said: Any, told: str) -> None:
    book, text = Book(), said if isinstance(said, str) else json.dumps(said)
    with pytest.raises(AmbiguousRequest, match=told) as caught:
        await present(book, to(ANA), text)
    assert book.kept == []
    assert str(caught.value).startswith(HEADER)
    assert ANA[2:] not in str(caught.value) and BEN[2:] not in str(caught.value)


@pytest.mark.parametrize("act", ["opt_out", "restart", "confirmation", "correction", "evidence"])
async def test_only_a_grant_is_presented(act: str) -> None:
    assert act not in ACTS
    with pytest.raises(AmbiguousRequest, match="recorded by the API"):
        await kept({"event": act, "about": "e", "evidence": {"form": "f"}})


async def test_of_several_recipients_somebody_must_be_named() -> None:
    with pytest.raises(AmbiguousRequest, match="one recipient"):
        await kept({"event": "opt_in"}, to(ANA, BEN))
    with pytest.raises(AmbiguousRequest, match="one recipient"):
        await kept({"event": "opt_in"}, to(ANA, "911"))


async def test_a_text_in_utf_8_is_read_as_it_was_written() -> None:
    """aiohttp hands on a header's bytes one by one, as Latin-1."""
    said = json.dumps({"event": "opt_in", "seller": "Caf\u00e9"}, ensure_ascii=False)
    assert (await kept(said.encode().decode("latin-1")))[2].seller == "Caf\u00e9"


@given(st.text(max_size=200))
async def test_no_text_does_anything_but_be_read_or_refused(text: str) -> None:
    try:
        await present(Book(), to(ANA), text)
    except AmbiguousRequest as error:
        assert len(str(error)) < 1200
