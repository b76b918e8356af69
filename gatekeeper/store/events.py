"""How does a person's consent history look in the store?

A packed list of flat arrays, so that the server can group and order events without knowing what
they mean, and the gate can read one in about two microseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import msgspec

from gatekeeper.domain.consent import ENDINGS, Basis, ConsentAct, ConsentEvent, Scope
from gatekeeper.domain.words import Channel, Purpose

# The place of a word is its code in stored data: new words go to the end of these tuples.
ACTS = (
    ConsentAct.OPT_IN,
    ConsentAct.CONFIRMATION,
    ConsentAct.OPT_OUT,
    ConsentAct.EXPIRY,
    ConsentAct.REASSIGNED,
    ConsentAct.WRONG_NUMBER,
    ConsentAct.PURCHASE,
    ConsentAct.INQUIRY,
    ConsentAct.DECEASED,
    ConsentAct.RESTART,
    ConsentAct.SCOPE_CHANGE,
    ConsentAct.EVIDENCE,
    ConsentAct.CORRECTION,
)
BASES = (Basis.NONE, Basis.IMPLIED, Basis.EXPRESS, Basis.EXPRESS_WRITTEN)
CHANNELS = (
    None,
    Channel.SMS,
    Channel.MMS,
    Channel.WHATSAPP,
    Channel.MESSENGER,
    Channel.RCS,
    Channel.VOICE,
)
PURPOSES = (
    None,
    Purpose.MARKETING,
    Purpose.INFORMATIONAL,
    Purpose.TRANSACTIONAL,
    Purpose.AUTHENTICATION,
    Purpose.HEALTHCARE,
    Purpose.DEBT,
    Purpose.POLITICAL,
    Purpose.EMERGENCY,
)
PURPOSE_CODE = {purpose: code for code, purpose in enumerate(PURPOSES)}
_ACT_CODE = {act: code for code, act in enumerate(ACTS)}
_BASIS_CODE = {basis: code for code, basis in enumerate(BASES)}
_ENDING = frozenset(_ACT_CODE[act] for act in (*ENDINGS, ConsentAct.SCOPE_CHANGE))
_TURNING = _ENDING | {_ACT_CODE[ConsentAct.OPT_IN]}
_CHANNEL_CODE = {channel: code for code, channel in enumerate(CHANNELS)}

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SHORT_ID = 16
"""So many digits of the id of a dropped event are kept."""
SHORTEST = 8
"""Values that every stored event has; a shorter or longer row is another version's, and is read."""
KEPT = 8
"""So many of a kind are always kept, as the server's functions have it (`KEEP`)."""
_EMPTY: tuple[Any, ...] = ("", "", "", "", "", 0)
_MICROSECOND = timedelta(microseconds=1)
_ANY = Scope()
_NONE_DROPPED: frozenset[str] = frozenset()
_decode = msgspec.msgpack.Decoder(list[list[Any]]).decode


def microseconds(at: datetime) -> int:
    """An instant as microseconds since 1970, exact and within the precision of a double."""
    return (at - EPOCH) // _MICROSECOND


def event_row(event: ConsentEvent) -> list[Any]:
    """An event as the flat array that the server keeps; 0 and "" stand for None.

    What is empty at its end is left out, down to the first eight values.
    """
    row = [
        event.id,
        _ACT_CODE[event.act],
        microseconds(event.at),
        _BASIS_CODE[event.basis],
        _CHANNEL_CODE[event.scope.channel],
        PURPOSE_CODE[event.scope.purpose],
        event.scope.campaign or "",
        microseconds(event.expires) if event.expires else 0,
        event.seller or "",
        event.source or "",
        ",".join(event.missing),
        event.scope.brand or "",
        event.about or "",
        event.pending + 2 * event.unproven + 4 * event.evidence,
    ]
    while len(row) > SHORTEST and not row[-1]:
        row.pop()
    return row


def unpack_events(packed: bytes) -> tuple[ConsentEvent, ...]:
    """A person's kept events, newest first; empty for a person nobody has heard of."""
    if not packed:
        return ()
    rows = _decode(packed)
    return tuple(_event(row) for row in (rows if len(rows) < KEPT else _sure(rows)))


def _sure(rows: list[list[Any]]) -> list[list[Any]]:
    """The rows without grants that a dropped event may have ended for good.

    Of each kind the newest `KEPT` are kept. Where a kind of opt-in or ending has so many, older
    ones may be missing: an ending, or the opt-in after it, which no later restart goes behind.
    Then grants up to the newest ending of that time do not count, which can only be stricter.
    """
    kinds: dict[tuple[Any, ...], list[int]] = {}
    for row in rows:
        if row[1] in _TURNING:
            brand, _, marks = (*row[8:], *_EMPTY[len(row) - 8 :])[3:]
            kinds.setdefault((row[1], *row[3:7], brand, marks), []).append(row[2])
    since = [times[KEPT - 1] for times in kinds.values() if len(times) >= KEPT]
    ended = (r[2] for r in rows if r[1] in _ENDING and any(r[2] <= at for at in since))
    past = max(ended, default=None)
    return rows if past is None else [row for row in rows if not row[3] or row[2] > past]


class History(NamedTuple):
    """What the store keeps of one person's consent."""

    events: tuple[ConsentEvent, ...]
    """Newest first."""
    dropped: frozenset[str]
    """The first 16 digits of the ids of events that are kept no longer."""

    def has(self, event_id: str) -> bool:
        """Whether the event was recorded before."""
        return event_id[:SHORT_ID] in self.dropped or any(e.id == event_id for e in self.events)


def read_dropped(packed: bytes) -> frozenset[str]:
    """The short ids of the events that are kept no longer."""
    if not packed:
        return _NONE_DROPPED
    text = packed.decode()
    return frozenset(text[at : at + SHORT_ID] for at in range(0, len(text), SHORT_ID))


def read_histories(flat: Sequence[bytes]) -> list[History]:
    """The reply of `histories`: of each person the events, and the ids of those dropped."""
    pairs = zip(flat[::2], flat[1::2], strict=True)
    return [History(unpack_events(events), read_dropped(gone)) for events, gone in pairs]


def _event(row: list[Any]) -> ConsentEvent:
    id_, act, at, basis, channel, purpose, campaign, expires, *rest = row
    seller, source, missing, brand, about, marks = (*rest, *_EMPTY[len(rest) :])
    return ConsentEvent(
        id_,
        ACTS[act],
        EPOCH + timedelta(microseconds=at),
        BASES[basis],
        Scope(CHANNELS[channel], PURPOSES[purpose], campaign or None, brand or None)
        if channel or purpose or campaign or brand
        else _ANY,
        EPOCH + timedelta(microseconds=expires) if expires else None,
        seller or None,
        source or None,
        tuple(missing.split(",")) if missing else (),
        about or None,
        bool(marks & 1),
        bool(marks & 2),
        bool(marks & 4),
    )
