"""How are more numbers sorted than should be in memory at once?

They are spooled to a file in sorted runs; then each prefix is read from all runs and merged. What
is in memory is one run, the index of the runs, and one prefix.
"""

from __future__ import annotations

import itertools
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gatekeeper.store.entries import PREFIX_NUMBERS, Entries, merged, numbers_of

RUN = 2_000_000
"""Entries sorted at once: 16 MB, and as much again while they are sorted."""
_BYTES = 8
_Index = tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.int64]]


class Runs:
    """Entries in any order going in, by prefix coming out; the file has no name and leaves none."""

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - `close` gives it back
        self._waiting: list[Entries] = []
        self._waits = 0
        self._written = 0
        self._index: list[_Index] = []

    def close(self) -> None:
        """Give the file back."""
        self._file.close()

    def add(self, entries: Entries) -> None:
        """Take more entries."""
        self._waiting.append(entries)
        self._waits += len(entries)
        if self._waits >= RUN:
            self._spill()

    def prefixes(self) -> Iterator[tuple[int, Entries]]:
        """Every prefix in ascending order, with its entries merged."""
        self._spill()
        if not self._index:
            return
        prefixes, starts, lengths = (
            np.concatenate(parts) for parts in zip(*self._index, strict=True)
        )
        order = np.argsort(prefixes, kind="stable")
        prefixes, starts, lengths = prefixes[order], starts[order], lengths[order]
        bounds = [*_changes(prefixes), len(prefixes)]
        for first, end in itertools.pairwise(bounds):
            parts = [self._read(int(starts[i]), int(lengths[i])) for i in range(first, end)]
            yield int(prefixes[first]), merged(np.concatenate(parts))

    def _spill(self) -> None:
        if not self._waits:
            return
        run = merged(np.concatenate(self._waiting))
        self._waiting, self._waits = [], 0
        prefixes = numbers_of(run) // np.uint64(PREFIX_NUMBERS)
        firsts = np.array(_changes(prefixes), dtype=np.int64)
        lengths = np.diff(np.append(firsts, len(run)))
        self._index.append((prefixes[firsts], self._written + firsts, lengths))
        self._file.write(run.tobytes())
        self._file.flush()
        self._written += len(run)

    def _read(self, start: int, length: int) -> Entries:
        raw = os.pread(self._file.fileno(), length * _BYTES, start * _BYTES)
        return np.frombuffer(raw, dtype=np.uint64)


def _changes(prefixes: NDArray[np.uint64]) -> list[int]:
    """Where each new prefix begins."""
    return [0, *(np.flatnonzero(prefixes[1:] != prefixes[:-1]) + 1).tolist()]
