"""What follows from a person's word for their consent? Pure: the same word, the same events.

An event's id is made of the provider's message id and what it means, never of the time of receipt.
So a webhook that is told again, by a retry or by somebody who kept it, is the event that is on
record already, with the instant of its first receipt: an old STOP cannot revoke what was granted
after it, and an old START cannot lift a later STOP.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from msgspec.structs import replace as altered

from gatekeeper.domain.consent import ConsentAct, ConsentEvent, Scope, Topic
from gatekeeper.domain.fold import fold
from gatekeeper.domain.registry import WIDTHS, Brand, Campaign, Revocation, Tenant
from gatekeeper.domain.reply import ReplyKind, ReplyReading
from gatekeeper.domain.words import Channel, Purpose
from gatekeeper.providers.webhook import InboundEvent, Meaning

WRONG_NUMBER = "wrong_number"
"""How the id of a rule ends that reads "this is not my number"."""
AT_PROVIDER = "provider"
"""The source of what a person said to the provider, not to us."""
SAID_BY_PROVIDER = "provider"
"""The rule of a reading that is the provider's own."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a person wrote to: our side of the conversation, as it is registered."""

    tenant: Tenant
    sender: str
    """Canonical id of the sender."""
    campaign: Campaign | None = None
    brand: Brand | None = None
    revocation: Revocation = Revocation.ALL
    """How wide a STOP to it is taken, by the tenant's choice and the law of the day."""
    names: tuple[str, ...] = ()
    """All ids under which that side is registered, a number and its service."""


@dataclass(frozen=True, slots=True)
class Word:
    """What one event says: of whom, on which channel, and how it was read."""

    event: InboundEvent
    reading: ReplyReading
    provider: str
    account: str


def reading_of(event: InboundEvent, read: ReplyReading) -> ReplyReading:
    """The text's reading beside the provider's own; a certain STOP of either is one."""
    if event.said is None or (read.kind is ReplyKind.STOP and read.certain):
        return read
    return ReplyReading(event.said, True, SAID_BY_PROVIDER, read.language)


def follow(
    word: Word, to: Addressee, history: Sequence[ConsentEvent], at: datetime
) -> tuple[ConsentEvent, ...]:
    """The consent events of one word; `history` is what is on record of the person.

    The last one marks the whole word as heard: where it is on record, so are the others.
    """
    base = ConsentEvent(id="", act=ConsentAct.EVIDENCE, at=at, source="webhook")
    events = tuple(_acts(word, to, history, base))
    parts = (to.tenant.id, word.provider, word.account, word.event.id)
    return tuple(
        altered(each, id=_id(*parts, str(len(events) - place))) for place, each in enumerate(events)
    )


def _id(*parts: str) -> str:
    return sha256("\x00".join(parts).encode()).hexdigest()[:24]


def _acts(
    word: Word, to: Addressee, history: Sequence[ConsentEvent], base: ConsentEvent
) -> Iterator[ConsentEvent]:
    event, reading = word.event, word.reading
    if event.meaning is Meaning.OPTED_OUT:
        scope = _left(to) if event.purpose is None else Scope(purpose=event.purpose)
        yield altered(base, act=ConsentAct.OPT_OUT, scope=scope, source=AT_PROVIDER)
    elif event.meaning is Meaning.RESUMED and event.purpose is not None:
        yield _resumed(event.channel, event.purpose, to, history, base)
    elif event.meaning is Meaning.REASSIGNED:
        yield altered(base, act=ConsentAct.REASSIGNED, source=AT_PROVIDER)
    elif event.meaning is Meaning.MESSAGE and reading.kind is ReplyKind.STOP:
        yield _stopped(reading, to, base)
    elif event.meaning is Meaning.MESSAGE and reading.kind is ReplyKind.START:
        yield from _started(word, to, history, base)


