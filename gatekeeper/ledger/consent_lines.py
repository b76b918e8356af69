"""Is one line of a file a consent event, and what does a line mean that tells no time?

Without `at` the time of the import counts, so the same line would be another event at each
import. It is named by its content instead, and a grant of unknown time undoes no opt-out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

import msgspec
from msgspec.structs import replace
from pydantic import ValidationError

from gatekeeper.domain.consent import Basis, ConsentAct, ConsentEvent
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.consent_input import (
    ConsentInput,
    Evidence,
    canonical_number,
    event_of,
)
from gatekeeper.ledger.import_words import BadLine
from gatekeeper.ledger.json_once import faults

Named = Callable[[str], bytes]
"""The store's name for the person of a canonical number."""

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_NEEDS_TIME = frozenset({ConsentAct.RESTART, ConsentAct.CONFIRMATION})
"""Acts that let earlier grants count again: without a time nobody knows which."""


@dataclass(frozen=True, slots=True)
class GoodLine:
    """A line that holds: its number in the file, whose it is, the event, its evidence."""

    line: int
    subject: bytes
    event: ConsentEvent
    evidence: Evidence | None
    dated: bool = True
    """Whether it tells its own time."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges the lines of one file of one tenant."""

    named: Named
    now: datetime

    def judge(self, line: int, read: Callable[[], ConsentInput]) -> GoodLine | BadLine:
        """The line as an event, or what is wrong with it; the reason repeats nothing of it."""
        try:
            given = read()
            return self._good(line, self.named(canonical_number(given.number)), given)
        except ValidationError as error:
            return BadLine(line, faults(error))
        except InputRejected as error:
            return BadLine(line, str(error))

    def _good(self, line: int, subject: bytes, given: ConsentInput) -> GoodLine:
        event = event_of(given, subject, self.now)
        if given.event is ConsentAct.CORRECTION:
            raise InputRejected("corrections are recorded one by one, not from a file")
        if _is_dated(given):
            return GoodLine(line, subject, event, given.evidence)
        if given.event in _NEEDS_TIME:
            raise InputRejected(f"a {given.event} in a file says when it was: `at`")
        event = replace(
            event, id=_content(event, subject), unproven=event.unproven or _grants(event)
        )
        return GoodLine(line, subject, event, given.evidence, dated=False)


def _is_dated(given: ConsentInput) -> bool:
    proof = given.evidence
    return given.at is not None or (
        proof is not None and (proof.transaction_at or proof.inquiry_at) is not None
    )


def _grants(event: ConsentEvent) -> bool:
    return event.basis is not Basis.NONE


def _content(event: ConsentEvent, subject: bytes) -> str:
    """A name that does not depend on the time of the import."""
    timeless = replace(event, id="undated", at=_NEVER)
    return sha256(msgspec.json.encode((subject.hex(), timeless))).hexdigest()[:24]
