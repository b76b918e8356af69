"""How does a file become the numbers of a new version, in little memory, before anyone sees it?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from gatekeeper.store.copies import Copy, Form, Segment, Writer
from gatekeeper.store.entries import Entries, merged, without
from gatekeeper.store.number_line import Grammar
from gatekeeper.store.number_text import Tally, read_entries
from gatekeeper.store.runs import Runs
from gatekeeper.store.segments import DATED, PLAIN, pack, unpack

BAD_LINES_MAX = 100_000
"""A file with more bad lines is not the list that it is said to be."""
_NOTHING: Entries = np.empty(0, dtype=np.uint64)

Chunks = Iterable[bytes]
Tell = Callable[[str, int], None]
"""Takes a stage and how far it is."""
BadLine = Callable[[int, str], None]


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a new version: all of it, or what is different from the version before."""

    grammar: Grammar
    come: Chunks
    go: Chunks = ()
    """A second text, of numbers that go."""
    base: Copy | None = None
    """The version that it is a difference to."""


@dataclass(frozen=True, slots=True)
class Staged:
    """What came of it; `digest` is the copy's."""

    count: int
    added: int
    removed: int
    digest: str
    form: Form


def stage(path: Path, source: Source, bad_line: BadLine, tell: Tell) -> Staged:
    """Write the numbers of a source as a copy at `path`; nothing is there if it fails."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with ExitStack() as stack:
        come, go = Runs(path.parent), Runs(path.parent)
        stack.callback(come.close)
        stack.callback(go.close)
        answers = _read(source, (come, go), bad_line, tell)
        form = _form(source, answers)
        writer = Writer(path, form)
        stack.callback(writer.discard)
        added = removed = 0
        for prefix, was, now in _combined(source.base, come, go):
            added += len(without(now, was))
            removed += len(without(was, now))
            if len(now):
                writer.add(Segment(prefix, len(now), pack(now, form.width)))
                tell("sorted", writer.count)
        return Staged(writer.count, added, removed, writer.finish(), form)


def _form(source: Source, answers: int) -> Form:
    if source.base is not None:
        form = source.base.form
        return Form(form.plan, form.width, form.partial or answers > 0)
    grammar = source.grammar
    return Form(grammar.plan, DATED if grammar.dated else PLAIN, answers > 0)


def _read(source: Source, runs: tuple[Runs, Runs], bad_line: BadLine, tell: Tell) -> int:
    """Read all texts into runs; how many lines were answers."""
    tally, (come, go) = Tally(), runs
    for batch in read_entries(source.come, source.grammar, tally, bad_line):
        come.add(batch.come)
        go.add(batch.go)
        tell("read", tally.lines)
    for batch in read_entries(source.go, source.grammar, tally, bad_line):
        go.add(batch.come)
        tell("read", tally.lines)
    return tally.answers


def _combined(base: Copy | None, come: Runs, go: Runs) -> Iterator[tuple[int, Entries, Entries]]:
    """Each prefix in ascending order: what was on the list, and what is now.

    What comes and goes in one difference stays: of two words on one person the stricter counts.
    """
    sources = [_of_base(base), come.prefixes(), go.prefixes()]
    heads = [next(source, None) for source in sources]
    while any(head is not None for head in heads):
        prefix = min(head[0] for head in heads if head is not None)
        parts = [_NOTHING, _NOTHING, _NOTHING]
        for place, head in enumerate(heads):
            if head is not None and head[0] == prefix:
                parts[place] = head[1]
                heads[place] = next(sources[place], None)
        was, new, gone = parts
        stays = without(without(was, gone), new)
        yield prefix, was, merged(np.concatenate((stays, new)))


def _of_base(base: Copy | None) -> Iterator[tuple[int, Entries]]:
    if base is not None:
        for segment in base.segments():
            yield segment.prefix, unpack(segment.prefix, segment.packed, base.form.width)
