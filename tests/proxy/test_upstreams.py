"""Do allowed requests go where the operator said, and to the sandbox if nothing was said?"""

from __future__ import annotations

from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp
import pytest

from gatekeeper.errors import InputRejected
from gatekeeper.proxy.upstreams import SANDBOX_ACCOUNT, SANDBOX_SECRET, open_upstreams
from tests.support.gate import settings_in


async def test_the_sandbox_is_built_in_and_on_loopback_only(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        opened = await open_upstreams(settings_in(tmp_path, "sandbox"), stack)
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
        opened = await open_upstreams(settings_in(tmp_path, "http://127.0.0.1:9"), stack)
        assert (opened.sandbox, opened.url) == (False, "http://127.0.0.1:9")
        assert set(opened.by_provider) == {"twilio"}


@pytest.mark.parametrize("url", ["twilio", "ftp://x", "http://", "https://user:pass@host"])
async def test_what_is_no_url_is_refused(tmp_path: Path, url: str) -> None:
    async with AsyncExitStack() as stack:
        with pytest.raises(InputRejected):
            await open_upstreams(settings_in(tmp_path, url), stack)
