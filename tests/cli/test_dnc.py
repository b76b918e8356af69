"""Can an operator import do-not-call lists, see their age, and keep the tenant's own list?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.commands import Command


@pytest.fixture
def numbers(tmp_path: Path) -> Path:
    file = tmp_path / "list.txt"
    file.write_text("+13052000123\n+13052000124\n")
    return file


def row(gatekeeper: Command, list_id: str) -> dict[str, Any]:
    rows = gatekeeper("dnc", "list", "--json").document
    return next(each for each in rows if each["list_id"] == list_id)


def test_a_list_comes_in_as_a_new_version_with_its_age(gatekeeper: Command, numbers: Path) -> None:
    then = (datetime.now(UTC) - timedelta(days=40)).strftime("%Y-%m-%d")
    assert gatekeeper("dnc", "import", "us-fl", numbers, "--as-of", then).status == 0
    first = row(gatekeeper, "us-fl")
    assert first["count"] == 2
    assert 39 < first["age_days"] < 42
    assert gatekeeper("dnc", "import", "us-fl", numbers).status == 0
    second = row(gatekeeper, "us-fl")
    assert second["version"] != first["version"]
    assert second["age_days"] < 1


def test_a_list_of_the_future_is_refused_and_not_dated_back(
    gatekeeper: Command, numbers: Path
) -> None:
    told = gatekeeper("dnc", "import", "us-tx", numbers, "--as-of", "2999-01-01")
    assert told.status == 1
    assert "lies in the future" in told.err
    assert all(each["list_id"] != "us-tx" for each in gatekeeper("dnc", "list", "--json").document)


def test_lines_that_are_no_numbers_are_listed_with_their_place(
    gatekeeper: Command, numbers: Path
) -> None:
    numbers.write_text("+13052000123\nnonsense\n")
    told = gatekeeper("dnc", "import", "us-in", numbers, "--bad", numbers.with_name("bad.csv"))
    assert told.status == 1
    assert "line 2" in told.err
    assert numbers.with_name("bad.csv").read_text().splitlines()[1].startswith("2,")


def test_a_number_on_the_tenants_own_list_is_blocked_until_it_is_taken_off(
    gatekeeper: Command,
) -> None:
    for word in ("add", "remove"):
        told = gatekeeper("dnc", word, "internal", "+12122000341", "--tenant", "demo")
        assert told.status == 0, told.err
    own = row(gatekeeper, "internal")
    assert own["as_of"] is None and own["age_days"] is None


def test_a_tenants_own_list_is_imported_for_that_tenant(gatekeeper: Command, numbers: Path) -> None:
    told = gatekeeper("dnc", "import", "internal", numbers, "--tenant", "demo")
    assert told.status == 0, told.err


def test_nobody_changes_a_licensed_list_by_hand(gatekeeper: Command) -> None:
    for word in ("add", "remove"):
        told = gatekeeper("dnc", word, "us-national", "+12122000341", "--tenant", "demo")
        assert told.status == 1
        assert "changes by `gatekeeper dnc import`" in told.err


def test_a_tenant_may_have_a_licensed_list_of_its_own_beside_the_common_one(
    gatekeeper: Command, numbers: Path
) -> None:
    told = gatekeeper("dnc", "import", "us-wy", numbers, "--tenant", "demo", "--san", "77")
    assert told.status == 0, told.err
    assert row(gatekeeper, "us-wy")["tenant"] == "demo"
    (only,) = gatekeeper("dnc", "history", "us-wy", "--tenant", "demo", "--json").document
    assert (only["san"], only["count"]) == ("77", 2)
    assert gatekeeper("dnc", "history", "us-wy", "--json").document == []


def test_the_internal_list_needs_to_be_somebodys(gatekeeper: Command, numbers: Path) -> None:
    told = gatekeeper("dnc", "import", "internal", numbers)
    assert told.status == 1
    assert "--tenant" in told.err


def test_an_unknown_tenant_and_a_number_that_is_none_are_told(gatekeeper: Command) -> None:
    told = gatekeeper("dnc", "add", "internal", "+12122000341", "--tenant", "nobody")
    assert (told.status, "there is no tenant 'nobody'" in told.err) == (1, True)
    told = gatekeeper("dnc", "add", "internal", "12", "--tenant", "demo")
    assert (told.status, "E.164" in told.err or "number" in told.err) == (1, True)


def test_a_list_tells_its_history_and_goes_back_one_version(
    gatekeeper: Command, numbers: Path
) -> None:
    bought = ("--licence-holder", "Acme Ltd", "--san", "12345678-00")
    assert gatekeeper("dnc", "import", "us-mo", numbers, *bought).status == 0
    numbers.write_text("+13052000125\n")
    assert gatekeeper("dnc", "import", "us-mo", numbers).status == 0
    told = gatekeeper("dnc", "rollback", "us-mo")
    assert told.status == 0, told.err
    first, second, back = gatekeeper("dnc", "history", "us-mo", "--json").document
    assert (first["holder"], first["san"], first["count"]) == ("Acme Ltd", "12345678-00", 2)
    assert (back["kind"], back["version"], back["base"]) == (
        "rollback",
        first["version"],
        second["version"],
    )
    assert row(gatekeeper, "us-mo")["version"] == first["version"]
    assert "12345678-00" in gatekeeper("dnc", "history", "us-mo").out.replace("\n", "")
    told = gatekeeper("dnc", "rollback", "us-mo")
    assert (told.status, "no version before" in told.err) == (1, True)


def test_a_file_that_came_in_before_is_told_and_changes_nothing(
    gatekeeper: Command, numbers: Path
) -> None:
    for _ in range(2):
        told = gatekeeper("dnc", "import", "us-co", numbers, "--as-of", "2026-01-01")
        assert told.status == 0, told.err
    assert "nothing was changed" in told.err
    assert len(gatekeeper("dnc", "history", "us-co", "--json").document) == 1


def test_a_difference_is_applied_to_the_version_before(gatekeeper: Command, numbers: Path) -> None:
    assert gatekeeper("dnc", "import", "us-ok", numbers).status == 0
    numbers.write_text("A,+13052000125\nD,+13052000123\n")
    told = gatekeeper("dnc", "import", "us-ok", numbers, "--delta")
    assert told.status == 0, told.err
    _, second = gatekeeper("dnc", "history", "us-ok", "--json").document
    assert (second["kind"], second["count"], second["added"], second["removed"]) == (
        "delta", 2, 1, 1,
    )  # fmt: skip
    told = gatekeeper("dnc", "import", "us-ok", numbers, "--delta", "--base", "another")
    assert (told.status, "but" in told.err) == (1, True)


def test_an_empty_file_is_refused_unless_it_is_meant(gatekeeper: Command, numbers: Path) -> None:
    numbers.write_text("phone\n")
    told = gatekeeper("dnc", "import", "us-ar", numbers)
    assert (told.status, "--allow-empty" in told.err) == (1, True)
    assert gatekeeper("dnc", "import", "us-ar", numbers, "--allow-empty").status == 0
    assert row(gatekeeper, "us-ar")["count"] == 0


def test_a_list_is_asked_about_a_number_now_and_as_of_an_earlier_version(
    gatekeeper: Command, numbers: Path
) -> None:
    assert gatekeeper("dnc", "import", "us-tn", numbers, "--san", "4711").status == 0
    first = row(gatekeeper, "us-tn")["version"]
    numbers.write_text("+13052000125\n+13052000126\n")
    assert gatekeeper("dnc", "import", "us-tn", numbers).status == 0
    asked = ("dnc", "ask", "us-tn", "+13052000123")
    assert gatekeeper(*asked, "--json").document["answer"] == "clear"
    told = gatekeeper(*asked, "--version", first)
    assert (told.status, "hit" in told.out, "4711" in told.out) == (0, True, True)
    told = gatekeeper(*asked, "--at", "2020-01-01T00:00:00Z", "--json")
    assert (told.status, told.document["answer"]) == (1, "not-checked")
    told = gatekeeper(*asked, "--at", "yesterday")
    assert (told.status, "offset" in told.err) == (1, True)


def test_the_days_that_a_list_may_still_be_used_are_shown(
    gatekeeper: Command, numbers: Path
) -> None:
    then = (datetime.now(UTC) - timedelta(days=10)).strftime("%Y-%m-%d")
    assert gatekeeper("dnc", "import", "us-fl", numbers, "--as-of", then).status == 0
    assert 19 < row(gatekeeper, "us-fl")["days_left"] < 22
