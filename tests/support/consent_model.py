"""What holds of a person's consent, in the words of the documentation and nothing else?

A second opinion beside `gatekeeper.domain.fold`, written as definitions and not as a walk through
time: slow, and easy to hold against the README. It shares no code with it but the scopes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from gatekeeper.domain.consent import Basis, ConsentAct, ConsentEvent, Topic

Act = ConsentAct
FINAL = (Act.REASSIGNED, Act.WRONG_NUMBER, Act.DECEASED)
OWN_WORD = (Act.SCOPE_CHANGE, Act.OPT_OUT)
"""Endings that the recipient's START lifts; leaving a message out of a scope is one."""


class Held(NamedTuple):
    """What the model says, as far as a decision asks."""

    basis: Basis
    given_at: datetime | None
    ended_by: ConsentAct | None


class Model:
    """One person's history as it is known at one instant, for one kind of message."""

    def __init__(self, events: Sequence[ConsentEvent], topic: Topic, at: datetime) -> None:
        known = [e for e in events if e.at <= at]
        taken_back = {e.about for e in known if e.act is Act.CORRECTION}
        self.at = at
        self.endings = [e for e in known if ends(e, topic)]
        valid = [e for e in known if e.id not in taken_back]
        spoken = [e for e in valid if e.scope.covers(topic)]
        self.restarts = [e.at for e in spoken if e.act is Act.RESTART]
        self.expiries = [e.at for e in spoken if e.act is Act.EXPIRY]
        confirmed = [e.at for e in spoken if e.act is Act.CONFIRMATION]
        proof = {e.about for e in spoken if e.act is Act.EVIDENCE}
        self.grants = [
            e
            for e in spoken
            if e.basis is not Basis.NONE
            and e.act not in (*FINAL, *OWN_WORD)
            and (not e.pending or any(at >= e.at for at in confirmed))
        ]
        self.own = [
            e.at for e in self.grants if e.act is Act.OPT_IN and (not e.unproven or e.id in proof)
        ]
        """When the recipient opted in by an act of their own."""

    def held(self) -> Held:
        """Nothing while an ending stands; else the strongest grant, neither past nor over."""
        standing = [e for e in self.endings if not self.is_undone(e, self.at)]
        if standing:
            order = (*FINAL, *OWN_WORD)
            newest = max(standing, key=lambda e: (e.at, order.index(e.act)))
            told = Act.OPT_OUT if newest.act is Act.SCOPE_CHANGE else newest.act
            return Held(Basis.NONE, None, told)
        good = [e for e in self.grants if not self.is_past(e) and not self.is_over(e)]
        if not good:
            return Held(Basis.NONE, None, None)
        best = max(good, key=lambda e: (e.basis.rank, e.at))
        return Held(best.basis, best.at, None)

    def is_undone(self, ending: ConsentEvent, until: datetime, *, before: bool = False) -> bool:
        """An own opt-in undoes any ending before it, a START only the recipient's own word."""
        undoing = [*self.own, *(self.restarts if ending.act in OWN_WORD else ())]
        return any(ending.at < at and (at < until if before else at <= until) for at in undoing)

    def is_past(self, grant: ConsentEvent) -> bool:
        """Whether the recipient has started anew since, by an opt-in while an ending stood."""
        return any(
            own > grant.at
            and any(e.at < own and not self.is_undone(e, own, before=True) for e in self.endings)
            for own in self.own
        )

    def is_over(self, grant: ConsentEvent) -> bool:
        """Whether it has expired by its own date, or by an expiry on or after the day it began."""
        own = grant.expires is not None and grant.expires <= self.at
        return own or any(expiry >= grant.at for expiry in self.expiries)


def ends(event: ConsentEvent, topic: Topic) -> bool:
    """Whether the event ends consent to the message; what is not known counts as ended."""
    if event.act is Act.SCOPE_CHANGE:
        return not event.scope.covers(topic)
    return event.act in (*FINAL, Act.OPT_OUT) and event.scope.reaches(topic)
