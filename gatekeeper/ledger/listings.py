"""On which lists of the tenant's own does a person stand?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from gatekeeper.domain.facts import Listing
from gatekeeper.domain.owner import Owner
from gatekeeper.domain.words import Purpose
from gatekeeper.store.contract import Answer, Ask, IdempotencyAsk, Person
from gatekeeper.store.status import ListStatus


class Asks(Protocol):
    """What looking up lists needs of the store."""

    async def gather(self, ask: Ask) -> Answer:
        """The answers to one question; nothing is reserved in it."""

    async def list_statuses(self) -> tuple[ListStatus, ...]:
        """The active versions of all lists."""


async def standing(store: Asks, owner: Owner, number: str, now: datetime) -> Mapping[str, Listing]:
    """The answer of each of the tenant's own lists, by id; licensed lists are not the tenant's."""
    names = await own_lists(store, owner.tenant)
    if not names:
        return {}
    ask = Ask(
        request="rights",
        tenant=owner.tenant,
        now_ms=int(now.timestamp() * 1000),
        purpose=Purpose.MARKETING,
        persons=(Person(owner.subject, number, tuple(names)),),
        buckets=(),
        idempotency=IdempotencyAsk(None, ""),
        reserve=False,
    )
    return (await store.gather(ask)).persons[0].listings


async def own_lists(store: Asks, tenant: str) -> Sequence[str]:
    """The ids of the lists that are the tenant's own."""
    return [each.list_id for each in await store.list_statuses() if each.tenant == tenant]


def is_allow(list_id: str) -> bool:
    """Whether a list permits more, so that an erased person has no place on it."""
    return list_id == "allow" or list_id.startswith(("allow-", "allow."))
