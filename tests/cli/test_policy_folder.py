"""Is a folder that does not load told by every command alike?"""

from __future__ import annotations

from pathlib import Path

from tests.support.author import run, write


def test_a_folder_that_does_not_load_is_told_by_every_command(folder: Path) -> None:
    write(folder, "verdict: block", "verdict: blok")
    for words in (("test", folder), ("list", folder), ("explain", "us.consent", folder)):
        result = run(*words)
        assert result.exit_code == 1
        assert "floor/us.yaml:17:14: blok is not one of" in result.stderr
