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
from gatekeeper.store.bitmaps import Tally
from gatekeeper.store.changes import Kind, Method, Origin, SwapList

CHUNK = 4 << 20
"""Bytes of the file in memory at once."""

News = Progress | BadLine


def check_owner(list_id: str, tenant: str | None) -> None:
    """A licensed list speaks for all tenants; the internal one is each tenant's own.

    InputRejected says which of the two was got wrong.
    """
    licensed = list_id.startswith(("us-", "ca-"))
    if licensed and tenant is not None:
        raise InputRejected(f"{list_id} is a licensed list, common to all tenants: no --tenant")
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
        digest = await asyncio.to_thread(digest_of, file.path)
        known = await self._known(file, digest)
        if known is not None:
            yield Progress("unchanged", known, known)
            return
        origin = Origin(Kind.FULL, digest, holder=file.holder, san=file.san, by=file.by)
        swap = SwapList(file.tenant, file.list_id, Method.NUMBER, self.new_id(), file.as_of, 0)
        told: asyncio.Queue[News | None] = asyncio.Queue()
        work = asyncio.create_task(self._stage(swap, origin, file.path, told))
        while (news := await told.get()) is not None:
            yield news
        swapped = await self.versions.swap(await work)
        yield Progress("swapped", swapped.count, swapped.count)

    async def _known(self, file: ListFile, digest: str) -> int | None:
        """How many numbers the active version holds, if it is of this file and day."""
        history = await self.versions.history(file.list_id, file.tenant)
        if not history or history[-1].origin.kind is Kind.ROLLBACK:
            return None
        last = history[-1]
        same = (last.origin.digest, last.as_of) == (digest, file.as_of)
        return last.count if same else None

    async def _stage(
        self, swap: SwapList, origin: Origin, path: Path, told: asyncio.Queue[News | None]
    ) -> SwapList:
        loop, digest, bad_lines = asyncio.get_running_loop(), sha256(), 0

        def tell(news: News) -> None:
            loop.call_soon_threadsafe(told.put_nowait, news)

        def bad(line: int, reason: str) -> None:
            nonlocal bad_lines
            bad_lines += 1
            tell(BadLine(line, reason))

        def progress(tally: Tally) -> None:
            tell(Progress("read", tally.lines))

        def chunks() -> Iterator[bytes]:
            for chunk in _chunks(path):
                digest.update(chunk)
                yield chunk

        try:
            async with self.versions.opened() as lists:
                staged = await lists.stage_numbers(swap, chunks(), bad, progress)
        finally:
            loop.call_soon(told.put_nowait, None)
        if digest.hexdigest() != origin.digest:
            raise InputRejected("the file was changed while it was read: nothing was imported")
        return replace(staged, origin=changed(origin, bad_lines=bad_lines))


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
