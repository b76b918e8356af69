"""Does recorded consent bind, and stay provable without lying open?"""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from gatekeeper.domain.consent import Basis, ConsentAct, ConsentEvent, Topic
from gatekeeper.domain.fold import fold
from gatekeeper.domain.owner import Owner
from gatekeeper.domain.words import Channel, Purpose
from gatekeeper.errors import InputRejected
from gatekeeper.journal.sealed import Kept
from gatekeeper.ledger.admission import MAX_CORRECTIONS
from gatekeeper.ledger.consent_input import ConsentInput, Evidence
from tests.support.journal import KEYRING
from tests.support.ledgers import NOW, TENANT, Books

NUMBER = "+12122000123"
WHOLE = "I agree to automated texts. Consent is not a condition of purchase."
TEXT = "By ticking this box you agree to everything"


async def test_an_event_is_in_the_store_when_it_is_acknowledged(books: Books) -> None:
    event = await books.desk.record(TENANT, ConsentInput(number=NUMBER, event=ConsentAct.OPT_OUT))
    assert await books.desk.history(TENANT, "(212) 200-0123") == (event,)


async def test_newest_first(books: Books) -> None:
    for days in (3, 1, 2):
        at = NOW - timedelta(days=days)
        given = ConsentInput(number=NUMBER, event=ConsentAct.PURCHASE, at=at, source="purchase")
        await books.desk.record(TENANT, given)
    ats = [event.at for event in await books.desk.history(TENANT, NUMBER)]
    assert ats == sorted(ats, reverse=True)


async def test_a_tenant_sees_nothing_of_another(books: Books) -> None:
    await books.desk.record(TENANT, ConsentInput(number=NUMBER, event=ConsentAct.OPT_IN))
    assert await books.desk.history("other", NUMBER) == ()


async def test_the_same_event_twice_is_one_event(books: Books) -> None:
    given = ConsentInput(number=NUMBER, event=ConsentAct.OPT_IN, at=NOW - timedelta(days=1))
    first, second = [await books.desk.record(TENANT, given) for _ in range(2)]
    assert first == second
    assert await books.desk.history(TENANT, NUMBER) == (first,)


async def test_evidence_is_sealed_and_named_by_its_digest(books: Books) -> None:
    given = ConsentInput(
        number=NUMBER,
        event=ConsentAct.OPT_IN,
        basis=Basis.EXPRESS_WRITTEN,
        evidence=Evidence(text_shown=TEXT, ip="198.51.100.7"),
    )
    event = await books.desk.record(TENANT, given)
    (line,) = books.records("consent")
    owner = Owner(TENANT, KEYRING.subject(TENANT, NUMBER))
    kept = books.sealed.get(owner, Kept(event.id, line.content["evidence"])) or b""
    assert TEXT.encode() in kept and b"198.51.100.7" in kept


async def test_neither_number_nor_evidence_lies_open_on_disk(books: Books) -> None:
    given = ConsentInput(number=NUMBER, event=ConsentAct.OPT_IN, evidence=Evidence(text_shown=TEXT))
    await books.desk.record(TENANT, given)
    whole = b"".join(p.read_bytes() for p in books.folder.rglob("*") if p.is_file())
    assert b"2122000123" not in whole
    assert TEXT.encode() not in whole
    assert KEYRING.subject(TENANT, NUMBER).hex().encode() in whole


async def test_what_is_no_number_leaves_no_trace(books: Books) -> None:
    with pytest.raises(InputRejected):
        await books.desk.record(TENANT, ConsentInput(number="12", event=ConsentAct.OPT_OUT))
    assert books.numbers() == []


async def recorded(books: Books, **said: Any) -> ConsentEvent:
    return await books.desk.record(TENANT, ConsentInput.model_validate({"number": NUMBER, **said}))


async def test_later_evidence_speaks_of_a_grant_that_is_there(books: Books) -> None:
    bare = await recorded(books, event="opt_in", basis="express_written", seller="Acme")
    assert bare.missing and bare.unproven
    proof = {"text_shown": WHOLE, "signature": "checkbox"}
    added = await recorded(books, event="evidence", about=bare.id, seller="Acme", evidence=proof)
    assert added.missing == ()
    history = await books.desk.history(TENANT, NUMBER)
    held = fold(history, Topic(Channel.SMS, Purpose.MARKETING), NOW)
    assert (held.basis, held.missing) == (Basis.EXPRESS_WRITTEN, ())


