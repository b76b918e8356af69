"""How do a question, its answer and its settlement travel?

One argument of msgpack each way out; the reply is a plain nested array, which the C parser of
hiredis turns into lists, so that only consent events and times are left to build.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import msgspec

from gatekeeper.domain.facts import LimitAnswer, Listing, Sent
from gatekeeper.domain.words import ListAnswer
from gatekeeper.store.contract import Answer, Ask, Bucket, End, PersonAnswer, Settlement, Turn
from gatekeeper.store.events import EPOCH, PURPOSE_CODE, PURPOSES, unpack_events
from gatekeeper.store.keys import e164_digits, pointer_fields, tag_and_field

TURNS = (Turn.MINE, Turn.IN_FLIGHT, Turn.ANSWERED, Turn.UNKNOWN, Turn.MISMATCH)
_LISTED = (ListAnswer.HIT, ListAnswer.CLEAR, ListAnswer.NOT_CHECKED, ListAnswer.ERROR)
_TURN_AFTER = {
    End.SENT: TURNS.index(Turn.ANSWERED),
    End.REFUSED: TURNS.index(Turn.ANSWERED),
    End.UNKNOWN: TURNS.index(Turn.UNKNOWN),
    End.RETRYABLE: TURNS.index(Turn.MINE),
}
_RELEASES = frozenset({End.REFUSED, End.RETRYABLE})
_SENT = struct.Struct(">8sBQ")
"""An earlier send: id, purpose, milliseconds."""
_encode = msgspec.msgpack.Encoder().encode
read_pointer = msgspec.msgpack.Decoder(tuple[str, str, int, int]).decode
"""A list's pointer: method, version, instant it speaks for in ms, count."""


def pack_ask(ask: Ask, expected: int) -> list[bytes]:
    """The arguments of `gather`; `expected` is the high-water mark below which nothing is told."""
    lists = _lists_of(ask)
    purpose = PURPOSE_CODE[ask.purpose]
    people, data = [], []
    for person, entry in zip(ask.persons, _entry_ids(ask), strict=True):
        tag, field = tag_and_field(person.subject)
        row = (tag, e164_digits(person.number), _places(person.lists, lists))
        tail = person.tail
        people.append(row if tail is None else (*row, tail.key))
        sent = field + _SENT.pack(entry, purpose, ask.now_ms)
        data.append(sent if tail is None else sent + tail.sealed)
    mark = ask.idempotency
    head = (
        *(ask.request, ask.now_ms, ask.reserve, expected, mark.key or "", mark.fingerprint),
        *(_pointers(ask.tenant, lists), people, _buckets(ask.buckets)),
        *_last(ask),
    )
    return [_encode(head), *data]


def _last(ask: Ask) -> tuple[int | str, ...]:
    """What few questions have: how long tails are kept, which try this is, whom people wrote to."""
    attempt = _attempt(ask)
    if ask.heard_by:
        return ask.tail_ms, attempt, ask.heard_by
    if attempt:
        return ask.tail_ms, attempt
    return (ask.tail_ms,) if ask.tail_ms else ()


def _attempt(ask: Ask) -> int:
    """0: tries are not counted; 1: the first; 2: a repetition."""
    attempt = ask.idempotency.attempt
    return 0 if attempt is None else min(attempt, 1) + 1


def pack_settlements(settlements: Iterable[Settlement], now_ms: int) -> list[bytes]:
    """The arguments of `settle`; `now_ms` counts for those that do not say when they ended."""
    rows = [_settlement(settlement, now_ms) for settlement in settlements]
    data = (part for _, stored, people in rows for part in (stored, people))
    return [_encode([head for head, _, _ in rows]), *data]


