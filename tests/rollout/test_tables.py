"""Does a row hold exactly if the decision is the expected one, and say why if not?"""

from __future__ import annotations

from pathlib import Path

import pytest

from gatekeeper.errors import PolicyError
from gatekeeper.rollout.tables import RowResult, read_table, rule_ids, run_table
from tests.support.shipped import FOLDER, judged, shipped

TABLE = Path(__file__).parent / "data" / "table.yaml"


def run(path: Path, *, complete: bool = False) -> tuple[RowResult, ...]:
    judge = shipped()
    rows = read_table(path, path.name)
    return tuple(run_table(rows, judge.policy, judge.screener, complete=complete))


@pytest.mark.parametrize("result", run(TABLE), ids=lambda result: result.name)
def test_a_row_holds_or_fails_as_its_name_says(result: RowResult) -> None:
    assert result.holds == result.name.startswith("holds")


def test_a_row_that_fails_says_what_was_expected_and_what_came() -> None:
    told = [problem for result in run(TABLE) for problem in result.problems]
    assert told == [
        "verdict: expected block, got allow",
        "findings: expected but not found: us.quiet_hour",
        "reasons: expected day_banned among the findings",
        "not_reasons: quiet_hours is among the findings",
        "findings: found but not expected: us.quiet_hours",
        "next_allowed_at: expected 2026-11-21T08:00:00+00:00, got 2026-11-21T13:00:00+00:00",
    ]


def test_our_own_tables_must_list_their_findings() -> None:
    complete = run(TABLE, complete=True)
    lacking = [r.name for r in complete if "the row does not list its findings" in r.problems]
    assert lacking[:2] == ["holds: any of", "holds: no later instant"]


def test_a_rule_is_listed_once_however_often_it_finds() -> None:
    assert rule_ids(judged(consent="none").findings * 2) == rule_ids(
        judged(consent="none").findings
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rows: []\n", ["t.yaml:1:7: rows is empty"]),
        (
            "row: []\n",
            ["t.yaml:1:1: rows is missing", "t.yaml:1:1: unknown key row (did you mean rows?)"],
        ),
        (
            "rows:\n  - name: a\n    expect: {verdict: deny}\n",
            ["t.yaml:3:23: deny is not one of allow, flag, redact, defer, hold, block"],
        ),
        (
            "rows:\n  - name: a\n    expect: {verdict: allow}\n    texts: Hello\n",
            ["t.yaml:4:5: unknown key texts (did you mean terms?)"],
        ),
        (
            "rows:\n  - name: a\n    expect: {verdict: allow}\n",
            [
                "t.yaml:2:5: to is missing: the recipient's number",
                "t.yaml:2:5: at is missing: the instant, with its offset",
                "t.yaml:2:5: message.channel is missing, here and under given",
            ],
        ),
    ],
)
def test_a_table_that_cannot_be_read_tells_every_fault_at_its_place(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    (tmp_path / "t.yaml").write_text(text)
    with pytest.raises(PolicyError) as caught:
        read_table(tmp_path / "t.yaml", "t.yaml")
    assert list(caught.value.faults) == expected


def test_a_table_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"t\.yaml"):
        read_table(tmp_path / "t.yaml")


SHIPPED = [
    result
    for path in sorted((FOLDER / "tests").glob("*.yaml"))
    for result in run(path, complete=True)
]


@pytest.mark.parametrize("result", SHIPPED, ids=lambda result: str(result.source))
def test_the_shipped_tables_hold(result: RowResult) -> None:
    assert not result.problems
