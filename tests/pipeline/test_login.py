"""Does an app log in with its own key, and the gate with the provider's secret?"""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace as changed

import pytest
from msgspec.structs import replace

from gatekeeper.pipeline.flight import Flight
from gatekeeper.pipeline.outbound import outbound
from gatekeeper.providers.contract import Credential, Handling, Operation, RawRequest
from tests.support.acme import UPSTREAM_SECRET
from tests.support.gate import Stand
from tests.support.recording_carrier import Script, accept, reply
from tests.support.spine import flight, raw, rooms
from tests.support.token_provider import Logs, TokenProvider

pytestmark = pytest.mark.asyncio(loop_scope="module")


def carrier(token: str | None, status: int = 200) -> Script:
    """A provider that gives this token and then takes messages."""

    async def script(request: bytes) -> bytes | None:
        if request.startswith(b"POST /login "):
            return reply(status, {"token": token})
        return await accept(request)

    return script


def sending(acme: Stand) -> Flight:
    under_way = flight(rooms(acme), raw(acme))
    under_way.provider = TokenProvider()
    return under_way


async def test_the_app_gets_its_own_key_back(acme: Stand) -> None:
    under_way = sending(acme)
    under_way.operation = Operation("login", Handling.LOGIN)
    answer = await outbound(under_way)
    assert json.loads(answer.body) == {"token": acme.key}
    assert acme.carrier.requests == []


async def test_a_provider_without_log_in_has_none(acme: Stand) -> None:
    under_way = flight(rooms(acme), raw(acme))
    under_way.operation = Operation("login", Handling.LOGIN)
    assert (await outbound(under_way)).status == 404


async def test_a_message_leaves_with_the_token_which_is_asked_for_once(acme: Stand) -> None:
    acme.carrier.script = carrier("T-1")
    first = sending(acme)
    assert (await outbound(first)).status == 201
    second = sending(acme)
    second.rooms = first.rooms
    assert (await outbound(second)).status == 201
    login, *messages = acme.carrier.requests
    assert UPSTREAM_SECRET.encode() in login
    assert len(messages) == 2
    provider = TokenProvider()
    for message in messages:
        head = message.partition(b"\r\n\r\n")[0].decode().split("\r\n")[1:]
        pairs = tuple((name, value) for name, _, value in (line.partition(": ") for line in head))
        credential = provider.credential(replace(first.raw, headers=pairs))
        assert credential is not None
        assert credential.secret == "T-1"


@pytest.mark.parametrize(("token", "status"), [(None, 200), ("T", 401), ("T", 500)])
async def test_without_a_token_nothing_leaves_and_the_app_may_try_again(
    acme: Stand, token: str | None, status: int
) -> None:
    acme.carrier.script = carrier(token, status)
    answer = await outbound(sending(acme))
    assert answer.status == 503
    assert "Retry-After" in dict(answer.headers)
    assert len(acme.carrier.requests) == 1


async def test_a_log_in_goes_where_the_message_goes_if_nothing_is_set_for_it(acme: Stand) -> None:
    class Elsewhere(Logs):
        def token_request(self, credential: Credential) -> RawRequest | None:
            asked = super().token_request(credential)
            return replace(asked, service="auth") if asked else None

    provider = TokenProvider()
    provider.login = Elsewhere()
    acme.carrier.script = carrier("T-2")
    under_way = sending(acme)
    under_way.provider = provider
    assert (await outbound(under_way)).status == 201
    assert len(acme.carrier.requests) == 2


async def test_a_log_in_that_is_never_answered_lets_nothing_leave(acme: Stand) -> None:
    """All who wait hear of it in time, and may send again."""

    async def script(request: bytes) -> bytes | None:
        if request.startswith(b"POST /login "):
            await asyncio.sleep(5)
        return await accept(request)

    acme.carrier.script = script
    first = sending(acme)
    first.rooms = changed(first.rooms, upstream_timeout_s=0.3)
    second = sending(acme)
    second.rooms = first.rooms
    replies = await asyncio.gather(outbound(first), outbound(second))
    assert [each.status for each in replies] == [503, 503]
    assert len(acme.carrier.requests) == 1


async def test_a_token_that_the_provider_no_longer_takes_is_asked_for_anew(acme: Stand) -> None:
    """The app hears of it and may send again: the first try did nothing."""
    given: list[str] = []

    async def script(request: bytes) -> bytes | None:
        if request.startswith(b"POST /login "):
            given.append(f"T-{len(given)}")
            return reply(200, {"token": given[-1]})
        if len(given) == 1:
            return reply(401, {"code": 20003})
        return await accept(request)

    acme.carrier.script = script
    first = sending(acme)
    first.hints = replace(first.hints, idempotency_key="one-message")
    assert (await outbound(first)).status == 401
    second = sending(acme)
    second.rooms, second.hints = first.rooms, first.hints
    assert (await outbound(second)).status == 201
    assert given == ["T-0", "T-1"]


async def test_a_secret_that_is_a_token_already_is_sent_as_it_is(acme: Stand) -> None:
    class Static(Logs):
        def token_request(self, credential: Credential) -> RawRequest | None:
            return None

    provider = TokenProvider()
    provider.login = Static()
    under_way = sending(acme)
    under_way.provider = provider
    assert (await outbound(under_way)).status == 201
    (sent,) = acme.carrier.requests
    assert not sent.startswith(b"POST /login ")


async def test_no_token_is_told_to_log_or_journal(
    acme: Stand, capsys: pytest.CaptureFixture[str]
) -> None:
    token = "Tok-Quizzaciously-1"
    acme.carrier.script = carrier(token)
    assert (await outbound(sending(acme))).status == 201
    kept = b"".join(
        path.read_bytes() for path in acme.gate.settings.data.rglob("*") if path.is_file()
    )
    said = capsys.readouterr()
    assert token.encode() not in kept
    assert token not in said.out + said.err
