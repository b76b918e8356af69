"""How is a store made anew from the journal by hand, and does it hold what the journal says?"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, Protocol

from gatekeeper.domain.consent import ConsentEvent, Topic
from gatekeeper.domain.fold import fold
from gatekeeper.domain.words import Channel, Purpose
from gatekeeper.errors import DependencyUnavailable
from gatekeeper.ledger.ledger import Applies, Home
from gatekeeper.ledger.replay import change_lines, newest_number, replay
from gatekeeper.store.events import unpack_events
from gatekeeper.store.projection import META, Differing, Projection

PEOPLE, WINDOWS = "gk:c:", "gk:w:"
_FIELD_BYTES = 14


class Mends(Protocol):
    """What a rebuild needs of the lists."""

    async def mend(self) -> tuple[str, ...]:
        """Load what is lost from its copies; the lists for which there is none."""


@dataclass(frozen=True, slots=True)
class Site:
    """A stopped installation: its journal, and the store that is made from it."""

    folder: Path
    store: Applies
    projection: Projection
    versions: Mends
    home: Home


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild has done."""

    changes: int
    kinds: dict[str, int]
    """How many changes of each kind."""
    to_import: tuple[str, ...]
    """Lists whose numbers are lost, for there is no copy of them: to be imported again."""


class Difference(NamedTuple):
    """What the journal and the store hold differently, in words; no number and no name."""

    what: str
    """`consent`, `window`, `registry`, `list`, `mark`."""
    where: str
    """The person's subject (hex), the document's or the list's key."""
    found: str
    decides: bool
    """Whether a decision would come out differently."""


async def rebuild(site: Site) -> Rebuilt:
    """Empty what comes from the journal, and apply all of it anew; nothing may run beside it.

    StoreUnfit, and nothing is touched, if the store is another installation's. It ends when all is
    on the store's disk. After a crash in between the store knows that it lacks changes.
    """
    await site.store.claim(site.home.installation)
    kinds = await asyncio.to_thread(_kinds, site.folder)
    await site.projection.erase()
    last = await fill(site)
    return Rebuilt(last, kinds, await site.versions.mend())


async def fill(site: Site) -> int:
    """Apply the whole journal to an empty store; the number of its newest change."""
    store, home = site.store, site.home
    last = await asyncio.to_thread(newest_number, site.folder)
    await store.claim(home.installation)
    store.expected_applied = last
    await replay(site.folder, store, after=0, last=last, told=home.told)
    if (applied := await store.applied()) != last:
        raise DependencyUnavailable("store", f"it has applied {applied} of {last} changes")
    await store.confirm(last)
    return last


async def differences(ours: Projection, journals: Projection) -> AsyncIterator[Difference]:
    """What a store holds otherwise than one that was just made from the journal."""
    async for each in ours.compare(journals):
        yield _told(each)


def _kinds(folder: Path) -> dict[str, int]:
    return dict(sorted(Counter(line.kind for line in change_lines(folder)).items()))


def _told(each: Differing) -> Difference:
    if each.key.startswith(PEOPLE):
        return _of_person(each)
    found = _presence(each)
    if each.key == META:
        what = "list" if each.field.startswith(b"list:") else "mark"
        return Difference(what, each.field.decode(), found, decides=True)
    if each.key.startswith(WINDOWS):
        person = each.key.partition("{")[2].rstrip("}") + each.field[:_FIELD_BYTES].hex()
        return Difference("window", person, found, decides=True)
    if each.key == "gk:registry":
        return Difference("registry", each.field.decode(), found, decides=True)
    person = each.field.hex() if each.key.startswith("gk:p:") else each.field.decode()
    return Difference("list", f"{each.key} {person}", found, each.key.startswith("gk:p:"))


def _of_person(each: Differing) -> Difference:
    ours, journals = (unpack_events(packed or b"") for packed in (each.ours, each.theirs))
    lacks = {e.id for e in journals} - {e.id for e in ours}
    knows = {e.id for e in ours} - {e.id for e in journals}
    found = ", ".join(
        text
        for ids, text in (
            (lacks, f"the store lacks {len(lacks)} events"),
            (knows, f"the store knows {len(knows)} events that are not in the journal"),
        )
        if ids
    )
    tag = each.key.partition("{")[2].rstrip("}")
    subject = tag + each.field.hex()
    return Difference("consent", subject, found or _presence(each), _decides(ours, journals))


def _presence(each: Differing) -> str:
    if each.ours is None:
        return "the store lacks it"
    return "it is not in the journal" if each.theirs is None else "the store holds another value"


def _decides(ours: tuple[ConsentEvent, ...], journals: tuple[ConsentEvent, ...]) -> bool:
    """Whether the two histories come to something else for any kind of message, at any instant."""
    both = (*ours, *journals)
    campaigns = {None, *(e.scope.campaign for e in both)}
    brands = {None, *(e.scope.brand for e in both)}
    instants = {e.at for e in both} | {e.expires for e in both if e.expires is not None}
    topics = [
        Topic(channel, purpose, campaign, brand)
        for channel in Channel
        for purpose in Purpose
        for campaign in campaigns
        for brand in brands
    ]
    newest: datetime = max(instants)
    late = [at for at in instants if at >= newest] + [newest]
    return any(_state(ours, t, at) != _state(journals, t, at) for t in topics for at in late)


def _state(events: tuple[ConsentEvent, ...], topic: Topic, at: datetime) -> tuple[object, ...]:
    told = fold(events, topic, at)
    return told.basis, told.ended_by, told.missing, told.seller
