"""How long does an opt-out take from its arrival until it binds? Measured on each way it comes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import TypeVar

from gatekeeper.domain.consent import ENDINGS
from gatekeeper.ledger.changes import Entry
from gatekeeper.ledger.consent_input import ConsentInput
from gatekeeper.ledger.imports import Batch, Judged
from gatekeeper.pipeline.rooms import Watches
from gatekeeper.store.changes import ConsentChange

News = TypeVar("News")


@contextmanager
def measured(watch: Watches, way: str, given: ConsentInput) -> Iterator[None]:
    """Around the recording of one event: counts if it is an opt-out or the like, and was kept."""
    began = perf_counter()
    yield
    if given.event in ENDINGS:
        watch.bound(way, perf_counter() - began)


class ImportLag:
    """Of a whole file: from the first opt-out that was read until all that it holds binds."""

    def __init__(self, watch: Watches) -> None:
        self._watch = watch
        self._began: float | None = None

    async def judged(self, batches: Judged) -> AsyncIterator[Batch]:
        """The same batches; the first opt-out among them starts the clock."""
        async for batch in batches:
            if self._began is None and any(map(_ends, batch.entries)):
                self._began = perf_counter()
            yield batch

    async def told(self, news: AsyncIterator[News]) -> AsyncIterator[News]:
        """The same news; their end, without an error, stops the clock."""
        async for item in news:
            yield item
        if self._began is not None:
            self._watch.bound("import", perf_counter() - self._began)


def _ends(entry: Entry) -> bool:
    return isinstance(entry.change, ConsentChange) and entry.change.event.act in ENDINGS
