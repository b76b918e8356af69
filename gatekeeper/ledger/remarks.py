"""What should whoever records a consent event hear at once, and not only when a send is blocked?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from gatekeeper.domain.consent import Basis, ConsentAct, ConsentEvent, Topic
from gatekeeper.domain.fold import fold
from gatekeeper.domain.words import Channel, Purpose
from gatekeeper.ledger.consent_input import SOURCES
from gatekeeper.ledger.elements import ELEMENTS, EXPLAINED


def remarks(event: ConsentEvent, history: Sequence[ConsentEvent], now: datetime) -> tuple[str, ...]:
    """Plain warnings, none if there is nothing to say; `history` holds the event itself."""
    return (*_of_event(event), *_of_history(event, history, now))


def _of_event(event: ConsentEvent) -> Iterator[str]:
    if event.act is ConsentAct.OPT_IN and event.missing:
        yield f"this written consent is not complete: {_explained(event)}"
    if event.unproven:
        yield (
            "no evidence of the person's own act came with it: it grants, but it undoes no "
            "opt-out; tell text_shown, url, ip, form, recording, message or signature"
        )
    if event.pending:
        yield "it counts once a confirmation is recorded"
    if event.basis is Basis.IMPLIED and event.source not in SOURCES:
        yield f"its source is none of {', '.join(SOURCES)}: it gets the shortest term"


def _explained(event: ConsentEvent) -> str:
    return "; ".join(EXPLAINED[each] for each in ELEMENTS if each in event.missing)


def _of_history(
    event: ConsentEvent, history: Sequence[ConsentEvent], now: datetime
) -> Iterator[str]:
    if event.basis is Basis.NONE:
        return
    scope = event.scope
    topic = Topic(
        scope.channel or Channel.SMS,
        scope.purpose or Purpose.MARKETING,
        scope.campaign,
        scope.brand,
    )
    held = fold(history, topic, max(now, event.at))
    if held.ended_by is not None and held.ended_at is not None:
        what = str(held.ended_by).replace("_", " ")
        day = held.ended_at.astimezone(UTC).date()
        yield f"the {what} of {day} still holds: this event does not undo it"
