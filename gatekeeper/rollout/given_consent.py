"""Which consent does a row speak of? Its words become events, and the one fold judges them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from gatekeeper.domain.consent import (
    Basis,
    Consent,
    ConsentAct,
    ConsentEvent,
    Scope,
    Topic,
)
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.fold import fold
from gatekeeper.domain.words import Channel, Purpose
from gatekeeper.policy.row import ConsentForm, ConsentRow, EventRow, ScopeForm, ScopeRow

BEFORE = timedelta(days=1)
"""How long before everything else an act happened that bears no date."""
_IMPLYING = frozenset({ConsentAct.PURCHASE, ConsentAct.INQUIRY})


def consent_of(said: ConsentForm, facts: Facts) -> Consent:
    """The consent that holds at `facts.at` for this channel and purpose."""
    events = _history(said, facts.at) if isinstance(said, ConsentRow) else _word(said, facts.at)
    topic = Topic(facts.channel, facts.purpose, facts.campaign, facts.brand)
    return fold(events, topic, facts.at)


def _word(word: str, at: datetime) -> Iterator[ConsentEvent]:
    """A word alone: consent given the day before, an opt-out of this instant, or nothing.

    An opt-out without a date is as fresh as can be: the one confirmation may still follow it.
    """
    if word == "revoked":
        yield ConsentEvent("given", ConsentAct.OPT_OUT, at)
    elif word != Basis.NONE:
        yield ConsentEvent("given", ConsentAct.OPT_IN, at - BEFORE, Basis(word))


def _history(row: ConsentRow, at: datetime) -> Iterator[ConsentEvent]:
    """The grant, then the history: a grant without a date is older than all of the history.

    Otherwise an undated grant would look like a new opt-in after an old opt-out.
    """
    first = min((at, *(event.at for event in row.events)))
    basis = row.basis or (Basis.IMPLIED if row.source else Basis.NONE)
    if basis is not Basis.NONE:
        yield ConsentEvent(
            id="given",
            act=ConsentAct.OPT_IN,
            at=row.at or first - BEFORE,
            basis=basis,
            scope=_scope(row.scope),
            expires=row.expires,
            seller=row.seller,
            source=row.source,
            missing=row.missing,
        )
    for number, event in enumerate(row.events):
        yield _event(f"given-{number + 1}", event, row)


def _event(event_id: str, event: EventRow, row: ConsentRow) -> ConsentEvent:
    """An opt-in without a basis renews the consent's own; a purchase or inquiry implies one."""
    basis, source = event.basis, None
    if event.event is ConsentAct.OPT_IN:
        basis = basis or row.basis or Basis.EXPRESS
    elif event.event in _IMPLYING:
        basis, source = basis or Basis.IMPLIED, str(event.event)
    return ConsentEvent(
        id=event_id,
        act=event.event,
        at=event.at,
        basis=basis or Basis.NONE,
        scope=_scope(event.scope),
        expires=event.expires,
        seller=row.seller,
        source=source,
        missing=row.missing if event.missing is None else event.missing,
        pending=event.pending,
        unproven=event.unproven,
    )


def _scope(said: ScopeForm | None) -> Scope:
    match said:
        case None | "all":
            return Scope()
        case ScopeRow():
            return Scope(said.channel, said.purpose, said.campaign, said.brand)
        case Channel():
            return Scope(channel=said)
        case Purpose():
            return Scope(purpose=said)