def read_answer(reply: Sequence[Any], ask: Ask) -> Answer:
    """The reply of `gather` as an Answer."""
    applied, registry, turn, stored, waits, packed, persons = reply
    pairs = zip(packed[::2], packed[1::2], strict=True)
    pointers = dict(zip(_lists_of(ask), pairs, strict=True))
    told = zip(ask.persons, persons, strict=True)
    return Answer(
        registry,
        applied,
        TURNS[turn],
        tuple(
            [
                PersonAnswer(
                    unpack_events(consent),
                    _listings(
                        person.lists,
                        tuple(codes),
                        tuple([pointers[name] for name in person.lists]),
                    ),
                    _sends(sends) if sends else (),
                    tuple(rest[0]) if rest else (),
                    _heard_at(rest[1]) if len(rest) > 1 else None,
                )
                for person, (consent, sends, codes, *rest) in told
            ]
        ),
        tuple(
            [LimitAnswer(b.name, wait / 1000) for b, wait in zip(ask.buckets, waits, strict=True)]
        ),
        stored or None,
    )


def _heard_at(told: bytes) -> datetime | None:
    return EPOCH + timedelta(milliseconds=int.from_bytes(told)) if told else None


def _settlement(settlement: Settlement, now_ms: int) -> tuple[tuple[Any, ...], bytes, bytes]:
    ask, end = settlement.ask, settlement.end
    mark, at = ask.idempotency, settlement.at_ms or now_ms
    head = (ask.request, at, mark.key or "", mark.fingerprint, _TURN_AFTER[end])
    stored = settlement.stored or b""
    attempt = _attempt(ask)
    if end not in _RELEASES:
        return (*head, (), (), attempt), stored, b""
    people = [tag_and_field(person.subject) for person in ask.persons]
    entries = _entry_ids(ask)
    chosen = range(len(people)) if settlement.only is None else settlement.only
    data = b"".join(people[at][1] + entries[at] for at in chosen)
    return (*head, [people[at][0] for at in chosen], _buckets(ask.buckets), attempt), stored, data


def _lists_of(ask: Ask) -> tuple[str, ...]:
    if len(ask.persons) == 1:
        return ask.persons[0].lists
    return tuple(dict.fromkeys(name for person in ask.persons for name in person.lists))


@lru_cache(1024)
def _pointers(tenant: str, lists: tuple[str, ...]) -> msgspec.Raw:
    """The fields that point to the lists, packed: few sets of lists are ever asked for."""
    return msgspec.Raw(_encode(pointer_fields(tenant, lists)))


@lru_cache(1024)
def _places(names: tuple[str, ...], lists: tuple[str, ...]) -> msgspec.Raw:
    """Where one person's lists stand among all that are asked for, from 1, packed."""
    return msgspec.Raw(_encode([lists.index(name) + 1 for name in names]))


def _entry_ids(ask: Ask) -> list[bytes]:
    """One id for each message of the request: a person named twice is sent to twice."""
    request = blake2b(ask.request.encode(), digest_size=6).digest()
    return [request + i.to_bytes(2, "big") for i in range(len(ask.persons))]


def _buckets(buckets: tuple[Bucket, ...]) -> list[tuple[str, float, float]]:
    """Key, burst and cost, the latter two as milliseconds of refill."""
    return [
        (bucket.key, 1000 / bucket.rate * bucket.burst, 1000 / bucket.rate * bucket.cost)
        for bucket in buckets
    ]


def _sends(packed: bytes) -> tuple[Sent, ...]:
    return tuple(
        Sent(EPOCH + timedelta(milliseconds=at), PURPOSES[purpose] or PURPOSES[1])
        for _, purpose, at in _SENT.iter_unpack(packed)
    )


@lru_cache(1024)
def _listings(
    names: tuple[str, ...], codes: tuple[int, ...], pointers: tuple[tuple[bytes, bytes], ...]
) -> Mapping[str, Listing]:
    """Most people are on no list, so few answers are ever built; nobody changes one."""
    told = zip(names, codes, pointers, strict=True)
    return {name: _listing(code, pair) for name, code, pair in told}


def _listing(code: int, pair: tuple[bytes, bytes]) -> Listing:
    """A code is the answer (2 bits), whose list gave it (1 bit), and a day since 1970 or 0."""
    pointer = pair[code >> 2 & 1]
    if not pointer:
        return Listing()
    _, version, as_of, _ = read_pointer(pointer)
    since = EPOCH.date() + timedelta(days=code >> 3) if code >> 3 else None
    return Listing(_LISTED[code & 3], version, EPOCH + timedelta(milliseconds=as_of), since)
