"""Which of the tenant's own lists names a person?"""

from __future__ import annotations

from gatekeeper.domain.words import ListAnswer
from gatekeeper.ledger.changes import listed_entry
from gatekeeper.ledger.listings import is_allow, own_lists, standing
from tests.support.ledgers import NOW, TENANT, Books

NUMBER = "+12122000123"


async def test_each_list_of_the_tenant_answers_and_no_other(books: Books) -> None:
    person, other = books.rights.person(TENANT, NUMBER), books.rights.person("other", NUMBER)
    stranger = books.rights.person(TENANT, "+12122000124")
    for who, name in ((person, "internal"), (stranger, "vip"), (other, "litigators")):
        entry = listed_entry(who.tenant, name, who.owner.subject, listed=True)
        await books.ledger.commit(books.store, [entry])
    told = await standing(books.store, person.owner, NUMBER, NOW)
    assert {name: listing.answer for name, listing in told.items()} == {
        "internal": ListAnswer.HIT,
        "vip": ListAnswer.CLEAR,
    }
    assert await own_lists(books.store, "other") == ["litigators"]


async def test_a_tenant_without_lists_is_asked_nothing(books: Books) -> None:
    person = books.rights.person("bare", NUMBER)
    assert await standing(books.store, person.owner, NUMBER, NOW) == {}


def test_a_list_that_permits_is_known_by_its_name() -> None:
    assert [is_allow(name) for name in ("allow", "allow-test", "internal", "shallow")] == [
        True,
        True,
        False,
        False,
    ]
