"""Does an operator see every waiver, its end and its uses?"""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gatekeeper.cli.policy_waivers import told
from gatekeeper.policy.model import Policy, Waiver
from gatekeeper.rollout.observed import Uses
from tests.support.author import run
from tests.support.shipped import FOLDER

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def waiver(name: str, begins: datetime, ends: datetime) -> Waiver:
    rules = frozenset({"us.quiet_hours"})
    return Waiver(name, "acme", rules, "Ann", "a recall", "memo 2", begins, ends)


def test_waivers_are_told_by_their_end_with_uses_and_days_left() -> None:
    waivers = (
        waiver("later", NOW + DAY, NOW + 40 * DAY),
        waiver("now", NOW - DAY, NOW + 10 * DAY + timedelta(hours=1)),
        waiver("over", NOW - 9 * DAY, NOW),
    )
    used = {("acme", "now"): Uses(3, "2026-11-20T11:00:00.000000Z")}
    rows = list(told(Policy("h", (), waivers=waivers), used, NOW))
    assert [(row["id"], row["state"], row["days_left"], row["uses"]) for row in rows] == [
        ("over", "expired", 0, 0),
        ("now", "in force", 10, 3),
        ("later", "not yet", 40, 0),
    ]
    assert rows[1]["last_used"] == "2026-11-20T11:00:00.000000Z"


def test_the_folders_waivers_are_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "policies"
    shutil.copytree(FOLDER, folder)
    monkeypatch.setenv("GATEKEEPER_DATA", str(tmp_path / "none"))
    assert "no waivers" in run("waivers", str(folder)).stdout
    (folder / "tenants").mkdir(exist_ok=True)
    (folder / "tenants" / "acme.yaml").write_text(
        "tenant: acme\ntitle: Acme\nwaivers:\n"
        "  - {id: w1, rules: [us.quiet_hours], approved_by: Ann, reason: a recall,\n"
        "     citation: memo 2, from: 2026-11-01, expires: 2096-12-01}\n"
    )
    (row,) = json.loads(run("waivers", str(folder), "--json").stdout)["waivers"]
    assert (row["id"], row["tenant"], row["uses"]) == ("w1", "acme", 0)
    assert row["source"] == "tenants/acme.yaml:4:5"
    assert "a recall" in run("waivers", str(folder)).stdout
