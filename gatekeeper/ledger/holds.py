"""How does a legal hold keep a person's evidence, or that of a whole tenant?

While a hold is in force no erasure destroys evidence: litigation and regulators come before it
(GDPR art. 17(3)(b) and (e)). It ends by its own date or by a release, and both are on record.
"""

from __future__ import annotations

import asyncio
from datetime import datetime

from gatekeeper.errors import InputRejected
from gatekeeper.journal.record import stamp
from gatekeeper.ledger.rights_book import ALL, HOLD, RELEASED, Note
from gatekeeper.ledger.rights_desk import Known, RightsDesk, Why


async def hold(
    desk: RightsDesk, tenant: str, person: Known | None, why: Why, until: datetime | None
) -> Note:
    """Keep the evidence of a person, or of everybody with None, from now on."""
    if until is not None and until <= desk.clock():
        raise InputRejected("`until` lies in the past")
    body = {
        "pseudonym": person.pseudonym if person else None,
        "reason": why.reason,
        "by": why.by,
        "until": stamp(until) if until else None,
    }
    async with desk.turn:
        return await desk.note(HOLD, desk.new_id(), tenant, body)


async def release(desk: RightsDesk, tenant: str, person: Known | None, why: Why) -> list[Note]:
    """End the holds on a person, or those on the whole tenant with None; which they were."""
    pseudonym = person.pseudonym if person else ALL
    async with desk.turn:
        held = await in_force(desk, tenant, person)
        ended = [note for note in held if note.pseudonym == pseudonym]
        if not ended:
            whom = "this person" if person else "the whole tenant"
            raise InputRejected(f"there is no hold on {whom} to be released")
        for note in ended:
            body = {"pseudonym": note.body["pseudonym"], "reason": why.reason, "by": why.by}
            await desk.note(RELEASED, note.id, tenant, body)
    return ended


async def in_force(desk: RightsDesk, tenant: str, person: Known | None) -> list[Note]:
    """The holds that bind now: on a person and the tenant; all of the tenant's with None."""
    pseudonym = person.pseudonym if person else None
    return await asyncio.to_thread(desk.book.holds, tenant, pseudonym, desk.clock())
