"""How is a whole list asked about over HTTP? A list comes in, lines of JSON go out as it is judged.

The list is taken in whole before the first verdict, so that a client that sends first and reads
after is never waited for while it waits for us.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from itertools import chain

import msgspec
import structlog
from aiohttp import web

from gatekeeper.domain.reason import Reason
from gatekeeper.domain.registry import Caller
from gatekeeper.errors import CredentialInvalid, GatekeeperError, InputRejected
from gatekeeper.pipeline.bulk import Listing
from gatekeeper.pipeline.rooms import Rooms
from gatekeeper.proxy.problem import problem
from gatekeeper.proxy.routes import Call, Route
from gatekeeper.rollout.bulk import COLUMNS, FORMATS, BadRow, BulkRow, rows_of

log = structlog.get_logger(__name__)

LONGEST = 16 << 20
"""Bytes of one list."""
MOST = 4
"""Lists that are judged at once; sends come first."""
RETRY_S = 5
_TOGETHER = 32
"""Verdicts of one write."""

BULK = Route(
    "check_bulk",
    "POST",
    "/v1/check/bulk",
    "What would be decided about every row of a list (CSV or NDJSON); nothing is used up. "
    "A line of JSON for each row, and a summary by reason as the last line.",
    optional=COLUMNS,
    media="application/x-ndjson",
    accepts=tuple(FORMATS),
    longest=LONGEST,
)


class Bulk:
    """The handler of the endpoint, and of the command's way to it."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._running = 0

    async def handle(self, call: Call) -> web.Response:
        """A list over HTTP, asked by an application."""
        if call.caller is None:
            raise CredentialInvalid("this endpoint needs a key")
        kind = (call.raw.header("Content-Type") or "").partition(";")[0].strip().lower()
        if kind not in FORMATS:
            raise InputRejected(f"the body must be one of {', '.join(FORMATS)}")
        return self.answer(call.caller, call.raw.body, FORMATS[kind], call.query)

    def answer(
        self, caller: Caller, body: bytes, form: str, said: Mapping[str, str]
    ) -> web.Response:
        """The stream of verdicts; InputRejected if the list cannot be read at all."""
        if self._running >= MOST:
            told = "other lists are being judged; send this one again in a moment"
            return problem(429, Reason.RATE_LIMITED, told, retry_after=RETRY_S)
        rows = rows_of(body, form, said)
        first = list(_first(rows))
        return web.Response(
            body=self._lines(caller, chain(first, rows)),
            content_type="application/x-ndjson",
            headers={"Server": "gatekeeper"},
        )

    async def _lines(
        self, caller: Caller, rows: Iterator[BulkRow | BadRow]
    ) -> AsyncIterator[bytes]:
        self._running += 1
        listing = Listing(self._rooms, caller, self._rooms.clock())
        waiting = bytearray()
        try:
            async for count, verdict in _counted(listing, rows):
                waiting += msgspec.json.encode(verdict) + b"\n"
                if count % _TOGETHER == 0:
                    yield bytes(waiting)
                    waiting.clear()
            end: dict[str, object] = {"summary": listing.summary.told()}
        except GatekeeperError as error:
            end = {"error": str(error)}
        except Exception as error:  # noqa: BLE001 - whoever reads must hear that it did not work
            log.error("bulk_failed", error=type(error).__name__)
            end = {"error": "the gate met an error of its own"}
        finally:
            self._running -= 1
        yield bytes(waiting) + msgspec.json.encode(end) + b"\n"


async def _counted(
    listing: Listing, rows: Iterator[BulkRow | BadRow]
) -> AsyncIterator[tuple[int, object]]:
    count = 0
    async for verdict in listing.judge(rows):
        count += 1
        yield count, verdict


def _first(rows: Iterator[BulkRow | BadRow]) -> Iterator[BulkRow | BadRow]:
    """The first row, read now: what is wrong with the whole list is told before any verdict."""
    for row in rows:
        yield row
        return
