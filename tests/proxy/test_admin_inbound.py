"""Does a command that registers webhooks hear where the provider must call?"""

from __future__ import annotations

from pathlib import Path

import aiohttp

from tests.support.gate import standing_gate
from tests.support.webhooks import PATH, PUBLIC, register


async def test_the_addresses_and_the_secret_are_told_once(tmp_path: Path) -> None:
    async with standing_gate(tmp_path, public_url=PUBLIC) as stand:
        told = await register(stand, url="https://app.example/sms")
        assert told["address"] == PUBLIC + PATH
        assert told["status_address"] == PUBLIC + PATH + "/status"
        stand.canaries.add(told["secret"])
        assert (await register(stand, url="https://app.example/sms"))["secret"] is None
        connector = aiohttp.UnixConnector(str(stand.settings.admin_socket))
        async with aiohttp.ClientSession(connector=connector) as session:
            async with session.get("http://admin/documents/application") as got:
                assert told["secret"] not in await got.text()
                assert "webhook_secret" not in await got.text()
            where = "http://admin/applications/nobody/webhook"
            async with session.post(where, json={"mode": "tap"}) as got:
                assert (got.status, "no application" in await got.text()) == (422, True)


async def test_without_a_public_url_nothing_is_registered(tmp_path: Path) -> None:
    async with standing_gate(tmp_path) as stand:
        connector = aiohttp.UnixConnector(str(stand.settings.admin_socket))
        where = "http://admin/applications/shop/webhook"
        async with (
            aiohttp.ClientSession(connector=connector) as session,
            session.post(where, json={}) as got,
        ):
            assert (got.status, "GATEKEEPER_PUBLIC_URL" in await got.text()) == (422, True)
