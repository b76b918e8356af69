"""Tampering is found, whatever it is; an honest crash is not tampering."""

from __future__ import annotations

import asyncio
import random
import re
import shutil
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from gatekeeper.journal.checkpoints import checkpoint
from gatekeeper.journal.layout import segments, streams
from gatekeeper.journal.record import Head
from gatekeeper.journal.verify import verify
from gatekeeper.vault.keyfile import generate
from gatekeeper.vault.keyring import Keyring
from gatekeeper.vault.signing import PublicKey
from tests.support.journal import KEYRING, decision, now, opened, proved


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two closed streams of several segments each."""
    folder = tmp_path_factory.mktemp("pristine")
    asyncio.run(written(folder))
    return folder


async def written(folder: Path) -> None:
    for start in range(2):
        journal = await opened(folder)
        for n in range(12):
            await journal.append("decision", f"s{start}r{n}", "acme", decision("block"))
        await journal.close()


@pytest.fixture
def journal(pristine: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(pristine, tmp_path / "journal"))


def files(folder: Path) -> list[Path]:
    return [segment.path for stream in streams(folder) for segment in segments(stream)]


def lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


def test_an_untouched_journal_is_whole(journal: Path) -> None:
    told: list[int] = []
    report = verify(journal, PublicKey(KEYRING.public_key), told.append)
    assert (report.ok, report.streams, report.records, report.notes) == (True, 2, 28, [])
    assert sum(told) == sum(path.stat().st_size for path in files(journal))


def _flip(path: Path, dice: random.Random) -> None:
    raw = bytearray(path.read_bytes())
    raw[dice.randrange(len(raw))] ^= 1 << dice.randrange(8)
    path.write_bytes(raw)


def _delete(path: Path, dice: random.Random) -> None:
    kept = lines(path)
    del kept[dice.randrange(len(kept))]
    path.write_bytes(b"".join(kept))


def _swap(path: Path, dice: random.Random) -> None:
    kept = lines(path)
    a, b = dice.sample(range(len(kept)), 2) if len(kept) > 1 else (0, 0)
    kept[a], kept[b] = kept[b], kept[a]
    path.write_bytes(b"".join(kept) if a != b else b"")


def _insert(path: Path, dice: random.Random) -> None:
    kept = lines(path)
    kept.insert(dice.randrange(len(kept) + 1), dice.choice(kept))
    path.write_bytes(b"".join(kept))


def _truncate(path: Path, dice: random.Random) -> None:
    path.write_bytes(path.read_bytes()[: dice.randrange(path.stat().st_size)])


def _remove(path: Path, dice: random.Random) -> None:
    del dice
    path.unlink()


@pytest.mark.parametrize("tamper", [_flip, _delete, _swap, _insert, _truncate, _remove])
@pytest.mark.parametrize("seed", range(12))
def test_any_change_of_a_segment_is_found(
    journal: Path, tamper: Callable[[Path, random.Random], None], seed: int
) -> None:
    dice = random.Random(seed)
    tamper(dice.choice(files(journal)), dice)
    report = proved(journal)
    assert not report.ok
    assert all(fault.path.is_relative_to(journal) for fault in report.faults)


def test_the_place_of_a_changed_line_is_told(journal: Path) -> None:
    path = files(journal)[0]
    path.write_bytes(path.read_bytes().replace(b'"id":"s0r1"', b'"id":"s0rX"'))
    (fault,) = proved(journal).faults
    assert str(fault).startswith(f"{path}:4: the line before is not the one")


def test_a_journal_rewritten_with_true_hashes_is_stopped_by_the_signature(journal: Path) -> None:
    """A forger without the key can chain anew, but not sign."""
    path = files(journal)[-1]
    raw = lines(path)
    raw[-1] = raw[-1].replace(b'"settled":false', b'"settled":null')
    path.write_bytes(b"".join(raw))
    (fault,) = proved(journal).faults
    assert "signed checkpoint" in fault.what


def test_a_sequence_that_jumps_is_found_though_the_hashes_are_true(journal: Path) -> None:
    path = files(journal)[-1]
    raw = lines(path)
    raw[-1] = re.sub(rb'"seq":\d+', b'"seq":99', raw[-1])
    path.write_bytes(b"".join(raw))
    assert "sequence 99 follows" in proved(journal).faults[0].what


def test_records_gone_since_the_last_checkpoint_are_found(journal: Path) -> None:
    path = files(journal)[-1]
    path.write_bytes(b"".join(lines(path)[:-1]))
    assert any("were signed and are gone" in fault.what for fault in proved(journal).faults)


def test_a_missing_stream_is_found_through_the_next_one(journal: Path) -> None:
    gone = streams(journal)[0]
    shutil.rmtree(gone)
    (fault,) = proved(journal).faults
    assert fault.what == f"stream {gone.name} is missing"


def test_a_stream_copied_under_another_name_is_found(journal: Path) -> None:
    source = streams(journal)[0]
    shutil.copytree(source, source.with_name(source.name.replace("000001", "000003")))
    assert any("a record of stream" in fault.what for fault in proved(journal).faults)


def test_another_key_proves_nothing(journal: Path) -> None:
    report = verify(journal, PublicKey(Keyring(generate()).public_key))
    assert not report.ok
    assert "signed by another key" in report.faults[0].what


@pytest.mark.parametrize("field", ["seq", "head", "at", "state", "signature"])
def test_any_changed_checkpoint_is_found(journal: Path, field: str) -> None:
    path = streams(journal)[0] / "checkpoints.jsonl"
    kept = lines(path)
    checkpoint = msgspec.json.decode(kept[0])
    values = {"seq": 2, "head": "0" * 64, "at": "2020", "state": "closed"}
    checkpoint[field] = values.get(field, b64encode(bytes(64)).decode())
    path.write_bytes(msgspec.json.encode(checkpoint) + b"\n" + b"".join(kept[1:]))
    assert "bad signature" in proved(journal).faults[0].what


def test_a_checkpoint_that_is_no_json_and_one_out_of_order_are_found(journal: Path) -> None:
    path = streams(journal)[0] / "checkpoints.jsonl"
    kept = lines(path)
    path.write_bytes(b"rubbish\n" + b"".join((*kept, kept[0])))
    found = [(fault.line, fault.what) for fault in proved(journal).faults]
    assert (1, "not a checkpoint") in found
    assert (len(kept) + 2, "checkpoints are out of order") in found


def test_a_truly_signed_checkpoint_of_another_history_is_found(journal: Path) -> None:
    """Two histories under one key: what a rolled-back and re-used disk would show."""
    stream = streams(journal)[0]
    path = stream / "checkpoints.jsonl"
    forked = checkpoint(KEYRING, stream.name, Head(3, "ab" * 32), now(), closed=False)
    kept = lines(path)
    path.write_bytes(kept[0] + forked + b"".join(kept[1:]))
    assert "not the line that the signed checkpoint covers" in proved(journal).faults[0].what


async def test_a_running_journal_verifies_with_a_note(tmp_path: Path) -> None:
    journal = await opened(tmp_path)
    await journal.append("decision", "r0", "acme", decision())
    report = proved(tmp_path)
    assert report.ok
    assert "in use" in report.notes[0].what
    await journal.close()


def test_faults_are_counted_and_kept_within_bounds(journal: Path) -> None:
    path = files(journal)[0]
    path.write_bytes(b"rubbish\n" * 3000)
    report = proved(journal)
    assert report.fault_count >= 3000
    assert len(report.faults) == 1000


def test_an_empty_folder_holds_no_record(tmp_path: Path) -> None:
    report = proved(tmp_path)
    assert (report.ok, report.streams, report.records) == (True, 0, 0)
