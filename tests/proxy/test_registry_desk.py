"""Is what was registered in force when the desk answers, and does one change wait for another?"""

from __future__ import annotations

import asyncio

import pytest

from gatekeeper.domain.registry import Registry
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.documents import registry_of
from gatekeeper.ledger.registrar import NewApplication
from gatekeeper.proxy.registry_desk import RegistryDesk
from tests.support.ledgers import NOW, Books, books
from tests.support.valkey import plain, store_url, valkey_url

__all__ = ["books", "plain", "store_url", "valkey_url"]

BY = "user:olga"


class Held:
    """The registry in force, which only a reload renews."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self.current = Registry()

    async def load(self) -> None:
        self.current = registry_of(*await self.books.store.documents())


def desk(books: Books) -> RegistryDesk:
    held = Held(books)
    return RegistryDesk(books.registrar, lambda: held.current, held.load)


async def test_each_change_is_in_force_at_its_answer_and_says_who(books: Books) -> None:
    told = desk(books)
    await told.state("tenant", {"id": "acme", "name": "Acme"}, BY)
    await told.state("campaign", {"id": "spring", "tenant": "acme", "purposes": ["debt"]}, BY)
    new = NewApplication("shop", "acme", "twilio", "AC1", "secret")
    key = await told.add_application(new, BY)
    other = await told.rotate_key("shop", BY, keep=True, expires=None)
    assert key != other and len(told.registry.applications["shop"].keys) == 2
    await told.suspend(("campaign", "acme/spring"), "spam", BY, None)
    stopped = told.registry.campaigns["acme", "spring"].suspended
    assert stopped is not None and (stopped.reason, stopped.by, stopped.at) == ("spam", BY, NOW)
    await told.resume("campaign", "acme/spring", "user:ivan")
    assert told.registry.campaigns["acme", "spring"].suspended is None
    assert (await told.add_admin_key("ops", "acme", BY, None)).startswith("gka_")
    await told.revoke_admin_key("ops", BY)
    assert told.registry.admin_keys["ops"].revoked_by == BY
    named = [line.content["by"] for line in books.records("registry")]
    assert named == [BY] * 5 + ["user:ivan", BY, BY]


async def test_of_two_at_once_only_one_wins(books: Books) -> None:
    told = desk(books)
    await told.state("tenant", {"id": "acme", "name": "Acme"}, BY)
    new = NewApplication("shop", "acme", "twilio", "AC1", "secret")
    done = await asyncio.gather(
        *(told.add_application(new, BY) for _ in range(3)), return_exceptions=True
    )
    assert sum(isinstance(each, str) for each in done) == 1


async def test_after_a_refusal_the_next_change_is_taken(books: Books) -> None:
    told = desk(books)
    with pytest.raises(InputRejected):
        await told.state("campaign", {"id": "spring", "tenant": "acme", "purposes": ["debt"]}, BY)
    await told.state("tenant", {"id": "acme", "name": "Acme"}, BY)
    assert "acme" in told.registry.tenants


@pytest.mark.parametrize(
    ("provider", "account", "why"),
    [
        ("telnix", "", r"did you mean telnyx\?"),
        ("", "", "the gate speaks: .*twilio"),
        ("twilio", "", "Account SID"),
    ],
)
async def test_an_application_is_of_a_provider_that_the_gate_speaks(
    books: Books, provider: str, account: str, why: str
) -> None:
    with pytest.raises(InputRejected, match=why):
        await desk(books).add_application(NewApplication("a", "acme", provider, account, "s"), BY)
