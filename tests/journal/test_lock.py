"""One gate writes in a data folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gatekeeper.errors import JournalError
from gatekeeper.journal.lock import hold
from tests.support.journal import opened


def test_a_second_holder_is_told_who_holds_it_and_what_to_do(tmp_path: Path) -> None:
    fd = hold(tmp_path)
    with pytest.raises(JournalError, match=rf"process {os.getpid()}.*GATEKEEPER_DATA"):
        hold(tmp_path)
    os.close(fd)
    os.close(hold(tmp_path))


async def test_a_second_journal_on_the_folder_does_not_open(tmp_path: Path) -> None:
    journal = await opened(tmp_path)
    with pytest.raises(JournalError, match="another gate"):
        await opened(tmp_path)
    await journal.close()
    await (await opened(tmp_path)).close()
