"""Is what is erased gone for good, and does what protects the person stay?"""

from __future__ import annotations

import shutil
from base64 import b64encode
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import pytest

from gatekeeper.domain.consent import Basis, ConsentAct, Topic
from gatekeeper.domain.fold import fold
from gatekeeper.domain.words import Channel, ListAnswer, Purpose
from gatekeeper.errors import InputRejected
from gatekeeper.journal.sealed import Blob, Kept
from gatekeeper.ledger.changes import consent_entry, listed_entry
from gatekeeper.ledger.consent_input import ConsentInput, Evidence
from gatekeeper.ledger.erase import erase
from gatekeeper.ledger.holds import hold, release
from gatekeeper.ledger.listings import standing
from gatekeeper.ledger.rights_desk import Why
from tests.support.journal import KEYRING, proved
from tests.support.ledgers import NOW, TENANT, Books

WHY = Why("letter of 2 May", "operator:me")
ANA, BEN = "+12122000123", "+12122000124"
SHOWN = "I agree to everything, says CANARY"


async def consents(books: Books, number: str = ANA, tenant: str = TENANT) -> Kept:
    """A grant with evidence; what names the evidence."""
    given = ConsentInput(
        number=number,
        event=ConsentAct.OPT_IN,
        basis=Basis.EXPRESS,
        evidence=Evidence(text_shown=SHOWN, ip="198.51.100.7"),
    )
    event = await books.desk.record(tenant, given)
    line = books.records("consent")[-1]
    return Kept(event.id, line.content["evidence"])


async def states(books: Books, act: ConsentAct, number: str = ANA) -> None:
    await books.desk.record(TENANT, ConsentInput(number=number, event=act))


async def holds(books: Books, number: str = ANA) -> Any:
    events = await books.desk.history(TENANT, number)
    return fold(events, Topic(Channel.SMS, Purpose.MARKETING), NOW)


def read(books: Books, kept: Kept, number: str = ANA, tenant: str = TENANT) -> bytes | None:
    return books.sealed.get(books.rights.person(tenant, number).owner, kept)


def on_disk(folder: Path) -> bytes:
    return b"\0".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def test_the_evidence_is_gone_and_the_log_is_whole(books: Books) -> None:
    kept, theirs = await consents(books), await consents(books, BEN)
    elsewhere = await consents(books, ANA, "other")
    person = books.rights.person(TENANT, ANA)
    (wrapped,) = books.keys.rows("SELECT wrapped FROM person WHERE subject = ?", [person.owner[1]])
    assert SHOWN.encode() in (read(books, kept) or b"") and wrapped[0] in on_disk(books.folder)
    note = await erase(books.rights, person, WHY, "gdpr-17")
    assert read(books, kept) is None
    assert wrapped[0][9:] not in on_disk(books.folder)
    assert SHOWN.encode() in (read(books, theirs, BEN) or b"")
    assert SHOWN.encode() in (read(books, elsewhere, ANA, "other") or b"")
    assert note.body["complete"] and note.body["erased"]["evidence"] == 1
    again = await books.again()
    assert read(again, kept) is None and proved(again.folder / "journal").ok
    await again.close()


async def test_grants_end_and_an_opt_out_stays(books: Books) -> None:
    await consents(books)
    await consents(books, BEN)
    await states(books, ConsentAct.OPT_OUT, BEN)
    assert (await holds(books)).basis is Basis.EXPRESS
    for number in (ANA, BEN):
        await erase(books.rights, books.rights.person(TENANT, number), WHY)
    assert (await holds(books)).basis is Basis.NONE
    assert (await holds(books, BEN)).revoked
    kept = [row["what"] for row in books.records("erased")[-1].content["kept"]]
    assert kept == ["opt_out", "records"]


async def test_an_erasure_outlives_restart_rebuild_and_replay(books: Books) -> None:
    kept = await consents(books)
    await states(books, ConsentAct.PURCHASE)
    await erase(books.rights, books.rights.person(TENANT, ANA), WHY)
    for _ in range(2):
        books = await books.again()
        await books.store.rewind()
        await books.ledger.verify(books.store)
        assert (await holds(books)).basis is Basis.NONE
        assert read(books, kept) is None
    await books.close()


async def test_deny_lists_keep_the_person_and_allow_lists_do_not(books: Books) -> None:
    person = books.rights.person(TENANT, ANA)
    for name in ("internal", "allow-test"):
        entry = listed_entry(TENANT, name, person.owner.subject, listed=True)
        await books.ledger.commit(books.store, [entry])
    note = await erase(books.rights, person, WHY)
    told = await standing(books.store, person.owner, ANA, NOW)
    answers = {name: listing.answer for name, listing in told.items()}
    assert answers == {"internal": ListAnswer.HIT, "allow-test": ListAnswer.CLEAR}
    assert note.body["erased"]["lists"] == ["allow-test"]
    assert "list internal" in [row["what"] for row in note.body["kept"]]


