"""How does a list that comes as a file get its new version?

It is staged beside the active version and counted; then one journal record swaps it in. A failure
before that leaves the old version as it was. The same file for the same day changes nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from msgspec.structs import replace as changed

from gatekeeper.errors import InputRejected
from gatekeeper.ledger.imports import BadLine, Progress
from gatekeeper.ledger.list_versions import ListVersions
from gatekeeper.policy.lists import licensed, numbering_plan, tells_days
from gatekeeper.store.changes import Kind, Method, Origin, SwapList
from gatekeeper.store.copies import Copy
from gatekeeper.store.number_line import Grammar
from gatekeeper.store.staging import BAD_LINES_MAX, Source, Staged, stage
from gatekeeper.store.status import Swap

CHUNK = 4 << 20
"""Bytes of the file in memory at once."""
BASE = b"# base:"
"""A line at the top of a delta that begins so names the version that it builds on."""

News = Progress | BadLine


def check_owner(list_id: str, tenant: str | None, *, by_hand: bool = False) -> None:
    """The internal list is each tenant's own, and a licensed one comes as a file.

    InputRejected says what was got wrong.
    """
    if by_hand and licensed(list_id):
        raise InputRejected(f"{list_id} is a licensed list: it changes by `gatekeeper dnc import`")
    if list_id == "internal" and tenant is None:
        raise InputRejected("each tenant has an internal list of its own: say whose with --tenant")


@dataclass(frozen=True, slots=True)
class ListFile:
    """A file that is to become a version of a list, and what is known of its origin."""

    list_id: str
    path: Path
    as_of: datetime
    """The instant that the file speaks for: its age counts from there."""
    tenant: str | None = None
    holder: str | None = None
    san: str | None = None
    by: str | None = None
    delta: bool = False
    """Whether it tells what is different from the active version, and not the whole list."""
    removals: Path | None = None
    """For a delta: the numbers that go, if they stand in a file of their own."""
    base: str | None = None
    """For a delta: the version that it builds on; the active one if it is not said."""
    allow_empty: bool = False
    allow_shrink: bool = False

    @property
    def grammar(self) -> Grammar:
        """How its lines are to be read."""
        marked = self.delta and self.removals is None
        return Grammar(numbering_plan(self.list_id), tells_days(self.list_id), marked)


@dataclass(frozen=True, slots=True)
class ListImporter:
    """Imports lists by number, common to all tenants or of one."""

    versions: ListVersions
    new_id: Callable[[], str]

    async def run(self, file: ListFile) -> AsyncIterator[News]:
        """Import a file: progress and bad lines as they come.

        The last progress is `swapped`, or `unchanged` if the active version is of this very file.
        """
        if file.as_of > self.versions.clock():
            raise InputRejected("`as_of` lies in the future")
        history = await self.versions.history(file.list_id, file.tenant)
        active = history[-1] if history else None
        origin = await asyncio.to_thread(_origin, file)
        if active is not None and _is_same(active, origin, file.as_of):
            yield Progress("unchanged", active.count, active.count)
            return
        origin = origin if active is None else changed(origin, base=active.version)
        swap = SwapList(
            file.tenant, file.list_id, Method.NUMBER, self.new_id(), file.as_of, 0, origin
        )
        base = await asyncio.to_thread(self._base, file, active) if file.delta else None
        told: asyncio.Queue[News | None] = asyncio.Queue()
        work = asyncio.create_task(self._prepare(file, swap, (active, base), told))
        while (news := await told.get()) is not None:
            yield news
        swapped = await self.versions.swap(await work)
        yield Progress("swapped", swapped.count, swapped.count)

    def _base(self, file: ListFile, active: Swap | None) -> Copy:
        """The copy of the version that a delta builds on; InputRejected if it cannot."""
        if active is None:
            raise InputRejected("there is no version to build on: import the whole list first")
        named = file.base or _named_base(file.path)
        if named is not None and named != active.version:
            raise InputRejected(f"it builds on version {named}, but {active.version} is asked")
        if file.as_of < active.as_of:
            raise InputRejected("it speaks for a day before that of the version that it builds on")
        copy = self.versions.copies.open(file.tenant, file.list_id, active.version)
        if copy is None:
            raise InputRejected(
                f"version {active.version} has no copy to build on: import the whole list once"
            )
        return copy

    async def _prepare(
        self,
        file: ListFile,
        swap: SwapList,
        before: tuple[Swap | None, Copy | None],
        told: asyncio.Queue[News | None],
    ) -> SwapList:
        """Stage, judge and load; whatever fails leaves nothing behind."""
        loop, copies = asyncio.get_running_loop(), self.versions.copies

        def tell(news: News) -> None:
            loop.call_soon_threadsafe(told.put_nowait, news)

        active, base = before
        try:
            paths = (copies.path(swap), file)
            staged, bad_lines = await asyncio.to_thread(_stage, paths, swap.origin, base, tell)
            _check_size(file, staged.count, active)
            origin = changed(
                swap.origin,
                bad_lines=bad_lines,
                content=staged.digest,
                added=staged.added if file.delta else 0,
                removed=staged.removed if file.delta else 0,
            )
            whole = replace(swap, count=staged.count, origin=origin)
            async with self.versions.opened() as lists:
                copy = Copy(copies.path(swap))
                await lists.load(
                    whole, copy, lambda stage, n: tell(Progress(stage, n, whole.count))
                )
            return whole
        except BaseException:
            copies.remove(swap)
            raise
        finally:
            loop.call_soon(told.put_nowait, None)


def _stage(
    paths: tuple[Path, ListFile], origin: Origin, base: Copy | None, tell: Callable[[News], None]
) -> tuple[Staged, int]:
    """The copy of what the file says, and how many lines said nothing."""
    (path, file), bad_lines = paths, 0

    def bad(line: int, reason: str) -> None:
        nonlocal bad_lines
        bad_lines += 1
        if bad_lines > BAD_LINES_MAX:
            raise InputRejected(
                f"more than {BAD_LINES_MAX} lines are bad (the newest, line {line}: {reason}): "
                "this is not the list that it is said to be"
            )
        tell(BadLine(line, reason))

    come = _Reading(file.path)
    go = _Reading(file.removals) if file.removals else None
    source = Source(file.grammar, come, go or (), base)
    size = sum(each.stat().st_size for each in (file.path, file.removals) if each)

    def progress(what: str, done: int) -> None:
        read = come.bytes + (go.bytes if go else 0)
        tell(Progress(what, done, read=read, size=size, bad=bad_lines))

    staged = stage(path, source, bad, progress)
    if (come.hexdigest, go.hexdigest if go else "") != (origin.digest, origin.removals):
        raise InputRejected("the file was changed while it was read: nothing was imported")
    return staged, bad_lines


class _Reading:
    """The chunks of a file, hashed as they are read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._digest = sha256()
        self.bytes = 0

    def __iter__(self) -> Iterator[bytes]:
        for chunk in _chunks(self._path):
            self._digest.update(chunk)
            self.bytes += len(chunk)
            yield chunk

    @property
    def hexdigest(self) -> str:
        """SHA-256 of what was read."""
        return self._digest.hexdigest()


