"""Is everything run that is wanted, and does a run hold only if all of it does?"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache

from gatekeeper.rollout.ready import loaded
from gatekeeper.rollout.suite import Material, Suite, Wanted, run_suite
from gatekeeper.rollout.tables import read_table
from tests.support.author import DATA, SMALL


@cache
def material() -> Material:
    return Material(loaded(SMALL), read_table(DATA / "table.yaml"))


def test_a_run_counts_everything_as_it_goes() -> None:
    counted: Counter[str] = Counter()

    def advance(kind: str, total: int | None) -> None:
        counted[kind] += 1

    suite = run_suite(material(), advance=advance)
    assert counted["examples"] == len(suite.proved) > 0
    assert counted["rows of tables"] == len(suite.rows) > 0
    assert counted["near-misses"] == len(suite.near) == 7


def test_only_what_has_the_word_is_run() -> None:
    suite = run_suite(material(), Wanted("us.consent"))
    assert {each.subject for each in suite.proved} == {"us.consent"}
    assert {each.rule for each in suite.near} == {"us.consent"}
    assert run_suite(material(), Wanted("TABLE.yaml")).rows
    assert not list(run_suite(material(), Wanted("no such word")).results)


def test_tables_alone_leave_the_rest_out() -> None:
    suite = run_suite(replace(material(), own=False))
    assert (suite.proved, suite.near) == ((), ())
    assert suite.rows


def test_a_run_holds_only_if_everything_does_and_was_read() -> None:
    suite = run_suite(replace(material(), rows=()))
    assert suite.holds
    assert not replace(suite, faults=("t.yaml:1:1: wrong",)).holds
    wrong = replace(suite.near[0], fired=not suite.near[0].fired)
    assert not replace(suite, near=(wrong,)).holds
    assert Suite(suite.policy).holds
