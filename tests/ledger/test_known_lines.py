"""Is what was recorded before left out, and an ending never?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from gatekeeper.domain.consent import ConsentEvent, Topic
from gatekeeper.domain.fold import fold
from gatekeeper.domain.words import Channel, Purpose
from gatekeeper.ledger.changes import listed_entry
from gatekeeper.ledger.consent_input import ConsentInput
from gatekeeper.ledger.consent_lines import GoodLine, Judge
from gatekeeper.ledger.erase import erase
from gatekeeper.ledger.known_lines import Sifted, sift, unknown
from gatekeeper.ledger.rights_desk import Why
from tests.support.journal import KEYRING
from tests.support.ledgers import NOW, TENANT, Books

NUMBER = "+12122000123"
BEFORE = "2026-11-01T12:00:00Z"
PROOF = {"text_shown": "I agree", "signature": "checkbox"}


def line(hours: int = 0, **given: Any) -> GoodLine:
    """A line of a file that is imported so many hours later."""
    now = NOW + timedelta(hours=hours)
    judge = Judge(lambda number: KEYRING.subject(TENANT, number), now)
    found = judge.judge(2, lambda: ConsentInput.model_validate({"number": NUMBER, **given}))
    assert isinstance(found, GoodLine), found
    return found


async def taken(books: Books, *lines: GoodLine) -> Sifted:
    """Sift, and record what is fresh."""
    sifted = await sift(books.store, lines)
    told = [(each.subject, each.event, each.evidence) for each in sifted.fresh]
    if told:
        await books.ledger.commit(books.store, await books.desk.entries(TENANT, told))
    return sifted


async def revoked(books: Books, hours: int = 99) -> bool:
    history = await books.desk.history(TENANT, NUMBER)
    topic = Topic(Channel.SMS, Purpose.MARKETING)
    return fold(history, topic, NOW + timedelta(hours=hours)).revoked


async def test_a_line_counts_once_in_a_batch_and_once_for_good(books: Books) -> None:
    opt_in = line(event="opt_in", at=BEFORE)
    first = await taken(books, opt_in, opt_in)
    again = await taken(books, opt_in)
    assert (len(first.fresh), first.known) == (1, 1)
    assert (len(again.fresh), again.known) == (0, 1)


async def test_an_old_list_without_times_does_not_bring_back_who_opted_out(books: Books) -> None:
    """On Monday imported, on Tuesday STOP, on Wednesday the same file, or one with evidence."""
    await taken(books, line(event="opt_in", evidence=PROOF))
    await taken(books, line(24, event="opt_out"))
    again = await taken(books, line(48, event="opt_in", evidence=PROOF))
    assert again.known == 1
    await taken(books, line(48, event="opt_in", seller="Acme", evidence=PROOF))
    assert await revoked(books)


async def test_an_opt_out_without_a_time_counts_anew_once_something_was_granted_since(
    books: Books,
) -> None:
    await taken(books, line(event="opt_out"))
    assert (await taken(books, line(1, event="opt_out"))).known == 1
    proof = line(2, event="opt_in", at="2026-11-20T19:00:00Z", evidence=PROOF)
    await taken(books, proof)
    assert not await revoked(books)
    assert len((await taken(books, line(3, event="opt_out"))).fresh) == 1
    assert await revoked(books)


async def test_what_was_erased_does_not_come_back_with_an_old_file(books: Books) -> None:
    old = line(event="opt_in", at=BEFORE, evidence=PROOF)
    await taken(books, old)
    await erase(books.rights, books.rights.person(TENANT, NUMBER), Why("letter", "user:me"))
    newer_name = line(event="opt_in", at=BEFORE, seller="Acme", evidence=PROOF)
    sifted = await taken(books, old, newer_name)
    assert sifted.known == 1 and "erased after that" in sifted.bad[0].reason
    opt_out = line(event="opt_out", at=BEFORE, evidence={"message": "SM1"})
    (kept,) = (await taken(books, opt_out)).fresh
    assert kept.evidence is None and not kept.event.evidence
    assert books.rights.keys.id_of(books.rights.person(TENANT, NUMBER).owner) is None


async def test_a_line_about_an_event_that_is_not_there_is_bad(books: Books) -> None:
    proof = line(event="evidence", about="nothing", at=BEFORE, evidence=PROOF)
    assert "`about` names no grant" in (await taken(books, proof)).bad[0].reason


async def test_changes_the_store_has_are_left_out_and_other_kinds_never(books: Books) -> None:
    one, two = line(event="opt_in", at=BEFORE), line(event="opt_out", at=BEFORE)
    await taken(books, one)
    events: list[ConsentEvent] = [one.event, two.event, two.event]
    entries = await books.desk.entries(TENANT, [(one.subject, event, None) for event in events])
    listed = listed_entry(TENANT, "internal", bytes(16), listed=True)
    found = await unknown(books.store, [*entries, listed, listed])
    assert [entry.id for entry in found] == [two.event.id, "internal", "internal"]


async def test_an_event_that_the_store_dropped_long_ago_is_known_all_the_same(
    books: Books,
) -> None:
    days = [f"2026-10-{day:02d}T12:00:00Z" for day in range(1, 21)]
    lines = [line(event="opt_in", at=day) for day in days]
    for each in lines:
        await taken(books, each)
    assert len(await books.desk.history(TENANT, NUMBER)) < len(lines)
    assert (await taken(books, *lines)).known == len(lines)
