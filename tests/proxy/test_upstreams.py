"""Do allowed requests go where the operator said, and to the sandbox if nothing was said?"""

from __future__ import annotations

from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp
import pytest

from gatekeeper.errors import InputRejected
from gatekeeper.providers import PROVIDERS
from gatekeeper.proxy.upstreams import chosen_upstreams, open_upstreams
from gatekeeper.sandbox.accounts import SANDBOX_ACCOUNT, SANDBOX_SECRET
from tests.support.gate import settings_in


async def test_the_sandbox_is_built_in_and_on_loopback_only(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        opened = await open_upstreams(settings_in(tmp_path, "sandbox"), PROVIDERS, stack)
        assert opened.sandbox is True
        assert opened.url.startswith("http://127.0.0.1:")
        target = f"{opened.url}/2010-04-01/Accounts/{SANDBOX_ACCOUNT}/Messages.json"
        basic = aiohttp.encode_basic_auth(SANDBOX_ACCOUNT, SANDBOX_SECRET)
        session = aiohttp.ClientSession(headers={"Authorization": basic})
        async with session, session.get(target) as got:
            assert got.status == 200
        url = opened.url
    with pytest.raises(aiohttp.ClientConnectionError):
        async with aiohttp.ClientSession() as session:
            await session.get(url)


async def test_a_provider_is_where_its_url_says(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        opened = await open_upstreams(settings_in(tmp_path, "http://127.0.0.1:9"), PROVIDERS, stack)
        assert (opened.sandbox, opened.url) == (False, "http://127.0.0.1:9")
        assert set(opened.by_service) == {"twilio"}


@pytest.mark.parametrize("url", ["twilio", "ftp://x", "http://", "https://user:pass@host"])
async def test_what_is_no_url_is_refused(tmp_path: Path, url: str) -> None:
    async with AsyncExitStack() as stack:
        with pytest.raises(InputRejected):
            await open_upstreams(settings_in(tmp_path, url), PROVIDERS, stack)


def test_without_a_setting_every_service_is_the_sandbox(tmp_path: Path) -> None:
    chosen = chosen_upstreams(settings_in(tmp_path, "sandbox"), PROVIDERS)
    services = sum(len(provider.services) for provider in PROVIDERS)
    assert list(chosen.values()) == ["sandbox"] * services


def test_once_one_upstream_is_set_those_that_are_not_named_are_closed(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, "sandbox").model_copy(update={"upstreams": {"twilio": "live"}})
    chosen = chosen_upstreams(settings, PROVIDERS)
    assert chosen["twilio"] == "https://api.twilio.com"
    assert chosen["twilio-verify"] == "https://verify.twilio.com"
    assert all(name.startswith("twilio") for name in chosen)


def test_a_service_may_have_an_upstream_of_its_own(tmp_path: Path) -> None:
    given = {"twilio": "live", "twilio-verify": "https://verify.example"}
    settings = settings_in(tmp_path, "sandbox").model_copy(update={"upstreams": given})
    assert chosen_upstreams(settings, PROVIDERS)["twilio-verify"] == "https://verify.example"


def test_an_upstream_of_nobody_we_know_is_refused(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, "sandbox").model_copy(update={"upstreams": {"twillio": "x"}})
    with pytest.raises(InputRejected, match="'twillio'; known are: twilio, twilio-"):
        chosen_upstreams(settings, PROVIDERS)
