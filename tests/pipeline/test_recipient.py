"""Is what a request states of its recipient read with one meaning, or refused without a leak?"""

from __future__ import annotations

from datetime import date

import pytest

from gatekeeper.domain.message import Address, AddressKind
from gatekeeper.domain.number import Stated
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.pipeline.recipient import NOTHING_STATED, Statement, read_statement, statement_of
from gatekeeper.policy.row import RecipientRow
from tests.support.acme import ANA, BEN


def to(*numbers: str) -> tuple[Address, ...]:
    return tuple(Address(AddressKind.PHONE, number, "To") for number in numbers)


def test_a_statement_has_place_source_day_and_line() -> None:
    said = read_statement(
        "region=US-TX; postal=75001;timezone=America/Chicago ; source=billing_address;"
        " as_of=2026-10-01; line_type=landline",
        to(ANA),
    )
    day = date(2026, 10, 1)
    place = Stated("US-TX", "75001", "America/Chicago", "billing_address", day)
    assert said == Statement(place, "landline")


def test_nothing_said_is_nothing_stated() -> None:
    assert read_statement(None, to(ANA)) is NOTHING_STATED
    assert statement_of(None) is NOTHING_STATED
    assert statement_of(RecipientRow(line_type="mobile")) == Statement(None, "mobile")


@pytest.mark.parametrize("postal", ["K1A 0B1", "10001-1234", "k1a0b1"])
def test_postal_codes_are_taken_as_they_are_written(postal: str) -> None:
    said = read_statement(f"postal={postal}", to(ANA)).stated
    assert said is not None and said.postal == postal


def test_one_of_several_recipients_must_be_named() -> None:
    text = "region=US-TX; number=+1 212-200-0211"
    assert read_statement(text, to(ANA, BEN)).number == ANA
    for bad in ("region=US-TX", "region=US-TX; number=+13122000999"):
        with pytest.raises(AmbiguousRequest, match="number"):
            read_statement(bad, to(ANA, BEN))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "write key=value"),
        (";", "write key=value"),
        ("region", "write key=value"),
        ("region=US-TX;", "write key=value"),
        ("region=US-TX,source=crm", "write key=value"),
        ("region=US-TX; regoin=US-CA", "there is no regoin \\(did you mean region\\?\\)"),
        ("state=TX", "there is no state"),
        ("stated=x", "there is no stated"),
        ("region=US-TX; region=US-CA", "region is given twice"),
        ("region=Texas", "region is not a state"),
        ("region=US-ZZ", "region is not a state"),
        ("region=ZZ", "region is not a state"),
        ("timezone=America/Gotham", "timezone is not an IANA zone"),
        ("as_of=yesterday", "as_of is not a day"),
        ("as_of=2026-13-01", "as_of is not a day"),
        ("source=Our CRM", "source is not a word"),
        ("postal=7500１", "write key=value"),
        ("region=US-TX\x00", "write key=value"),
        ("region=US-TX; number=12", "number"),
        ("postal=" + "1" * 600, "longer than 512"),
    ],
)
def test_what_has_no_one_meaning_is_refused(text: str, told: str) -> None:
    with pytest.raises(AmbiguousRequest, match=f"^Gatekeeper-Recipient: .*{told}"):
        read_statement(text, to(ANA))


@pytest.mark.parametrize("text", ["postal=75001; region=Nowhere75001", "timezone=Z75001"])
def test_no_value_is_repeated_in_an_error(text: str) -> None:
    """It may be somebody's address, and the refusal is on record."""
    with pytest.raises(AmbiguousRequest) as caught:
        read_statement(text, to(ANA))
    assert "75001" not in str(caught.value)