def _stopped(reading: ReplyReading, to: Addressee, base: ConsentEvent) -> ConsentEvent:
    """A certain stop is as wide as law and tenant say; a doubtful one ends marketing."""
    if not reading.certain:
        return altered(base, act=ConsentAct.OPT_OUT, scope=Scope(purpose=Purpose.MARKETING))
    if reading.rule.endswith(WRONG_NUMBER):
        return altered(base, act=ConsentAct.WRONG_NUMBER)
    return altered(base, act=ConsentAct.OPT_OUT, scope=_left(to))


def _left(to: Addressee) -> Scope:
    """What a person leaves by a STOP to this sender; what is not known widens it."""
    campaign = to.campaign
    brand = campaign.brand if campaign else None
    if to.revocation is Revocation.ALL or campaign is None:
        return Scope()
    if to.revocation is Revocation.PURPOSE and len(campaign.purposes) == 1:
        return Scope(purpose=campaign.purposes[0], brand=brand)
    return Scope(brand=brand)


def _started(
    word: Word, to: Addressee, history: Sequence[ConsentEvent], base: ConsentEvent
) -> Iterator[ConsentEvent]:
    """A START restores what the newest standing opt-out ended, and confirms a pending opt-in.

    With nothing to restore, that it was said stays on record (evidence, which changes nothing):
    so the same message told again cannot lift a STOP that came in between. A webhook that is only
    weakly vouched for restores nothing either.
    """
    topics = tuple(_topics(word.event.channel, to))
    certain = word.reading.certain and not word.event.weak
    if certain and (pending := _pending(history, topics, base.at)) is not None:
        yield altered(base, act=ConsentAct.CONFIRMATION, scope=pending.scope)
    left = _standing(history, topics, base.at) if certain else None
    yield base if left is None else altered(base, act=ConsentAct.RESTART, scope=left.scope)


def _resumed(
    channel: Channel,
    purpose: Purpose,
    to: Addressee,
    history: Sequence[ConsentEvent],
    base: ConsentEvent,
) -> ConsentEvent:
    """What was stopped at the provider counts again; a STOP that was said to us stands."""
    about = [each for each in _topics(channel, to) if each.purpose is purpose]
    left = _standing(history, about or [Topic(channel, purpose)], base.at)
    if left is None or left.source != AT_PROVIDER or left.scope != Scope(purpose=purpose):
        return base
    return altered(base, act=ConsentAct.RESTART, scope=left.scope)


def _topics(channel: Channel, to: Addressee) -> Iterator[Topic]:
    """What messages from this sender may be about."""
    campaign = to.campaign
    named = (campaign.id, campaign.brand) if campaign else (None, None)
    for purpose in campaign.purposes if campaign else Purpose:
        yield Topic(channel, purpose, *named)


def _standing(
    history: Sequence[ConsentEvent], topics: Sequence[Topic], at: datetime
) -> ConsentEvent | None:
    """The newest opt-out that still binds messages from this sender."""
    bound = [topic for topic in topics if fold(history, topic, at).revoked]
    outs = (e for e in history if e.act is ConsentAct.OPT_OUT and e.at <= at)
    reach = [e for e in outs if any(e.scope.reaches(topic) for topic in bound)]
    return max(reach, key=lambda e: (e.at, e.id), default=None)


def _pending(
    history: Sequence[ConsentEvent], topics: Sequence[Topic], at: datetime
) -> ConsentEvent | None:
    """The newest opt-in that waits for its confirmation, unless the person left after it."""
    for event in sorted(history, key=lambda e: (e.at, e.id), reverse=True):
        if event.at > at or not any(event.scope.covers(topic) for topic in topics):
            continue
        if event.act in (ConsentAct.CONFIRMATION, ConsentAct.OPT_OUT):
            return None
        if event.act is ConsentAct.OPT_IN and event.pending:
            return event
    return None


def widened(to: Addressee, least: Revocation) -> Addressee:
    """The addressee with at least this width of a STOP."""
    return replace(to, revocation=max(to.revocation, least, key=WIDTHS.index))
