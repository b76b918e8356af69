"""Does a webhook go to the app's address alone, within bounds, and nowhere inside unasked?"""

from __future__ import annotations

import asyncio

import pytest

from gatekeeper.errors import DependencyUnavailable, InputRejected
from gatekeeper.pipeline import inbound_relay
from gatekeeper.pipeline.inbound_relay import ORIGINS, Relay, anonymous, origin_of
from gatekeeper.pipeline.upstream import NotSent, Outcome, Unknown
from gatekeeper.pipeline.upstream_origin import Origin
from gatekeeper.providers.contract import RawRequest, Reply
from tests.support.customer_app import running_app

RAW = RawRequest("POST", "/sms", (("Content-Type", "text/plain"),), b"x")
URL = "https://app.example/sms"


class Fake:
    """An upstream that ends as it is told."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.closed = 0
        self.sent: list[RawRequest] = []

    async def send(self, request: RawRequest, deadline: float) -> Outcome:
        self.sent.append(request)
        return self.outcome

    async def close(self) -> None:
        self.closed += 1


async def test_only_what_means_something_to_a_provider_comes_back() -> None:
    headers = (("Content-Type", "text/xml"), ("Set-Cookie", "a=b"), ("Server", "inner"))
    relay = Relay(allow_private=False, connect=lambda _: Fake(Reply(204, headers, b"y")))
    reply = await relay.relay(URL, RAW)
    assert (reply.status, reply.headers, reply.body) == (200, headers[:2], b"y")
    await relay.close()


async def test_what_belongs_to_the_way_to_the_gate_stays_there() -> None:
    fake = Fake(Reply(200, (), b""))
    relay = Relay(allow_private=False, connect=lambda _: fake)
    headers = (("Via", "1.1 edge"), ("X-Forwarded-Proto", "http"))
    kept = (("Content-Type", "text/plain"), ("X-Twilio-Signature", "s"), ("Cookie", "a=b"))
    await relay.relay(URL, RawRequest("POST", "/sms", (*headers, *kept), b"x"))
    (sent,) = fake.sent
    assert (sent.headers, sent.body) == (kept, b"x")


def test_a_credential_of_the_operators_own_proxy_is_nothing_for_an_app() -> None:
    headers = (("authorization", "Basic b3BlcmF0b3I="), ("Cookie", "a=b"))
    left = anonymous(RawRequest("POST", "/sms", headers, b"x", "rest"))
    assert left == RawRequest("POST", "/sms", (("Cookie", "a=b"),), b"x", "rest")


@pytest.mark.parametrize(
    "outcome",
    [NotSent("refused"), Unknown("cut"), *(Reply(n, (), b"") for n in (301, 404, 429, 500))],
    ids=str,
)
async def test_anything_but_a_success_is_told_to_the_provider(outcome: Outcome) -> None:
    relay = Relay(allow_private=False, connect=lambda _: Fake(outcome))
    with pytest.raises(DependencyUnavailable):
        await relay.relay(URL, RAW)


async def test_a_slow_app_is_given_up() -> None:
    async with running_app() as app:
        app.delay_s = 5
        relay = Relay(allow_private=True, within_s=0.2)
        started = asyncio.get_running_loop().time()
        with pytest.raises(DependencyUnavailable, match="passed on"):
            await relay.relay(app.url + "/sms", RAW)
        assert asyncio.get_running_loop().time() - started < 2
        await relay.close()


async def test_a_name_that_leads_inside_is_not_followed() -> None:
    """`localhost` stands for any name that resolves to an inner address."""
    relay = Relay(allow_private=False)
    with pytest.raises(InputRejected, match="GATEKEEPER_RELAY_PRIVATE"):
        await relay.relay("http://localhost:8081/metrics", RAW)
    with pytest.raises(DependencyUnavailable):
        await relay.relay("https://10.0.0.1/sms", RAW)
    with pytest.raises(DependencyUnavailable):
        await relay.relay("https://[::ffff:169.254.169.254]/latest", RAW)
    await relay.close()


@pytest.mark.parametrize(
    "url",
    ["http://app.example/sms", "https://me:pw@app.example", "https://app.example/#a", "ftp://a",
     "https://", "https://app.example:99999/", "http://127.0.0.1/x", "http://[::1]/x"],
)  # fmt: skip
def test_an_address_that_may_not_be_called_is_refused(url: str) -> None:
    with pytest.raises(InputRejected):
        origin_of(url, allow_private=False)


def test_an_address_may_have_a_port_and_a_query() -> None:
    assert origin_of("https://app.example:8443/a?b=c", allow_private=False) == Origin(
        "https", "app.example", 8443
    )
    assert origin_of("http://[::1]:80/a", allow_private=True).host == "::1"


async def test_connections_are_kept_for_so_many_apps_and_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(inbound_relay, "ORIGINS", 2)
    made: list[Fake] = []

    def connect(_: Origin) -> Fake:
        made.append(Fake(Reply(200, (), b"")))
        return made[-1]

    relay = Relay(allow_private=False, connect=connect, within_s=0.01)
    for name in ("a", "b", "a", "c"):
        await relay.relay(f"https://{name}.example/", RAW)
    await asyncio.sleep(0.05)
    assert [each.closed for each in made] == [0, 1, 0], "b was idle longest"
    assert ORIGINS > 2
    await relay.close()
