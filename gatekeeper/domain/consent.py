"""Has this person agreed, to what, and do they still?

Consent is an append-only list of events; what holds now is a fold over them. The recipient's
own later word wins; at the same instant an opt-out beats an opt-in (47 CFR 64.1200(a)(10)).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from gatekeeper.domain.words import Channel, Purpose


class Basis(StrEnum):
    """On what footing a message may be sent, weakest first."""

    NONE = "none"
    IMPLIED = "implied"
    EXPRESS = "express"
    EXPRESS_WRITTEN = "express_written"

    @property
    def rank(self) -> int:
        """Strength of the basis: a greater one satisfies the need for a lesser one."""
        return _RANKS[self]


_RANKS = {basis: rank for rank, basis in enumerate(Basis)}


class ConsentAct(StrEnum):
    """What happened."""

    OPT_IN = "opt_in"
    CONFIRMATION = "confirmation"
    OPT_OUT = "opt_out"
    EXPIRY = "expiry"
    REASSIGNED = "reassigned"
    WRONG_NUMBER = "wrong_number"
    PURCHASE = "purchase"
    INQUIRY = "inquiry"


ENDINGS = frozenset({ConsentAct.OPT_OUT, ConsentAct.REASSIGNED, ConsentAct.WRONG_NUMBER})
"""Acts that end consent until the recipient opts in anew."""


class Scope(Struct, frozen=True, gc=False):
    """What an event speaks of; None means all, and the widest is the default."""

    channel: Channel | None = None
    purpose: Purpose | None = None
    campaign: str | None = None

    def covers(self, channel: Channel, purpose: Purpose, campaign: str | None) -> bool:
        """Whether a message of this channel, purpose and campaign falls under the scope."""
        return (
            self.channel in (None, channel)
            and self.purpose in (None, purpose)
            and self.campaign in (None, campaign)
        )


class ConsentEvent(Struct, frozen=True, gc=False):
    """One act in a person's consent history; its evidence is sealed elsewhere, by id."""

    id: str
    act: ConsentAct
    at: datetime
    basis: Basis = Basis.NONE
    scope: Scope = Scope()
    expires: datetime | None = None
    seller: str | None = None
    source: str | None = None
    """Where implied consent comes from: purchase, inquiry, membership, donation, publication."""
    missing: tuple[str, ...] = ()
    """Elements that a written consent lacks: signature, seller, number, technology, ..."""


class Consent(Struct, frozen=True, gc=False):
    """What holds at one instant for one message; the events that it rests on are kept."""

    basis: Basis = Basis.NONE
    given_at: datetime | None = None
    expired_at: datetime | None = None
    ended_by: ConsentAct | None = None
    ended_at: datetime | None = None
    seller: str | None = None
    source: str | None = None
    missing: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    expires: datetime | None = None
    """When what holds now will end by itself, None if never."""

    @property
    def revoked(self) -> bool:
        """Whether the recipient's last word was to stop."""
        return self.ended_by is ConsentAct.OPT_OUT


def fold(
    events: Iterable[ConsentEvent],
    *,
    at: datetime,
    channel: Channel,
    purpose: Purpose,
    campaign: str | None = None,
) -> Consent:
    """Consent as of `at` for one channel, purpose and campaign.

    Events after `at` and those whose scope does not cover the message do not count. The newest
    ending holds unless a strictly later opt-in exists; of the grants that still stand the
    strongest unexpired one is the basis, and if all have expired the newest expiry is told.
    """
    relevant = [e for e in events if e.at <= at and e.scope.covers(channel, purpose, campaign)]
    if len(relevant) < 2:
        return _alone(relevant[0], at) if relevant else _NOTHING
    relevant.sort(key=lambda e: (e.at, e.act in ENDINGS))
    used = tuple(e.id for e in relevant)
    ending = next((e for e in reversed(relevant) if e.act in ENDINGS), None)
    restart = _restart(relevant, ending)
    if ending is not None and restart is None:
        return Consent(ended_by=ending.act, ended_at=ending.at, events=used)
    grants = [
        e for e in relevant if e.basis is not Basis.NONE and (restart is None or e.at >= restart)
    ]
    return _standing(grants, relevant, at, used)


_NOTHING = Consent()


def _alone(event: ConsentEvent, at: datetime) -> Consent:
    """What a history of one event folds to: by far the commonest, so it has a short way."""
    used = (event.id,)
    if event.act in ENDINGS:
        return Consent(ended_by=event.act, ended_at=event.at, events=used)
    if event.basis is Basis.NONE:
        return Consent(events=used)
    if event.expires is not None and event.expires <= at:
        return Consent(expired_at=event.expires, events=used)
    return _held(event, used, event.expires)


def _restart(events: list[ConsentEvent], ending: ConsentEvent | None) -> datetime | None:
    """The first opt-in strictly after the ending: only the recipient's own act starts anew."""
    if ending is None:
        return None
    later = (e.at for e in events if e.act is ConsentAct.OPT_IN and e.at > ending.at)
    return min(later, default=None)


def _standing(
    grants: list[ConsentEvent], relevant: list[ConsentEvent], at: datetime, used: tuple[str, ...]
) -> Consent:
    cut = max((e.at for e in relevant if e.act is ConsentAct.EXPIRY), default=None)
    ends = [(grant, _end(grant, cut)) for grant in grants]
    live = [(grant, end) for grant, end in ends if end is None or end > at]
    if not live:
        expired = [end for _, end in ends if end is not None]
        return Consent(expired_at=max(expired, default=None), events=used)
    best, end = max(live, key=lambda pair: (pair[0].basis.rank, pair[0].at))
    return _held(best, used, end)


def _held(grant: ConsentEvent, used: tuple[str, ...], end: datetime | None) -> Consent:
    return Consent(
        basis=grant.basis,
        given_at=grant.at,
        seller=grant.seller,
        source=grant.source,
        missing=grant.missing,
        events=used,
        expires=end,
    )


def _end(grant: ConsentEvent, cut: datetime | None) -> datetime | None:
    """A grant ends by its own expiry or by an expiry event that followed it, the earlier."""
    ended = cut if cut is not None and cut >= grant.at else None
    return min((t for t in (grant.expires, ended) if t is not None), default=None)