@pytest.mark.parametrize("act", ["evidence", "correction"])
async def test_an_event_about_one_that_is_not_there_is_refused(books: Books, act: str) -> None:
    """Also if it is there for somebody else."""
    theirs = await books.desk.record(
        TENANT, ConsentInput(number="+12122000199", event=ConsentAct.OPT_IN)
    )
    for unknown in ("0" * 24, theirs.id):
        with pytest.raises(InputRejected, match="consent show"):
            await recorded(books, event=act, about=unknown, evidence={"form": "f"})
    assert len(books.numbers()) == 1


@pytest.mark.parametrize("act", ["opt_out", "deceased", "wrong_number", "reassigned"])
async def test_an_ending_cannot_be_corrected(books: Books, act: str) -> None:
    ending = await recorded(books, event=act)
    with pytest.raises(InputRejected, match="never taken back"):
        await recorded(books, event="correction", about=ending.id)


async def test_a_narrowing_and_a_correction_cannot_be_corrected(books: Books) -> None:
    narrowed = await recorded(books, event="scope_change", channel="sms")
    wrong = await recorded(books, event="opt_in")
    corrected = await recorded(books, event="correction", about=wrong.id)
    for each in (narrowed, corrected):
        with pytest.raises(InputRejected, match="never taken back"):
            await recorded(books, event="correction", about=each.id)


async def test_a_corrected_grant_does_not_count(books: Books) -> None:
    wrong = await recorded(books, event="opt_in")
    await recorded(books, event="correction", about=wrong.id)
    history = await books.desk.history(TENANT, NUMBER)
    assert fold(history, Topic(Channel.SMS, Purpose.MARKETING), NOW).basis is Basis.NONE


async def test_so_many_events_of_a_person_can_be_corrected_and_no_more(books: Books) -> None:
    wrong = await recorded(books, event="opt_in", at=NOW - timedelta(days=1))
    for minutes in range(MAX_CORRECTIONS):
        at = NOW - timedelta(minutes=minutes)
        await recorded(books, event="correction", about=wrong.id, at=at)
    await recorded(books, event="correction", about=wrong.id, at=NOW)  # the same is no other
    with pytest.raises(InputRejected, match="record an expiry"):
        await recorded(books, event="correction", about=wrong.id, at=NOW - timedelta(hours=9))


async def test_whoever_records_hears_what_it_will_not_do(books: Books) -> None:
    await recorded(books, event="opt_out", at=NOW - timedelta(days=1))
    bare = await recorded(books, event="opt_in")
    told = await books.desk.remarks(TENANT, NUMBER, bare)
    assert "undoes no opt-out" in told[0]
    assert "still holds" in told[1]


acts = st.sampled_from(
    [
        {"event": "opt_in", "basis": "express"},
        {"event": "opt_in", "basis": "express_written", "seller": "Acme", "channel": "sms"},
        {"event": "opt_in", "evidence": {"form": "f"}, "brand": "acme"},
        {"event": "opt_in", "pending": True, "evidence": {"form": "f"}},
        {"event": "confirmation"},
        {"event": "opt_out"},
        {"event": "opt_out", "purpose": "marketing"},
        {"event": "restart", "evidence": {"message": "SM1"}},
        {"event": "scope_change", "channel": "voice"},
        {"event": "purchase"},
        {"event": "expiry"},
        {"event": "reassigned"},
    ]
)
dated = st.builds(
    lambda act, days: {**act, "at": NOW - timedelta(days=days)}, acts, st.integers(0, 9)
)

runs = count()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(dated, max_size=9), st.randoms(use_true_random=False))
async def test_what_is_kept_does_not_depend_on_the_order_of_arrival(
    books: Books, told: list[dict[str, Any]], random: Random
) -> None:
    """Duplicates, contradictions and all: both people end with equal histories and states."""
    numbers = "+12122000001", "+12122000002"
    tenant = f"tenant-{next(runs)}"  # nobody else's: an example that is tried again starts anew
    shuffled = [*told, *told[:2]]
    random.shuffle(shuffled)
    for number, events in zip(numbers, (told, shuffled), strict=True):
        for said in events:
            given = ConsentInput.model_validate({"number": number, **said})
            await books.desk.record(tenant, given)
    first, second = [await books.desk.history(tenant, number) for number in numbers]
    assert sorted(map(_nameless, first)) == sorted(map(_nameless, second))
    for channel in (Channel.SMS, Channel.VOICE):
        for purpose in (Purpose.MARKETING, Purpose.TRANSACTIONAL):
            topic = Topic(channel, purpose, None, "acme")
            one, other = [replace(fold(each, topic, NOW), events=()) for each in (first, second)]
            assert one == other


def _nameless(event: ConsentEvent) -> str:
    return repr(replace(event, id=""))
