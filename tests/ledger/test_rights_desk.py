"""Is a person known by every name, and does a reason hold nothing that must not be kept?"""

from __future__ import annotations

import pytest

from gatekeeper.errors import InputRejected
from gatekeeper.ledger.rights_book import HOLD
from gatekeeper.ledger.rights_desk import why
from tests.support.journal import KEYRING
from tests.support.ledgers import TENANT, Books

NUMBER = "+12122000123"


async def test_one_person_of_two_tenants_has_two_names(books: Books) -> None:
    here, there = (books.rights.person(tenant, "(212) 200-0123") for tenant in (TENANT, "other"))
    assert here.number == there.number == NUMBER
    assert here.pseudonym == KEYRING.pseudonym(TENANT, NUMBER) != there.pseudonym
    assert here.owner.subject == KEYRING.subject(TENANT, NUMBER) != there.owner.subject


async def test_a_deed_is_in_the_journal_and_in_the_book(books: Books) -> None:
    person = books.rights.person(TENANT, NUMBER)
    body = {"pseudonym": person.pseudonym, "reason": "letter", "by": "x", "until": None}
    note = await books.rights.note(HOLD, "h1", TENANT, body)
    assert [line.id for line in books.records(HOLD)] == ["h1"]
    assert books.rights.book.notes(TENANT, HOLD) == [note]


def test_a_reason_is_one_line() -> None:
    assert why("  letter of\n 2 May\t2026 ", "me") == ("letter of 2 May 2026", "me")


@pytest.mark.parametrize(
    "reason",
    ["", "  ", "x" * 501, "a\x00b", "of +1 212 200 0123", "of (212) 200-0123", "of 2122000123"],
)
def test_a_reason_without_words_or_with_a_number_is_refused(reason: str) -> None:
    with pytest.raises(InputRejected, match="reason") as told:
        why(reason, "me")
    assert "0123" not in str(told.value)
