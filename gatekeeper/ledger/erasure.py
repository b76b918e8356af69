"""What does an erasure leave behind for later events of the same person?

An expiry of its own kind ends every grant of before; that event outlives each restart and rebuild.
What is older than it is not taken in again as a grant, nor its evidence: an old file that is
imported once more does not undo an erasure. Opt-outs of any age still count.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from gatekeeper.domain.consent import Basis, ConsentAct, ConsentEvent

ERASURE = "erasure"
"""The `source` of the expiry with which an erasure ends a person's grants."""


def ending(subject: bytes, events: Iterable[ConsentEvent], now: datetime) -> ConsentEvent:
    """The expiry that ends all grants on record, also one that is dated a little ahead of now."""
    at = max((now, *(event.at for event in events if event.basis is not Basis.NONE)))
    name = sha256(repr((ERASURE, subject.hex(), at.isoformat())).encode()).hexdigest()[:24]
    return ConsentEvent(name, ConsentAct.EXPIRY, at, source=ERASURE)


def erased_at(events: Iterable[ConsentEvent]) -> datetime | None:
    """When the person's data was last erased, None if never."""
    found = [e.at for e in events if e.act is ConsentAct.EXPIRY and e.source == ERASURE]
    return max(found) if found else None


def undoes(event: ConsentEvent, events: Iterable[ConsentEvent]) -> bool:
    """Whether recording the event would bring back what was erased: an older grant or proof."""
    erased = erased_at(events)
    if erased is None or event.at > erased:
        return False
    return event.basis is not Basis.NONE or event.act is ConsentAct.EVIDENCE
