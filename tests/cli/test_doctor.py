"""Does the doctor find what is wrong, and say what to do about each thing?"""

from __future__ import annotations

import shutil
from collections import namedtuple
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from gatekeeper.cli import doctor
from gatekeeper.numbering import zones
from gatekeeper.settings import Settings
from tests.support.commands import Command, run
from tests.support.running import Running
from tests.support.shipped import FOLDER

Usage = namedtuple("Usage", "total used free")


def found(rows: list[dict[str, Any]], what: str) -> dict[str, Any]:
    return next(row for row in rows if row["what"] == what)


def test_a_sound_installation_has_nothing_bad(gatekeeper: Command) -> None:
    told = gatekeeper("doctor", "--json")
    states = {row["what"]: row["state"] for row in told.document}
    lists = {what for what in states if what.startswith("list ")}
    assert {what for what in states if states[what] != "ok"} <= lists
    assert {"python", "time-zone data", "policy", "keyring", "disk"} <= set(states)
    assert {"gate's journal", "gate's store", "list us-national"} <= set(states)


def test_a_person_reads_one_line_for_each_thing(gatekeeper: Command) -> None:
    told = gatekeeper("doctor")
    assert "ok   gate's journal: ready" in told.out.splitlines()


def test_an_old_list_is_bad_and_says_what_to_import(gatekeeper: Command, tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text("+442071838750\n")
    then = (datetime.now(UTC) - timedelta(days=33)).strftime("%Y-%m-%d")
    gatekeeper("dnc", "import", "gb-national", file, "--as-of", then)
    told = gatekeeper("doctor", "--json")
    row = found(told.document, "list gb-national")
    assert row["state"] == "bad"
    assert "33 days old" in row["found"] and "gatekeeper dnc import" in row["advice"]
    assert told.status == 1
    gatekeeper("dnc", "import", "gb-national", file)
    assert found(gatekeeper("doctor", "--json").document, "list gb-national")["state"] == "ok"


def test_without_a_gate_the_rest_is_still_looked_at(alone: Command) -> None:
    told = alone("doctor", "--json")
    assert found(told.document, "gate")["state"] == "warn"
    assert found(told.document, "keyring")["found"] == "none yet"
    assert told.status == 0


def test_a_keyring_that_others_may_read_is_bad(demo_gate: Running, tmp_path: Path) -> None:
    keyring = tmp_path / "keyring.json"
    shutil.copy(demo_gate.data / "keyring.json", keyring)
    keyring.chmod(0o644)
    environment = demo_gate.environment | {"GATEKEEPER_DATA": str(tmp_path)}
    row = found(run(environment, "doctor", "--json").document, "keyring")
    assert (row["state"], row["advice"]) == ("bad", f"chmod 600 {keyring}")


def test_a_policy_that_does_not_load_is_bad(demo_gate: Running, tmp_path: Path) -> None:
    folder = tmp_path / "policies"
    shutil.copytree(FOLDER, folder)
    (folder / "floor" / "us.yaml").write_text("rules: 5\n")
    environment = demo_gate.environment | {"GATEKEEPER_POLICIES": str(folder)}
    told = run(environment, "doctor", "--json")
    row = next(row for row in told.document if row["what"] == "policy")
    assert row["state"] == "bad"
    assert "gatekeeper policy check" in row["advice"]
    assert told.status == 1


def test_a_full_disk_is_told_before_the_gate_refuses(
    gatekeeper: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(100 << 30, 100 << 30, 20 << 20))
    row = found(gatekeeper("doctor", "--json").document, "disk")
    assert (row["state"], row["found"]) == ("warn", "20 MiB free")
    assert "make room" in row["advice"]


def test_an_old_library_is_bad(gatekeeper: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(doctor.FLOORS, "aiohttp", (99, 0))
    told = gatekeeper("doctor", "--json")
    assert found(told.document, "aiohttp")["state"] == "bad"
    assert told.status == 1


@pytest.mark.parametrize(("age", "state"), [(0, "ok"), (365, "ok"), (366, "warn")])
def test_zone_data_grows_old_by_the_day(age: int, state: str) -> None:
    then = datetime.combine(zones.dated() + timedelta(days=age), time(12), UTC)
    with time_machine.travel(then, tick=False):
        (row,) = doctor._zones(Settings())
        (strict,) = doctor._zones(Settings(zone_data_days=1))
    assert row.state == state
    assert f"no more than {age} days old" in row.found
    assert (strict.state == "warn") == (age > 1)
    assert bool(row.advice) == (state == "warn")


def test_a_store_that_forgets_and_a_lost_dependency_are_told() -> None:
    status = {
        "health": {"dependencies": {"journal": "ok", "store": "not connected or not verified"}},
        "policy": {"hash": "ab" * 32, "differs": True, "faults": ["floor/us.yaml:3:1: nonsense"]},
        "store": {"durability": "none"},
        "lists": [],
    }
    rows = {each.what: each for each in doctor._dependencies(status)}
    assert rows["gate's store"].state == "bad" and "503" in rows["gate's store"].advice
    assert rows["policy reload"].found == "floor/us.yaml:3:1: nonsense"
    assert "policy folder" not in rows
    status["policy"] = {"hash": "ab" * 32, "differs": True, "faults": []}
    (folder,) = [each for each in doctor._dependencies(status) if each.what == "policy folder"]
    assert folder.state == "warn" and "abababababab is in force" in folder.found
    assert rows["store durability"].state == "warn"
    assert "GATEKEEPER_STORE_DURABILITY" in rows["store durability"].advice


def test_a_list_is_as_old_as_its_own_law_permits_and_a_lost_one_is_told() -> None:
    as_of = (datetime.now(UTC) - timedelta(days=29)).isoformat()
    row = {"version": "v1", "as_of": as_of, "count": 5}
    names = ("us-national", "gb-national", "litigators", "us-fl")
    status = {
        "lists": [{**row, "list_id": name} for name in names],
        "lists_limits": {"us-national": 31, "gb-national": 28, "us-fl": 31},
        "lists_lost": ["us-fl"],
    }
    rows = {each.what: each for each in doctor._lists(status)}
    assert [rows[f"list {name}"].state for name in names] == ["ok", "bad", "ok", "bad"]
    assert "29 days old of 28" in rows["list gb-national"].found
    assert "lost" in rows["list us-fl"].found


def test_a_tenant_that_only_observes_is_named_with_its_end(gatekeeper: Command) -> None:
    until = (datetime.now(UTC) + timedelta(days=9)).date().isoformat()
    gatekeeper("tenant", "add", "watcher")
    gatekeeper("tenant", "observe", "watcher", "--until", until, "--why", "onboarding")
    row = found(gatekeeper("doctor", "--json").document, "tenant watcher")
    assert (row["state"], row["found"]) == ("warn", f"only observes until {until}T00:00:00Z")
    assert "tenant observe watcher --end" in row["advice"]
    gatekeeper("tenant", "observe", "watcher", "--end")
    rows = gatekeeper("doctor", "--json").document
    assert "tenant watcher" not in {each["what"] for each in rows}


def test_a_missing_purpose_model_is_told_with_the_rules_that_find_nothing(tmp_path: Path) -> None:
    (well,) = doctor._models(Settings())
    assert well.state == "ok" and well.found.endswith("models/purpose")
    (gone,) = doctor._models(Settings(models=tmp_path))
    assert gone.state == "warn" and "No such file" in gone.found
    assert "gate.reads_as" in gone.advice
