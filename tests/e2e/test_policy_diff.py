"""Is a changed window in a tenant's file shown with the right matrix, over ten thousand decisions?

What must be found is worked out from the messages by the clock on the wall, not by judging them.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterable
from datetime import time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gatekeeper.rollout.ready import loaded
from tests.support.author import run
from tests.support.shipped import FOLDER
from tests.support.traffic import Message, busy_day, snapshot_of, write

COUNT = 10_000
LAW = (time(8), time(21))
EARLIER = (time(9), time(20))
LATER = (time(11), time(18, 30))

TENANT_FILE = """
tenant: acme
title: What Acme asks of its own messages
given:
  to: "+12122000123"
  at: 2026-11-20T12:00:00-05:00
  message: {channel: sms, from: "+13122000100", purpose: marketing, technology: autodialed,
            text: "Acme: 20% off today. Reply STOP to opt out."}
  sender: owned
  consent: express_written
  listings: {us-national: clear}
tighten:
  - rule: us.quiet_hours
    reason: Nobody wants an offer at breakfast
    with: {windows: {mon-sun: "WINDOW"}}
    tests:
      - {name: at seven, fires: true, at: 2026-11-20T07:00:00-05:00}
      - {name: noon, fires: false, at: 2026-11-20T12:00:00-05:00}
"""


def policies(folder: Path, hours: tuple[time, time]) -> Path:
    """The shipped policies with a file of Acme's in which offers have these hours."""
    shutil.copytree(FOLDER, folder)
    window = "-".join(f"{each:%H:%M}" for each in hours)
    (folder / "tenants").mkdir(exist_ok=True)
    (folder / "tenants" / "acme.yaml").write_text(TENANT_FILE.replace("WINDOW", window))
    return folder


def goes(message: Message, hours: tuple[time, time]) -> bool:
    """Whether an offer may come by the recipient's own clock; order news may at any hour."""
    if message.campaign != "offers":
        return True
    own = hours if message.tenant == "acme" else LAW
    wall = message.at.astimezone(ZoneInfo(message.zone)).time()
    return LAW[0] <= wall < LAW[1] and own[0] <= wall < own[1]


def expected(messages: Iterable[Message], old: Any, new: Any) -> dict[tuple[str, str], int]:
    verdict = {True: "allow", False: "defer"}
    return dict(Counter((verdict[goes(m, old)], verdict[goes(m, new)]) for m in messages))


def matrix(told: dict[str, Any]) -> dict[tuple[str, str], int]:
    found = told["matrix"]
    return {(old, new): n for old, row in found.items() for new, n in row.items() if n}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both folders, and the journal of a gate that judged by the first."""
    folder = tmp_path_factory.mktemp("diff")
    before = policies(folder / "before", EARLIER)
    policies(folder / "after", LATER)
    write(folder / "journal", busy_day(COUNT), seen=snapshot_of(loaded(before)))
    return folder


def diff(place: Path, old: str, new: str) -> dict[str, Any]:
    words = ("--journal", place / "journal", "--json", "--max-unjudged", 0)
    result = run("diff", place / old, place / new, *words)
    assert result.exit_code == 0, result.output
    told: dict[str, Any] = json.loads(result.stdout)
    return told


def test_the_matrix_is_that_of_the_clocks_on_the_wall(place: Path) -> None:
    told, messages = diff(place, "before", "after"), list(busy_day(COUNT))
    assert told["decisions"] == told["judged"] == COUNT
    assert matrix(told) == expected(messages, EARLIER, LATER)
    moved = [m for m in messages if goes(m, EARLIER) and not goes(m, LATER)]
    assert len(moved) > 100
    assert (told["newly_blocked"], told["newly_allowed"]) == (len(moved), 0)
    assert {name for name, rule in told["rules"].items() if rule["newly_blocked"]} == {
        "acme.us.quiet_hours"
    }
    changed = {each["tenant"] for each in told["campaigns"] if each["newly_blocked"]}
    assert changed == {"acme"}


def test_turned_round_it_is_the_same_the_other_way(place: Path) -> None:
    told = diff(place, "after", "before")
    assert matrix(told) == expected(busy_day(COUNT), LATER, EARLIER)
    assert told["newly_allowed"] > 100 > 0 == told["newly_blocked"]


def test_what_the_records_say_was_decided_is_what_the_old_policy_says(place: Path) -> None:
    told = diff(place, "before", "before")
    assert matrix(told) == expected(busy_day(COUNT), EARLIER, EARLIER)
    assert (told["rules"], told["examples"]) == ({}, [])
