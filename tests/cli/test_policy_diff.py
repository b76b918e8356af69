"""Does `policy diff` tell what a change would have done, and fail where CI asks it to?"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from gatekeeper.cli.policy_diff import Limit, _instant, _limit
from gatekeeper.journal.layout import segments, streams
from gatekeeper.journal.record import Head, Record, draft, link
from tests.support.author import run
from tests.support.shipped import FOLDER
from tests.support.traffic import DAY, busy_day, with_hours, write

COUNT = 300


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal, and a copy of the policies with an earlier night."""
    folder = tmp_path_factory.mktemp("diff")
    write(folder / "journal", busy_day(COUNT))
    with_hours(folder / "earlier", "08:00-20:00")
    return folder


def diff(place: Path, *words: object, new: str = "earlier") -> Result:
    return run("diff", FOLDER, place / new, "--journal", place / "journal", *words)


def found(place: Path, *words: object) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(diff(place, "--json", *words).stdout)
    return answer


def test_it_shows_the_matrix_who_is_met_and_by_which_rule(place: Path) -> None:
    shown = diff(place)
    assert shown.exit_code == 0
    blocked = found(place)["newly_blocked"]
    assert blocked > 0
    assert re.search(rf"allow +\d+ +\. +\. +{blocked} ", shown.stdout)
    for told in (f"{COUNT} decisions", "us.quiet_hours", "acme / offers", "allow -> defer"):
        assert told in shown.stdout


def test_for_machines_every_figure_is_told(place: Path) -> None:
    told = found(place)
    assert (told["decisions"], told["messages"], told["judged"]) == (COUNT, COUNT, COUNT)
    assert sum(n for row in told["matrix"].values() for n in row.values()) == COUNT
    assert told["matrix"]["allow"]["defer"] == told["newly_blocked"]
    assert told["rules"] == {
        "us.quiet_hours": {
            "judged": told["newly_blocked"],
            "newly_blocked": told["newly_blocked"],
            "newly_allowed": 0,
            "other": 0,
            "unjudged": 0,
        }
    }
    assert set(told["tenants"]) == {"acme", "bravo", "cobalt"}
    assert {each["campaign"] for each in told["campaigns"]} == {"offers", "news"}
    assert all(re.fullmatch(r"r\d{8}", each["decision"]) for each in told["examples"])


def test_nothing_changes_between_a_policy_and_itself(place: Path) -> None:
    told = json.loads(run("diff", FOLDER, FOLDER, "--journal", place / "journal", "--json").stdout)
    assert (told["newly_blocked"], told["newly_allowed"], told["other"]) == (0, 0, 0)
    assert (told["rules"], told["examples"]) == ({}, [])


def test_the_policy_in_use_is_named_active(place: Path) -> None:
    told = json.loads(
        run("diff", "active", place / "earlier", "--journal", place / "journal", "--json").stdout
    )
    assert told == found(place)


@pytest.mark.parametrize(
    ("limit", "status"), [("0", 1), ("0%", 1), ("99%", 0), (str(COUNT), 0), ("0.01%", 1)]
)
def test_ci_can_say_how_many_may_be_newly_blocked(place: Path, limit: str, status: int) -> None:
    result = diff(place, "--max-newly-blocked", limit)
    assert result.exit_code == status
    assert ("newly blocked:" in result.stdout) is (status == 1)


def test_other_figures_are_limited_apart(place: Path) -> None:
    assert diff(place, "--max-newly-allowed", 0, "--max-unjudged", 0).exit_code == 0
    turned = run(
        "diff", place / "earlier", FOLDER, "--journal", place / "journal", "--max-newly-allowed", 0
    )
    assert turned.exit_code == 1
    assert "newly allowed:" in turned.stdout


def test_what_cannot_be_judged_again_is_told_with_its_reason(place: Path) -> None:
    folder = with_hours(place / "detectors", "08:00-20:00")
    card = folder / "content" / "payment" / "card.yaml"
    card.write_text(card.read_text().replace("likelihood: likely", "likelihood: possible", 1))
    shown = diff(place, "--max-unjudged", "1%", new="detectors")
    assert shown.exit_code == 1
    assert "the text was not read for payment as this policy does" in shown.stdout
    assert "not judged again:" in shown.stdout


def test_a_time_without_decisions_is_no_success(place: Path) -> None:
    result = diff(place, "--since", "2031-01-01")
    assert result.exit_code == 1
    assert "nothing was compared" in result.stdout
    assert found(place, "--until", "2031-01-01")["decisions"] == COUNT


def test_only_one_tenant_is_told_of_if_one_is_named(place: Path) -> None:
    shown = diff(place, "--tenant", "acme")
    assert "bravo" not in shown.stdout
    assert set(found(place, "--tenant", "acme")["tenants"]) == {"acme"}


def test_damage_is_no_success(place: Path) -> None:
    write(place / "torn", busy_day(10))
    last = segments(streams(place / "torn")[-1])[-1].path
    odd, _ = link("s", Head(), [draft(Record("decision", "x", "acme", {"odd": 1}), DAY)])
    last.write_bytes(last.read_bytes() + odd[0] + b"\n")
    result = run("diff", FOLDER, place / "earlier", "--journal", place / "torn")
    assert result.exit_code == 1
    assert "1 lines cannot be read" in result.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("nowhere", FOLDER), "there is no policy folder nowhere"),
        (("deadbeef", FOLDER), "is not kept"),
        ((FOLDER, FOLDER, "--journal", "nowhere"), "there is no journal in nowhere"),
        ((FOLDER, FOLDER, "--since", "yesterday"), "yesterday is no time"),
        ((FOLDER, FOLDER, "--max-unjudged", "few"), "few is no limit"),
    ],
)
def test_what_cannot_be_compared_is_told(words: tuple[Any, ...], told: str) -> None:
    result = run("diff", *words)
    assert result.exit_code != 0
    assert told in result.stderr


def test_a_time_is_an_instant_or_so_long_ago() -> None:
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert _instant("24h", now) == "2026-11-19T12:00:00.000000Z"
    assert _instant("2w", now) == "2026-11-06T12:00:00.000000Z"
    assert _instant("2026-11-20T07:00:00-05:00", now) == "2026-11-20T12:00:00.000000Z"
    assert _instant("2026-11-20", now) == "2026-11-20T00:00:00.000000Z"
    assert _instant(None, now) is None


def test_a_limit_is_a_number_or_a_share() -> None:
    assert _limit("3") == Limit(3, False)
    assert _limit("0.5%") == Limit(0.5, True)
    assert Limit(0.5, True).allows(5, 1000) and not Limit(0.5, True).allows(6, 1000)
    assert Limit(3, False).allows(3, 10) and not Limit(3, False).allows(4, 10)
