"""With which words is a person's consent told?

Consent is an append-only list of events; what holds now is a fold over them (`domain.fold`).
"""

from __future__ import annotations

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
    """The second step of a double opt-in: it lets pending opt-ins count, and grants nothing."""
    OPT_OUT = "opt_out"
    EXPIRY = "expiry"
    REASSIGNED = "reassigned"
    WRONG_NUMBER = "wrong_number"
    PURCHASE = "purchase"
    INQUIRY = "inquiry"
    DECEASED = "deceased"
    RESTART = "restart"
    """The recipient's START after a STOP: what the STOP suspended counts again, in its scope."""
    SCOPE_CHANGE = "scope_change"
    """The recipient narrows what was granted to the event's scope; it never widens."""
    EVIDENCE = "evidence"
    """More evidence for the event named by `about`."""
    CORRECTION = "correction"
    """The event named by `about` was recorded wrongly and does not count; nothing is deleted."""


ENDINGS = frozenset(
    {
        ConsentAct.OPT_OUT,
        ConsentAct.REASSIGNED,
        ConsentAct.WRONG_NUMBER,
        ConsentAct.DECEASED,
    }
)
"""Acts that end consent until the recipient opts in anew; no correction takes them back."""


class Topic(Struct, frozen=True, gc=False):
    """What a message is about, as far as consent goes; None is not known."""

    channel: Channel
    purpose: Purpose
    campaign: str | None = None
    brand: str | None = None


class Scope(Struct, frozen=True, gc=False):
    """What an event speaks of; None means all, and the widest is the default."""

    channel: Channel | None = None
    purpose: Purpose | None = None
    campaign: str | None = None
    brand: str | None = None

    def covers(self, topic: Topic) -> bool:
        """Whether a grant of this scope speaks of the message."""
        return (
            self.channel in (None, topic.channel)
            and self.purpose in (None, topic.purpose)
            and self.campaign in (None, topic.campaign)
            and self.brand in (None, topic.brand)
        )

    def reaches(self, topic: Topic) -> bool:
        """Whether an ending of this scope binds the message: what is not known counts as bound."""
        return (
            self.channel in (None, topic.channel)
            and self.purpose in (None, topic.purpose)
            and (self.campaign is None or topic.campaign in (None, self.campaign))
            and (self.brand is None or topic.brand in (None, self.brand))
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
    about: str | None = None
    """The id of the event that an evidence or correction event speaks of."""
    pending: bool = False
    """An opt-in that counts only once a confirmation follows (double opt-in)."""
    unproven: bool = False
    """No evidence of the recipient's own act came with it, or it came with the send that needs
    it: it may grant where nothing was ended, but it undoes no ending."""
    evidence: bool = False
    """Whether evidence was sealed with it."""


class Relation(Struct, frozen=True, gc=False):
    """What implies consent and still counts: the newest act of one source."""

    source: str | None
    at: datetime


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
    relations: tuple[Relation, ...] = ()
    """All that implies consent, beside a stronger basis too, by source."""
    stopped_elsewhere_at: datetime | None = None
    """The newest opt-out whose scope leaves this message out, if nothing has lifted it since."""

    @property
    def revoked(self) -> bool:
        """Whether the recipient's last word was to stop."""
        return self.ended_by is ConsentAct.OPT_OUT
