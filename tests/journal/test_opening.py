"""A start: its own stream, linked to the one before; a failing disk is a refusal."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gatekeeper.errors import DependencyUnavailable
from gatekeeper.journal.checkpoints import newest, origin
from gatekeeper.journal.layout import streams
from gatekeeper.journal.lock import hold
from gatekeeper.journal.opening import Ground, prepare
from gatekeeper.journal.read import entries
from tests.support.journal import KEYRING, SMALL, FaultyDisk, now, opened


async def test_each_start_names_the_end_of_the_stream_before(tmp_path: Path) -> None:
    for _ in range(3):
        await (await opened(tmp_path)).close()
    opening = [e.line.content for e in entries(tmp_path) if e.line.kind == "stream.opened"]
    assert {content["origin"] for content in opening} == {origin(KEYRING.public_key)}
    ends = [(path.name, newest(path)) for path in streams(tmp_path)]
    assert [content["previous"] for content in opening] == [
        [],
        *([{"stream": name, "seq": end.seq, "head": end.head}] for name, end in ends[:2] if end),
    ]


def test_the_stream_is_signed_from_its_first_record(tmp_path: Path) -> None:
    ready = prepare(Ground(tmp_path, KEYRING, now, SMALL))
    signed = newest(streams(tmp_path)[0])
    assert signed is not None
    assert (signed.seq, signed.head) == ready.stream.head
    ready.stream.close()
    os.close(ready.lock)


@pytest.mark.parametrize("call", ["create", "write", "sync"])
async def test_a_disk_that_fails_at_the_start_is_told_and_frees_the_lock(
    tmp_path: Path, call: str
) -> None:
    disk = FaultyDisk()
    disk.fail[call] = 10
    with pytest.raises(DependencyUnavailable, match="Input/output"):
        await opened(tmp_path, disk=disk)
    os.close(hold(tmp_path))
    await (await opened(tmp_path)).close()
