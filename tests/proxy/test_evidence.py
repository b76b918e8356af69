"""Does a start open the evidence, private, and carry out again what the journal says is erased?"""

from __future__ import annotations

import shutil
import stat
from contextlib import AsyncExitStack
from pathlib import Path

from gatekeeper.domain.consent import ConsentAct
from gatekeeper.ledger.consent_input import ConsentInput, Evidence
from gatekeeper.ledger.erase import erase
from gatekeeper.ledger.rights_desk import why
from gatekeeper.proxy.foundation import lay
from tests.support.gate import settings_in

NUMBER = "+12122000123"


async def test_an_erasure_holds_with_an_older_copy_of_the_keys(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, "sandbox")
    async with AsyncExitStack() as stack:
        ground = await lay(settings, stack, lambda _: None)
        assert stat.S_IMODE(settings.key_store.stat().st_mode) == 0o600
        assert stat.S_IMODE(settings.key_store.parent.stat().st_mode) == 0o700
        proof = Evidence(text_shown="I agree")
        given = ConsentInput(number=NUMBER, event=ConsentAct.OPT_IN, evidence=proof)
        await ground.consent.record("acme", given)
        shutil.copy(settings.key_store, tmp_path / "older")
        person = ground.rights.person("acme", NUMBER)
        await erase(ground.rights, person, why("letter", "user:me"))
    shutil.copy(tmp_path / "older", settings.key_store)
    async with AsyncExitStack() as stack:
        again = await lay(settings, stack, lambda _: None)
        assert again.rights.keys.id_of(person.owner) is None
