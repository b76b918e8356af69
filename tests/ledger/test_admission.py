"""Does nothing come back that was erased, and does no correction take back what must last?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from gatekeeper.domain.consent import Basis, ConsentAct, ConsentEvent
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.admission import admit, needs_history
from gatekeeper.ledger.consent_input import ConsentInput, Evidence
from gatekeeper.ledger.erase import erase
from gatekeeper.ledger.erasure import ending
from gatekeeper.ledger.rights_desk import Why
from tests.support.ledgers import NOW, TENANT, Books

NUMBER = "+12122000123"
BEFORE, AFTER = NOW - timedelta(hours=1), NOW + timedelta(minutes=1)


def test_an_erasure_is_never_corrected() -> None:
    erased = ending(bytes(16), (), NOW)
    correction = ConsentEvent("c", ConsentAct.CORRECTION, AFTER, about=erased.id)
    with pytest.raises(InputRejected, match="never taken back"):
        admit(correction, (erased,))
    admit(correction, (ConsentEvent(erased.id, ConsentAct.EXPIRY, NOW),))


def test_only_grants_and_what_speaks_of_another_event_need_the_history() -> None:
    def event(act: ConsentAct, basis: Basis = Basis.NONE, about: str | None = None) -> ConsentEvent:
        return ConsentEvent("e", act, NOW, basis, about=about)

    assert needs_history(event(ConsentAct.OPT_IN, Basis.EXPRESS))
    assert needs_history(event(ConsentAct.EVIDENCE, about="x"))
    assert not needs_history(event(ConsentAct.OPT_OUT))


async def test_an_older_grant_does_not_come_back_and_a_newer_one_counts(books: Books) -> None:
    def grant(minutes: int) -> ConsentInput:
        at = NOW + timedelta(minutes=minutes)
        proof = Evidence(text_shown="I agree")
        return ConsentInput(number=NUMBER, event=ConsentAct.OPT_IN, at=at, evidence=proof)

    await books.desk.record(TENANT, grant(-60))
    await erase(books.rights, books.rights.person(TENANT, NUMBER), Why("letter", "me"))
    for older in (grant(-60), grant(-30)):
        with pytest.raises(InputRejected, match="erased after that"):
            await books.desk.record(TENANT, older)
    stop = ConsentInput(number=NUMBER, event=ConsentAct.OPT_OUT, at=BEFORE)
    assert (await books.desk.record(TENANT, stop)).act is ConsentAct.OPT_OUT
    assert (await books.desk.record(TENANT, grant(1))).act is ConsentAct.OPT_IN