def _origin(file: ListFile) -> Origin:
    return Origin(
        kind=Kind.DELTA if file.delta else Kind.FULL,
        digest=digest_of(file.path),
        removals=digest_of(file.removals) if file.removals else "",
        holder=file.holder,
        san=file.san,
        by=file.by,
    )


def _is_same(active: Swap, origin: Origin, as_of: datetime) -> bool:
    """Whether the active version was made of these very files, for this day."""
    was = active.origin
    came = (was.kind, was.digest, was.removals, active.as_of)
    return came == (origin.kind, origin.digest, origin.removals, as_of)


def _check_size(file: ListFile, count: int, active: Swap | None) -> None:
    """An empty or broken-off file would clear everybody who is missing from it."""
    if count == 0 and not file.allow_empty:
        raise InputRejected(
            "the list would hold no number, and clear everybody: --allow-empty if that is meant"
        )
    shrinks = active is not None and count * 2 < active.count
    if shrinks and not (file.allow_shrink or count == 0):
        was = active.count if active else 0
        raise InputRejected(
            f"the list would hold {count} numbers, less than half of the {was} it has: "
            "--allow-shrink if that is meant"
        )


def _named_base(path: Path) -> str | None:
    """The version that a delta says it builds on, in a line at its top."""
    head = next(_chunks(path), b"").removeprefix(b"\xef\xbb\xbf")[:4096]
    for line in head.splitlines():
        if not line.startswith(b"#"):
            return None
        if line.lower().startswith(BASE):
            return line[len(BASE) :].strip().decode("ascii", "replace")
    return None


def digest_of(path: Path) -> str:
    """SHA-256 of a file (hex); InputRejected if it cannot be read."""
    digest = sha256()
    for chunk in _chunks(path):
        digest.update(chunk)
    return digest.hexdigest()


def _chunks(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk
    except OSError as error:
        raise InputRejected(f"the gate cannot read the file: {error.strerror}") from None