@pytest.mark.parametrize("whole", [False, True])
async def test_a_legal_hold_keeps_the_evidence_and_nothing_else(books: Books, whole: bool) -> None:
    kept, person = await consents(books), books.rights.person(TENANT, ANA)
    held = await hold(books.rights, TENANT, None if whole else person, WHY, None)
    note = await erase(books.rights, person, WHY)
    assert not note.body["complete"] and note.body["keys"] == []
    assert note.body["erased"]["evidence"] == 0
    assert held.id in note.body["kept"][0]["why"]
    assert SHOWN.encode() in (read(books, kept) or b"")
    assert (await holds(books)).basis is Basis.NONE
    await release(books.rights, TENANT, None if whole else person, WHY)
    assert (await erase(books.rights, person, WHY)).body["complete"]
    assert read(books, kept) is None


async def test_the_record_tells_who_why_and_what_without_the_number(books: Books) -> None:
    await consents(books)
    person = books.rights.person(TENANT, ANA)
    await erase(books.rights, person, WHY, "ccpa")
    (line,) = books.records("erased")
    body = line.content
    assert (line.tenant, body["pseudonym"]) == (TENANT, person.pseudonym)
    assert (body["reason"], body["by"], body["basis"]) == (WHY.reason, WHY.by, "ccpa")
    assert ANA.encode() not in on_disk(books.folder)


async def test_erasing_twice_or_somebody_unknown_is_recorded_and_takes_nothing(
    books: Books,
) -> None:
    await consents(books)
    person = books.rights.person(TENANT, ANA)
    await erase(books.rights, person, WHY)
    again = await erase(books.rights, person, WHY)
    unknown = await erase(books.rights, books.rights.person(TENANT, BEN), WHY)
    assert [n.body["erased"]["evidence"] for n in (again, unknown)] == [0, 0]
    assert [n.body["complete"] for n in (again, unknown)] == [True, True]


async def test_who_comes_back_after_it_has_evidence_anew(books: Books) -> None:
    old = await consents(books)
    await erase(books.rights, books.rights.person(TENANT, ANA), WHY)
    later = replace(books.desk, clock=lambda: NOW + timedelta(hours=1))
    proof = Evidence(text_shown="Yes, again")
    given = ConsentInput(number=ANA, event=ConsentAct.OPT_IN, evidence=proof)
    event = await later.record(TENANT, given)
    new = Kept(event.id, books.records("consent")[-1].content["evidence"])
    assert read(books, old) is None and b"Yes, again" in (read(books, new) or b"")
    events = await books.desk.history(TENANT, ANA)
    held = fold(events, Topic(Channel.SMS, Purpose.MARKETING), NOW + timedelta(hours=2))
    assert held.basis is Basis.EXPRESS


async def test_evidence_sealed_before_persons_had_keys_is_erased_too(books: Books) -> None:
    """Of a gate of the first version: sealed by the keyring itself."""
    person = books.rights.person(TENANT, ANA)
    sealed = KEYRING.seal(SHOWN.encode(), b"evidence\0old")
    home = books.folder / "journal" / "sealed"
    home.mkdir(exist_ok=True)
    (home / "000099.jsonl").write_bytes(msgspec.json.encode(Blob("old", sealed)) + b"\n")
    kept = Kept("old", sha256(sealed).hexdigest())
    await states(books, ConsentAct.OPT_IN)
    event = msgspec.structs.replace((await books.desk.history(TENANT, ANA))[0], id="old")
    entry = consent_entry(TENANT, person.owner.subject, event, kept.digest)
    await books.ledger.commit(books.store, [entry])
    assert read(books, kept) == SHOWN.encode()
    note = await erase(books.rights, person, WHY)
    assert note.body["erased"]["evidence"] == 1
    assert b64encode(sealed)[40:] not in on_disk(books.folder)
    assert list(books.sealed.find({kept})) == []
    assert proved(books.folder / "journal").ok
    (home / "000099.jsonl").write_bytes(msgspec.json.encode(Blob("old", sealed)) + b"\n")
    await books.close()
    shutil.rmtree(books.folder / "keys")
    again = await Books.open(books.folder, books.url)
    assert list(again.sealed.find({kept})) == []
    await again.close()


async def test_a_basis_is_a_word(books: Books) -> None:
    with pytest.raises(InputRejected, match="basis"):
        await erase(books.rights, books.rights.person(TENANT, ANA), WHY, "because he asked")
    assert books.records("erased") == []
