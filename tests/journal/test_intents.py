"""After a crash: which forwarded decisions have no outcome?"""

from __future__ import annotations

import shutil
from pathlib import Path

from gatekeeper.journal.intents import open_intents
from tests.support.journal import decision, opened


async def test_forwarding_decisions_without_outcome_are_open_and_others_are_not(
    tmp_path: Path,
) -> None:
    journal = await opened(tmp_path)
    for verdict in ("allow", "flag", "redact", "defer", "hold", "block"):
        await journal.append("decision", verdict, "acme", decision(verdict))
    await journal.append("outcome", "flag", "acme", {"end": "sent"})
    found = list(open_intents(tmp_path))
    assert [(i.id, i.tenant, i.position.seq) for i in found] == [
        ("allow", "acme", 2),
        ("redact", "acme", 4),
    ]
    await journal.close()


async def test_an_outcome_in_a_later_stream_settles(tmp_path: Path) -> None:
    journal = await opened(tmp_path / "run")
    for name in ("r0", "r1"):
        await journal.append("decision", name, "acme", decision())
    image = tmp_path / "image"
    shutil.copytree(tmp_path / "run", image)
    await journal.close()
    again = await opened(image)
    await again.append("outcome", "r0", "acme", {"end": "unknown"})
    assert [i.id for i in open_intents(image)] == ["r1"]
    assert [i.id for i in open_intents(image, before=again.stream)] == ["r0", "r1"]
    await again.close()
    assert [i.id for i in open_intents(image)] == ["r1"]


async def test_streams_before_a_settled_close_are_not_read_again(tmp_path: Path) -> None:
    journal = await opened(tmp_path)
    await journal.append("decision", "r0", "acme", decision())
    await journal.close()
    again = await opened(tmp_path)
    await again.close()
    assert [i.id for i in open_intents(tmp_path)] == ["r0"]
    once_more = await opened(tmp_path)
    once_more.settled = True
    await once_more.close()
    assert list(open_intents(tmp_path)) == []
