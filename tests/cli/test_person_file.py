"""Is a person's document in its file whole, or is there no file?"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from gatekeeper.cli import person_file
from gatekeeper.errors import InputRejected


def answering(monkeypatch: pytest.MonkeyPatch, *news: dict[str, Any]) -> None:
    async def lines(_path: str, _body: object) -> AsyncIterator[dict[str, Any]]:
        for item in news:
            yield item

    monkeypatch.setattr(person_file, "lines", lines)


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


HALF: tuple[dict[str, Any], ...] = ({"text": '{"a":'}, {"stage": "read", "done": 1, "total": 2})


async def test_the_pieces_make_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    answering(monkeypatch, *HALF, {"text": "1}"}, {"done": True})
    await person_file.fetch({}, tmp_path / "p.json")
    assert (tmp_path / "p.json").read_text() == '{"a":1}'


@pytest.mark.parametrize(
    ("last", "told"),
    [(({"error": "a line cannot be read"},), "cannot be read"), ((), "stopped during the export")],
)
async def test_a_document_that_ends_early_leaves_no_file_and_the_older_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, last: tuple[dict[str, Any], ...], told: str
) -> None:
    (tmp_path / "p.json").write_text("older")
    answering(monkeypatch, *HALF, *last)
    with pytest.raises(InputRejected, match=told):
        await person_file.fetch({}, tmp_path / "p.json")
    assert names(tmp_path) == ["p.json"]
    assert (tmp_path / "p.json").read_text() == "older"


async def test_without_a_file_it_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answering(monkeypatch, *HALF, {"text": "1}"}, {"done": True})
    await person_file.fetch({}, None)
    assert capsys.readouterr().out == '{"a":1}'
