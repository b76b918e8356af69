"""Sorting beyond memory: whatever the runs, the prefixes come out in order and merged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gatekeeper.store import runs as runs_module
from gatekeeper.store.entries import entry, merged
from gatekeeper.store.runs import Runs

BATCHES = st.lists(st.lists(st.integers(12_000_000_000, 12_009_999_999), max_size=20), max_size=8)


@given(batches=BATCHES, run=st.integers(1, 40))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_prefixes_come_out_in_order_whatever_the_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batches: list[list[int]], run: int
) -> None:
    monkeypatch.setattr(runs_module, "RUN", run)
    runs = Runs(tmp_path)
    for batch in batches:
        runs.add(np.array([entry(n) for n in batch], dtype=np.uint64))
    told = list(runs.prefixes())
    runs.close()
    numbers = sorted({n for batch in batches for n in batch})
    assert [prefix for prefix, _ in told] == sorted({n // 10**6 for n in numbers})
    assert [int(e) >> 18 for _, entries in told for e in entries] == numbers
    assert all(merged(entries).tolist() == entries.tolist() for _, entries in told)


def test_nothing_is_left_in_the_folder(tmp_path: Path) -> None:
    runs = Runs(tmp_path)
    runs.add(np.array([entry(12125551234)], dtype=np.uint64))
    assert len(list(runs.prefixes())) == 1
    assert list(tmp_path.iterdir()) == []
    runs.close()
