"""Are answers shown as a table to people, and as JSON to machines?"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from gatekeeper.cli.output import show, show_rows

ROWS: list[dict[str, Any]] = [
    {"id": "news", "purposes": ["marketing", "debt"], "seller": None, "note": "[bold]x[/]"},
    {"id": "codes", "purposes": [], "seller": "Acme", "note": "y"},
]


def test_json_is_readable_and_whole(capsys: pytest.CaptureFixture[str]) -> None:
    show({"at": datetime(2026, 11, 20, tzinfo=UTC), "count": 2})
    assert json.loads(capsys.readouterr().out) == {"at": "2026-11-20T00:00:00Z", "count": 2}


def test_a_table_shows_the_named_columns_and_a_dash_for_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show_rows(ROWS, ("id", "purposes", "seller"), as_json=False)
    header, first, second = (line.split() for line in capsys.readouterr().out.splitlines())
    assert header == ["id", "purposes", "seller"]
    assert first == ["news", "marketing,", "debt", "-"]
    assert second == ["codes", "-", "Acme"]


def test_what_looks_like_markup_is_shown_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    show_rows(ROWS, ("note",), as_json=False)
    assert "[bold]x[/]" in capsys.readouterr().out


def test_rows_as_json_hold_every_column(capsys: pytest.CaptureFixture[str]) -> None:
    show_rows(ROWS, ("id",), as_json=True)
    assert json.loads(capsys.readouterr().out) == ROWS
