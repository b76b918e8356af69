"""Is the time until an opt-out binds measured where one came, and only there?"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from gatekeeper.domain.consent import Basis, ConsentAct, ConsentEvent
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.changes import Entry, consent_entry, listed_entry
from gatekeeper.ledger.consent_input import ConsentInput
from gatekeeper.ledger.imports import BadLine, Batch
from gatekeeper.proxy.lag import ImportLag, measured
from gatekeeper.proxy.metrics import Metrics

AT = datetime(2026, 11, 25, tzinfo=UTC)
SUBJECT = bytes(16)


def counted(metrics: Metrics, way: str) -> str:
    told = metrics.render().decode()
    wanted = f'gatekeeper_opt_out_lag_seconds_count{{way="{way}"}} '
    return next(line for line in told.splitlines() if line.startswith(wanted)).split()[-1]


@pytest.mark.parametrize(
    ("event", "count"),
    [("opt_out", "1.0"), ("wrong_number", "1.0"), ("deceased", "1.0"), ("inquiry", "0.0")],
)
def test_one_event_counts_if_it_ends_something(event: ConsentAct, count: str) -> None:
    metrics = Metrics()
    with measured(metrics, "api", ConsentInput(number="+12122000111", event=event)):
        pass
    assert counted(metrics, "api") == count


def test_what_was_not_kept_does_not_count() -> None:
    metrics = Metrics()
    given = ConsentInput(number="+12122000111", event=ConsentAct.OPT_OUT)
    with pytest.raises(InputRejected), measured(metrics, "cli", given):
        raise InputRejected("no")
    assert counted(metrics, "cli") == "0.0"


def entry(act: ConsentAct) -> Entry:
    basis = Basis.EXPRESS if act is ConsentAct.OPT_IN else Basis.NONE
    return consent_entry("acme", SUBJECT, ConsentEvent("e", act, AT, basis))


async def given(*batches: Batch) -> AsyncIterator[Batch]:
    for batch in batches:
        yield batch


async def run(*contents: Sequence[Entry], fails: bool = False) -> str:
    batches = [Batch(entries, [BadLine(1, "no")], 2) for entries in contents]
    metrics = Metrics()
    lag = ImportLag(metrics)

    async def news() -> AsyncIterator[Any]:
        async for batch in lag.judged(given(*batches)):
            yield batch
        if fails:
            raise InputRejected("the end")

    try:
        seen = [item async for item in lag.told(news())]
        assert seen == batches
    except InputRejected:
        assert fails
    return counted(metrics, "import")


async def test_a_file_counts_once_if_it_holds_an_opt_out_and_was_applied() -> None:
    listed = listed_entry("acme", "internal", SUBJECT, listed=True)
    assert await run([entry(ConsentAct.OPT_IN)], [listed]) == "0.0"
    assert await run([entry(ConsentAct.OPT_OUT)], [entry(ConsentAct.OPT_OUT)]) == "1.0"
    assert await run([entry(ConsentAct.OPT_OUT)], fails=True) == "0.0"
