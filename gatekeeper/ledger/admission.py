"""May an event be recorded, beside what is on record of the person already?"""

from __future__ import annotations

from collections.abc import Sequence

from gatekeeper.domain.consent import ENDINGS, Basis, ConsentAct, ConsentEvent
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.erasure import ERASURE, undoes

MAX_CORRECTIONS = 64
"""So many events of one person can have been recorded wrongly; after that it is no correction."""
_LASTING = ENDINGS | {ConsentAct.SCOPE_CHANGE, ConsentAct.CORRECTION}


def needs_history(event: ConsentEvent) -> bool:
    """Whether the person's history bears on it: only then is the store asked for it."""
    return event.about is not None or event.basis is not Basis.NONE


def admit(event: ConsentEvent, history: Sequence[ConsentEvent]) -> None:
    """InputRejected if it speaks of an event that is not there, or would undo an erasure."""
    if undoes(event, history):
        raise InputRejected(
            "this person's data were erased after that: an older grant cannot come back"
        )
    if event.about is None:
        return
    if event.act is ConsentAct.CORRECTION:
        _correctable(event, history)
    elif not any(each.id == event.about and _grants(each) for each in history):
        raise InputRejected(
            "`about` names no grant of this person: `gatekeeper consent show` tells their ids"
        )


def _grants(event: ConsentEvent) -> bool:
    return event.basis is not Basis.NONE


def _correctable(event: ConsentEvent, history: Sequence[ConsentEvent]) -> None:
    corrections = {each.id for each in history if each.act is ConsentAct.CORRECTION}
    wrong = next((each for each in history if each.id == event.about), None)
    if wrong is None:
        raise InputRejected(
            "`about` names no event of this person: `gatekeeper consent show` tells their ids"
        )
    if wrong.act in _LASTING or wrong.source == ERASURE:
        raise InputRejected(
            f"{wrong.act} is never taken back: record a new opt_in with the evidence of it"
        )
    if event.id not in corrections and len(corrections) >= MAX_CORRECTIONS:
        raise InputRejected(
            f"{MAX_CORRECTIONS} events of this person were corrected already; to end what was "
            "granted, record an expiry"
        )
