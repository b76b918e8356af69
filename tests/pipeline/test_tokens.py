"""Is a provider's token kept as long as it holds, and asked for by one alone?"""

from __future__ import annotations

import asyncio

import pytest

from gatekeeper.pipeline.tokens import EARLY_S, PAUSE_S, Holder, Tokens
from gatekeeper.providers.contract import Token

A = Holder("a", "account", "sealed")


class Provider:
    """Gives one token after another, or none."""

    def __init__(self, expires_s: float = 3600.0, *, gives: bool = True) -> None:
        self.asked = 0
        self.expires_s = expires_s
        self.gives = gives
        self.open = asyncio.Event()
        self.open.set()

    async def ask(self) -> Token | None:
        self.asked += 1
        number = self.asked
        await self.open.wait()
        return Token(f"t{number}", self.expires_s) if self.gives else None


def pass_time(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    loop = asyncio.get_running_loop()
    now = loop.time
    monkeypatch.setattr(loop, "time", lambda: now() + seconds)


@pytest.mark.parametrize(("expires", "lives"), [(3600.0, 3600.0 - EARLY_S), (90.0, 45.0)])
async def test_a_token_lives_until_shortly_before_its_end(
    monkeypatch: pytest.MonkeyPatch, expires: float, lives: float
) -> None:
    tokens, provider = Tokens(), Provider(expires)
    assert await tokens.get(A, provider.ask, 1) == "t1"
    pass_time(monkeypatch, lives - 1)
    assert await tokens.get(A, provider.ask, 1) == "t1"
    pass_time(monkeypatch, 2)
    assert await tokens.get(A, provider.ask, 1) == "t2"


@pytest.mark.parametrize(
    "other",
    [Holder("b", "account", "sealed"), Holder("a", "other", "sealed"), Holder("a", "account", "x")],
)
async def test_another_application_account_or_secret_has_no_part_in_it(other: Holder) -> None:
    tokens, provider = Tokens(), Provider()
    await tokens.get(A, provider.ask, 1)
    assert await tokens.get(other, provider.ask, 1) == "t2"


async def test_one_asks_and_the_others_wait() -> None:
    tokens, provider = Tokens(), Provider()
    provider.open.clear()
    waiting = [asyncio.create_task(tokens.get(A, provider.ask, 5)) for _ in range(50)]
    await asyncio.sleep(0)
    provider.open.set()
    assert await asyncio.gather(*waiting) == ["t1"] * 50
    assert provider.asked == 1


async def test_who_gives_up_takes_nothing_from_the_others() -> None:
    tokens, provider = Tokens(), Provider()
    provider.open.clear()
    first = asyncio.create_task(tokens.get(A, provider.ask, 5))
    await asyncio.sleep(0)
    second = asyncio.create_task(tokens.get(A, provider.ask, 5))
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.sleep(0)
    provider.open.set()
    assert await second == "t1"
    assert provider.asked == 1


async def test_nobody_waits_longer_than_its_time() -> None:
    tokens, provider = Tokens(), Provider()
    provider.open.clear()
    assert await tokens.get(A, provider.ask, 0.01) is None
    provider.open.set()
    assert await tokens.get(A, provider.ask, 1) == "t1"


async def test_after_a_failed_log_in_the_provider_has_a_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tokens, provider = Tokens(), Provider(gives=False)
    assert await tokens.get(A, provider.ask, 1) is None
    assert await tokens.get(A, provider.ask, 1) is None
    assert provider.asked == 1
    assert await tokens.get(Holder("a", "account", "new"), provider.ask, 1) is None
    assert provider.asked == 2, "another secret may be right"
    pass_time(monkeypatch, PAUSE_S + 0.1)
    provider.gives = True
    assert await tokens.get(A, provider.ask, 1) == "t3"


async def test_a_token_that_is_refused_is_forgotten_but_not_its_successor() -> None:
    tokens, provider = Tokens(), Provider()
    await tokens.get(A, provider.ask, 1)
    tokens.forget("a", "t1")
    assert await tokens.get(A, provider.ask, 1) == "t2"
    tokens.forget("a", "t1")
    tokens.forget("b", "t2")
    assert await tokens.get(A, provider.ask, 1) == "t2"
