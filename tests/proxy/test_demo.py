"""Does the demo tenant hold enough to see each verdict, in the sandbox only?"""

from __future__ import annotations

import stat
from base64 import b64encode
from pathlib import Path
from urllib.parse import urlencode

import pytest

from gatekeeper.errors import InputRejected
from gatekeeper.proxy.demo import (
    CODES,
    KEY_FILE,
    LISTED,
    SERVICE,
    SHOP,
    STOPPED,
    STRANGER,
    SUSPENDED,
    ensure_demo,
)
from gatekeeper.proxy.gate import Gate, start
from gatekeeper.sandbox.accounts import SANDBOX_ACCOUNT
from tests.support.gate import FORM, settings_in
from tests.support.wire import ask, request

TARGET = f"/2010-04-01/Accounts/{SANDBOX_ACCOUNT}/Messages.json"


async def reason(gate: Gate, key: str, sender: str, to: str) -> str:
    """Why a message is refused, empty if it is sent."""
    basic = b64encode(f"{SANDBOX_ACCOUNT}:{key}".encode()).decode()
    body = urlencode({"To": to, "From": sender, "Body": "Your code is 123456"}).encode()
    headers = {"Authorization": f"Basic {basic}", "Content-Type": FORM}
    answer = await ask(gate.port, request("POST", TARGET, headers, body))
    assert answer is not None
    return answer.headers.get("Gatekeeper-Reason", "") if answer.status != 201 else ""


async def test_it_is_made_once_and_found_again(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, "sandbox")
    gate = await start(settings, lambda _: None)
    key = await ensure_demo(gate)
    registered = gate.ground.ledger.last
    kept = settings.data / KEY_FILE
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert await reason(gate, key, SHOP, STOPPED) == "consent.revoked"
    assert await reason(gate, key, SHOP, STRANGER) == "consent.missing"
    assert await reason(gate, key, SHOP, LISTED) == "consent.revoked"
    assert await reason(gate, key, SUSPENDED, STRANGER) == "sender.inactive"
    assert await reason(gate, key, CODES, STRANGER) == "consent.missing"
    await gate.stop()

    gate = await start(settings, lambda _: None)
    assert await ensure_demo(gate) == key
    assert gate.ground.ledger.last == registered + 1, "only the list's new version"
    await gate.stop()


async def test_a_start_that_was_cut_off_is_made_good(tmp_path: Path) -> None:
    """Without its key file everything is registered again, and a new key is made."""
    settings = settings_in(tmp_path, "sandbox")
    gate = await start(settings, lambda _: None)
    first = await ensure_demo(gate)
    (settings.data / KEY_FILE).unlink()
    second = await ensure_demo(gate)
    assert second != first
    assert await reason(gate, first, SERVICE, STOPPED) == "credential.invalid"
    assert await reason(gate, second, SHOP, STOPPED) == "consent.revoked"
    await gate.stop()


async def test_it_is_not_made_where_messages_really_go_out(tmp_path: Path) -> None:
    gate = await start(settings_in(tmp_path, "http://127.0.0.1:9"), lambda _: None)
    with pytest.raises(InputRejected, match="sandbox"):
        await ensure_demo(gate)
    assert gate.configuration.current.registry.tenants == {}
    await gate.stop()
