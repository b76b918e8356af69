"""Does a tenant's choice of how to read the law bind its sends, and stand in their records?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from gatekeeper.domain.consent import Basis
from gatekeeper.domain.registry import Posture
from gatekeeper.ledger.changes import document_entry
from tests.support.acme import ANA, OFFERS, TENANT, consented
from tests.support.gate import Stand, standing_gate

NEW_YORK, MIAMI = "+12122000961", "+13052000961"


async def verdict(stand: Stand, to: str) -> tuple[str, set[str]]:
    """What becomes of an offer at noon."""
    question = {"channel": "sms", "from": OFFERS, "to": to, "text": "Acme: 20% off. STOP to end."}
    noon = {"at": "2027-01-20T12:00:00-05:00", "assume": {"listings": {"us-national": "clear"}}}
    told = await stand.native("/v1/check", question | noon)
    return told.body["verdict"], {finding["rule"] for finding in told.body["findings"]}


async def test_the_choice_is_the_tenants_and_stands_in_each_decision(tmp_path: Path) -> None:
    async with standing_gate(tmp_path) as stand:
        await consented(stand.gate, [NEW_YORK, MIAMI], Basis.EXPRESS)
        assert await verdict(stand, NEW_YORK) == ("block", {"us.consent_marketing"})
        await stand.sms(ANA)
        assert stand.records("decision")[-1].content["posture"] == "fcc"

        ground, configuration = stand.gate.ground, stand.gate.configuration
        acme = configuration.current.registry.tenants[TENANT]
        chosen = replace(acme, posture=Posture.STATUTE)
        await ground.ledger.commit(ground.store, [document_entry(chosen)])
        await configuration.load()

        assert await verdict(stand, NEW_YORK) == ("allow", set())
        assert await verdict(stand, MIAMI) == ("block", {"us-fl.consent"})
        await stand.sms(ANA)
        assert stand.records("decision")[-1].content["posture"] == "statute"
