"""On which event loop do tests run, and may a run count that left some out?

Where `CI=true` or `GATEKEEPER_NO_SKIPS=1`, a skipped or expectedly failing test fails the run:
a test that should have run and did not proves nothing.

Properties are tried on the same examples each time, so that a gate fails for what was changed and
not by chance; with `EXPLORE=1` they look for new ones.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Generator

import pytest
import uvloop
from hypothesis import settings

# A loaded machine is no counterexample: time is measured by the bench, not by properties.
settings.register_profile("gatekeeper", deadline=None, derandomize=os.environ.get("EXPLORE") != "1")
settings.load_profile("gatekeeper")


def strict() -> bool:
    """Whether this run must not leave anything out."""
    return os.environ.get("CI") == "true" or os.environ.get("GATEKEEPER_NO_SKIPS") == "1"


@pytest.hookimpl(optionalhook=True)
def pytest_asyncio_loop_factories(
    item: pytest.Item,
) -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Tests run on the gate's own event loop; a module that says `BOTH_LOOPS` on Python's too."""
    factories: dict[str, Callable[[], asyncio.AbstractEventLoop]] = {
        "uvloop": uvloop.new_event_loop
    }
    if getattr(getattr(item, "module", None), "BOTH_LOOPS", False):
        factories["asyncio"] = asyncio.new_event_loop
    return factories


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip or an expected failure into a failure, with its reason."""
    report = yield
    _no_excuse(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a whole module that is skipped when it is read."""
    report = yield
    _no_excuse(report)
    return report


def _no_excuse(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Mark a left-out test or module as failed, where the run is strict."""
    if strict() and (report.skipped or hasattr(report, "wasxfail")):
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} was left out, and this run must leave nothing out: " + (
            getattr(report, "wasxfail", "") or str(report.longrepr)
        )
        vars(report).pop("wasxfail", None)
