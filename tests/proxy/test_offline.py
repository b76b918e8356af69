"""Is a stopped installation locked while it is worked on, and never worked on while it runs?"""

from __future__ import annotations

from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from gatekeeper.domain.consent import ConsentAct
from gatekeeper.errors import InputRejected, JournalError
from gatekeeper.journal.record import Record
from gatekeeper.ledger.consent_input import ConsentInput
from gatekeeper.ledger.rebuild import rebuild
from gatekeeper.proxy.foundation import Foundation, lay
from gatekeeper.proxy.offline import _Sealed, compared, stopped
from gatekeeper.settings import Settings
from tests.support.gate import settings_in

NUMBER = "+12122000123"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path, "sandbox")


async def laid(settings: Settings, stack: AsyncExitStack) -> Foundation:
    return await lay(settings, stack, lambda _: None)


async def opted_out(settings: Settings) -> None:
    """One start of the gate, with one opt-out."""
    async with AsyncExitStack() as stack:
        ground = await laid(settings, stack)
        await ground.consent.record("acme", ConsentInput(number=NUMBER, event=ConsentAct.OPT_OUT))


def silent(_done: int, _total: int) -> None:
    """Nobody follows."""


async def test_while_a_gate_runs_it_says_what_to_do(settings: Settings) -> None:
    async with AsyncExitStack() as stack:
        await laid(settings, stack)
        with pytest.raises(InputRejected, match="stop it"):
            async with stopped(settings, silent):
                pass


async def test_while_it_is_worked_on_no_gate_starts(settings: Settings) -> None:
    await opted_out(settings)
    async with stopped(settings, silent), AsyncExitStack() as stack:
        with pytest.raises(JournalError, match="another gate"):
            await laid(settings, stack)
    await opted_out(settings)


async def test_where_no_gate_ever_ran_there_is_nothing_to_do(settings: Settings) -> None:
    with pytest.raises(InputRejected, match=r"no journal.*GATEKEEPER_DATA"):
        async with stopped(settings, silent):
            pass


async def test_a_rebuilt_store_is_what_the_journal_says_and_the_next_start_finds_it(
    settings: Settings,
) -> None:
    await opted_out(settings)
    async with stopped(settings, silent) as site:
        assert (await rebuild(site)).changes == 1
        assert [each async for each in compared(site)] == []
        await site.projection.erase()
        told = [each async for each in compared(site)]
        assert {each.what for each in told} == {"mark", "consent"}
        assert any(each.decides for each in told if each.what == "consent")
    async with AsyncExitStack() as stack:
        ground = await laid(settings, stack)
        assert len(await ground.consent.history("acme", NUMBER)) == 1


async def test_nothing_is_recorded_beside_the_gate() -> None:
    with pytest.raises(JournalError, match="stopped"):
        await _Sealed().append_all([Record("consent", "e1", "acme", {})])
