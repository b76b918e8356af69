"""Does the journal bear out what is claimed to be in force?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from gatekeeper.rollout.history import GATE, Activation
from gatekeeper.rollout.notary import ACTIVATED, PROPOSED, Notary
from tests.support.journal import opened


async def test_only_what_stands_in_the_journal_at_its_place_is_attested(tmp_path: Path) -> None:
    journal = await opened(tmp_path)
    notary = Notary(journal, tmp_path)
    stream, proposed = await notary.record(PROPOSED, "b", {})
    place = await notary.record(ACTIVATED, "a", {"how": "promote", "who": GATE})
    at = datetime(2026, 11, 20, tzinfo=UTC)
    claim = Activation("a", at, "promote", GATE, "why", *place)
    assert notary.attests(claim)
    for lie in (
        msgspec.structs.replace(claim, digest="b"),
        msgspec.structs.replace(claim, seq=claim.seq + 1),
        msgspec.structs.replace(claim, stream="000009.host.0.00000000"),
        msgspec.structs.replace(claim, digest="b", stream=stream, seq=proposed),
    ):
        assert not notary.attests(lie), lie
    await journal.close()
    assert not replace(notary, folder=tmp_path / "nowhere").attests(claim)
