"""Is a number that two messages hold between them seen, where the operator chose that, and only
there?"""

from __future__ import annotations

import asyncio
import json

import pytest
import redis

from gatekeeper.domain.decision import Decision
from gatekeeper.pipeline.judge import judge
from tests.support.acme import ANA, BEN, CODES, NEWS
from tests.support.gate import Stand
from tests.support.spine import CALLER, flight, raw, rooms
from tests.support.twilio_requests import message

pytestmark = pytest.mark.asyncio(loop_scope="module")

FIRST, SECOND = "My card is 4111 1111", "1111 1111 thanks"


async def sent(
    stand: Stand, text: str, *, to: str = ANA, sender: str = NEWS, seconds: int = 120
) -> list[str]:
    """The reasons of what is found in a message."""
    parts = rooms(stand, assembly_s=seconds)
    under_way = flight(parts, raw(stand, To=to, From=sender, Body=text))
    under_way.caller = CALLER
    decision = await judge(under_way, message(To=to, From=sender, Body=text))
    assert isinstance(decision, Decision)
    return [str(f.reason) for f in decision.findings if str(f.reason).startswith("content.")]


def store(stand: Stand) -> redis.Redis:
    """The gate's own server, as its operator could read it."""
    server = stand.gate.ground.server
    assert server is not None
    return redis.Redis(unix_socket_path=server.url.removeprefix("unix://"))


def keys(stand: Stand) -> list[bytes | str]:
    """The store's keys of kept ends."""
    return list(store(stand).keys("gk:t:*"))


async def test_the_second_half_is_blocked_within_the_time_and_let_go_after_it(acme: Stand) -> None:
    assert await sent(acme, FIRST, seconds=1) == []
    assert await sent(acme, SECOND, seconds=1) == ["content.payment"]
    await asyncio.sleep(1.2)
    assert await sent(acme, SECOND, seconds=1) == []
    await asyncio.sleep(1.2)


async def test_halves_to_others_or_from_others_are_not_put_together(acme: Stand) -> None:
    assert await sent(acme, FIRST) == []
    assert await sent(acme, SECOND, to=BEN) == []
    assert await sent(acme, SECOND, sender=CODES) == []


async def test_nothing_is_kept_unless_it_was_chosen(acme: Stand) -> None:
    before = len(keys(acme))
    assert await sent(acme, "Card 4242 4242", to=BEN, seconds=0) == []
    assert await sent(acme, "4242 4242", to=BEN, seconds=0) == []
    assert len(keys(acme)) == before


async def test_what_is_kept_is_sealed_and_expires(acme: Stand) -> None:
    await sent(acme, "The card is 5555 5555", sender=CODES)
    server = store(acme)
    found = keys(acme)
    assert found
    for key in found:
        assert 0 < server.pttl(key) <= 120_000
        for tail in server.lrange(key, 0, -1):
            assert b"5555" not in tail
            assert b"card" not in tail


async def test_the_record_tells_of_the_match_and_holds_no_digit_of_it(acme: Stand) -> None:
    await sent(acme, "card 4000 0566", to=BEN)
    assert await sent(acme, "5566 5556", to=BEN) == ["content.payment"]
    record = acme.records("decision")[-1]
    (found,) = record.content["recipients"][0]["facts"]["matches"]
    assert "across messages" in found["trace"]
    assert "5566" not in json.dumps(record.content["recipients"])
