"""Copies of versions: whole or not there, and a changed one is not taken for the version."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from gatekeeper.errors import DependencyUnavailable
from gatekeeper.store.copies import Copy, Form, Segment, Writer
from gatekeeper.store.entries import LISTED, entry
from gatekeeper.store.segments import DATED, PLAIN, pack
from tests.store.test_segments import some

FORM = Form("1", PLAIN)


def written(path: Path, form: Form = FORM) -> tuple[Copy, str]:
    writer = Writer(path, form)
    for prefix in (12125, 12126, 13055):
        entries = some(50, form.width)
        writer.add(Segment(prefix, len(entries), pack(entries, form.width)))
    digest = writer.finish()
    return Copy(path), digest


@pytest.mark.parametrize("form", [FORM, Form("", DATED, partial=True)])
def test_what_is_written_is_what_is_read(tmp_path: Path, form: Form) -> None:
    copy, digest = written(tmp_path / "v.numbers", form)
    assert copy.form == form
    assert [(s.prefix, s.count) for s in copy.segments()] == [(12125, 50), (12126, 50), (13055, 50)]
    assert copy.digest() == digest
    assert [path.name for path in tmp_path.iterdir()] == ["v.numbers"]
    assert (tmp_path / "v.numbers").stat().st_mode & 0o077 == 0


def test_a_number_is_looked_up_without_reading_all(tmp_path: Path) -> None:
    copy, _ = written(tmp_path / "v.numbers")
    listed = {int(e) >> 18 for e in some(50, PLAIN)}
    for number in listed:
        rest = number % 10**6
        assert copy.find(13055 * 10**6 + rest) == LISTED
        assert (copy.find(13055 * 10**6 + (rest + 1) % 10**6) == LISTED) is (number + 1 in listed)
        assert copy.find(19999 * 10**6 + rest) is copy.find(12200 * 10**6 + rest) is None
    assert entry(1) >> 18 == 1


def test_a_draft_that_is_given_up_leaves_nothing(tmp_path: Path) -> None:
    writer = Writer(tmp_path / "v.numbers", FORM)
    writer.add(Segment(12125, 1, b"abc"))
    writer.discard()
    assert list(tmp_path.iterdir()) == []


def test_a_changed_copy_has_another_digest_or_cannot_be_read(tmp_path: Path) -> None:
    copy, digest = written(tmp_path / "v.numbers")
    whole = copy.path.read_bytes()
    for place in range(0, len(whole), 7):
        changed = bytearray(whole)
        changed[place] ^= 1
        copy.path.write_bytes(changed)
        with contextlib.suppress(DependencyUnavailable):
            again = Copy(copy.path)
            same = again.form == copy.form and list(again.segments()) == list(copy.segments())
            assert same or again.digest() != digest, place


def test_a_copy_that_breaks_off_is_told(tmp_path: Path) -> None:
    copy, digest = written(tmp_path / "v.numbers")
    whole = copy.path.read_bytes()
    for length in (0, 10, 60, len(whole) - 1, len(whole) - 30):
        copy.path.write_bytes(whole[:length])
        with contextlib.suppress(DependencyUnavailable):
            assert Copy(copy.path).digest() != digest
    copy.path.unlink()
    with pytest.raises(DependencyUnavailable, match="no copy"):
        Copy(copy.path)
