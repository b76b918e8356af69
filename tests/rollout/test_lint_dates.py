"""Are days told that are past, or still to come, exactly from the day on?"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import PurePosixPath

import pytest

from gatekeeper.policy.faults import Fault
from gatekeeper.policy.yamlfile import Located, read
from gatekeeper.rollout.lint_dates import sources

TODAY = date(2026, 11, 25)


def document(text: str) -> Located:
    faults: list[Fault] = []
    located = read(text.encode(), PurePosixPath("floor/a.yaml"), faults)
    assert located is not None
    return located


@pytest.mark.parametrize(("age", "codes"), [(-1, ["GK506"]), (0, []), (365, []), (366, ["GK507"])])
def test_a_source_counts_as_known_for_a_year(age: int, codes: list[str]) -> None:
    day = TODAY - timedelta(days=age)
    found = sources(document(f"verified_on: {day}\n"), TODAY)
    assert [str(fault.code) for fault in found] == codes


def test_sources_are_found_wherever_they_are_stated_and_not_in_what_tests_say() -> None:
    text = """
orders:
  - {verified_on: 2020-01-01}
rules:
  - confidence: low
    tests: [{verified_on: 2020-01-01}]
    x_old: {verified_on: 2020-01-01}
  - {confidence: low, note: The statute is read in two ways.}
"""
    found = [str(fault) for fault in sources(document(text), TODAY)]
    assert [line.partition(": ")[0] for line in found] == ["floor/a.yaml:3:19", "floor/a.yaml:5:17"]


def test_what_is_no_day_is_for_the_shape_to_tell() -> None:
    assert list(sources(document("verified_on: yesterday\n"), TODAY)) == []
    assert list(sources(document("verified_on: 2020-01-01T00:00:00Z\n"), TODAY)) == []
