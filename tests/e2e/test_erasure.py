"""Is an erased person left alone, and their evidence gone, through restart and a lost store?"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from gatekeeper.vault.keyring import Keyring
from gatekeeper.vault.keystore import KeyStore
from tests.support.acme import FRIENDS, OFFERS, STOPPED
from tests.support.gate import Stand, standing_gate
from tests.support.journal import proved_with

FRIEND = FRIENDS["America/New_York"]


async def asked(stand: Stand, number: str) -> str | None:
    """The reason for which marketing to the person is refused at noon, None if it is not."""
    question: dict[str, Any] = {
        "channel": "sms",
        "from": OFFERS,
        "to": number,
        "text": "Acme: 20% off today. Reply STOP to opt out.",
        "at": "2026-12-02T12:00:00-05:00",
    }
    told = await stand.native("/v1/check", question)
    consent = [f["reason"] for f in told.body["findings"] if f["reason"].startswith("consent.")]
    return consent[0] if consent else None


async def evidence(stand: Stand, number: str) -> list[str]:
    told = await stand.native("/v1/people/export", {"number": number, "reason": "a test"})
    return [each["state"] for event in told.body["consents"] for each in event["evidence"]]


def secrets(stand: Stand) -> set[bytes]:
    """All that is secret in the key store: the wrapped keys."""
    store = KeyStore.open(stand.settings.key_store)
    found = {row[0] for row in store.rows("SELECT wrapped FROM person")}
    store.close()
    return {wrapped for wrapped in found if wrapped.strip(b"\0")}


def on_disk(folder: Path) -> bytes:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return b"\0".join(path.read_bytes() for path in files)


@pytest.mark.parametrize("lost", ["nothing", "store", "keys and store"])
async def test_an_erasure_is_final(tmp_path: Path, lost: str) -> None:
    async with standing_gate(tmp_path) as stand:
        assert await asked(stand, FRIEND) is None
        assert await evidence(stand, FRIEND) == ["readable"]
        before, older = secrets(stand), tmp_path / "older-keys"
        shutil.copy(stand.settings.key_store, older)
        for number in (FRIEND, STOPPED):
            body = {"number": number, "reason": "letter of 2 May", "basis": "gdpr-17"}
            told = await stand.native("/v1/people/erase", body)
            assert told.status == 200 and told.body["complete"]
        await stand.stop()
        (gone, other) = before - secrets(stand)
        older_bytes = older.read_bytes()
        older.unlink()
        raw = on_disk(tmp_path)
        assert gone[9:] not in raw and other[9:] not in raw
        if lost != "nothing":
            shutil.rmtree(stand.settings.data / "store")
        if lost == "keys and store":
            stand.settings.key_store.write_bytes(older_bytes)
        await stand.start()
        assert await asked(stand, FRIEND) in ("consent.expired", "consent.missing")
        assert await asked(stand, STOPPED) == "consent.revoked"
        assert await evidence(stand, FRIEND) == ["erased"]
        await stand.stop()
        raw = on_disk(tmp_path)
        assert gone[9:] not in raw and other[9:] not in raw
        keyring = Keyring.open(stand.settings.keyring_file, journal_exists=True)
        assert proved_with(stand.settings.journal_folder, keyring).ok
