"""The provider gets a request once, under its own secret, and its answer is classed."""

from __future__ import annotations

import pytest

from gatekeeper.pipeline.flight import Flight
from gatekeeper.pipeline.forward import classify, deliver, with_secret
from gatekeeper.pipeline.identify import identify
from gatekeeper.pipeline.upstream import NotSent, Outcome, Unknown
from gatekeeper.providers import TWILIO
from gatekeeper.providers.contract import Reply
from gatekeeper.store.contract import End
from tests.support.acme import ACCOUNT, UPSTREAM_SECRET
from tests.support.gate import Stand
from tests.support.spine import flight, raw, rooms
from tests.support.twilio_requests import MESSAGES, SMS, form

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.mark.parametrize(
    ("outcome", "end", "passes"),
    [
        (Reply(201, (), b""), End.SENT, True),
        (Reply(302, (), b""), End.SENT, True),
        (Reply(400, (), b""), End.REFUSED, True),
        (Reply(404, (), b""), End.REFUSED, True),
        (Reply(429, (), b""), End.RETRYABLE, True),
        (Reply(500, (), b""), End.UNKNOWN, False),
        (Reply(503, (), b""), End.UNKNOWN, False),
        (NotSent("refused"), End.RETRYABLE, False),
        (Unknown("cut"), End.UNKNOWN, False),
    ],
)
async def test_only_a_whole_answer_below_500_says_what_became_of_it(
    outcome: Outcome, end: End, passes: bool
) -> None:
    told = classify(outcome)
    assert told.end is end
    assert told.reply is (outcome if passes else None)


def identified(stand: Stand) -> Flight:
    """A flight whose caller is known."""
    started = flight(rooms(stand), raw(stand))
    credential = TWILIO.credential(started.raw)
    started.caller = identify(
        started.snapshot, credential, "twilio", started.rooms.keys, started.at
    )
    return started


async def test_the_real_secret_is_swapped_in_and_nothing_else_changes(acme: Stand) -> None:
    started = identified(acme)
    assert started.caller is not None
    sent = await with_secret(started, started.caller.application, started.outgoing)
    assert sent is not None
    credential = TWILIO.credential(sent)
    assert credential is not None
    assert (credential.account, credential.secret) == (ACCOUNT, UPSTREAM_SECRET)
    assert (sent.method, sent.target, sent.body) == ("POST", started.raw.target, started.raw.body)
    assert sent.headers[1:] == started.raw.headers[1:]


async def test_from_the_first_attempt_on_bytes_may_have_left(acme: Stand) -> None:
    started = identified(acme)
    assert not started.may_have_left
    reply = await deliver(started)
    assert isinstance(reply, Reply)
    assert started.may_have_left
    assert len(acme.carrier.requests) == 1


async def test_a_request_of_nobody_does_not_leave(acme: Stand) -> None:
    started = flight(rooms(acme), form(MESSAGES, {**SMS}))
    with pytest.raises(ValueError, match="identified"):
        await deliver(started)
    assert not started.may_have_left
    assert acme.carrier.requests == []
