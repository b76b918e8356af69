"""While a tenant only observes: does the message go, is that recorded and told everywhere?"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio

from gatekeeper.errors import InputRejected
from gatekeeper.journal.marked import marked
from gatekeeper.proxy.foundation import now
from gatekeeper.proxy.registry_desk import RegistryDesk
from gatekeeper.rollout.observed import MARK, observed
from tests.support.acme import ANA, NEWS, STOPPED, TENANT
from tests.support.gate import Stand, Told

pytestmark = pytest.mark.asyncio(loop_scope="module")

HEALTH = "Your HIV test came back positive."
CARD = "Your card 4111 1111 1111 1111 was charged."


async def state(acme: Stand, observe: Any) -> Any:
    registrar, configuration = acme.gate.ground.registrar, acme.gate.configuration
    desk = RegistryDesk(registrar, configuration.registry, configuration.load)
    return await desk.state("tenant", {"id": TENANT, "observe": observe}, "user:olga")


@pytest_asyncio.fixture(loop_scope="module")
async def watched(acme: Stand) -> AsyncIterator[Stand]:
    """The gate while its tenant only observes."""
    until = (now() + timedelta(days=30)).isoformat()
    await state(acme, {"until": until, "reason": "onboarding"})
    yield acme
    await state(acme, None)


async def sent(acme: Stand, text: str, to: str = ANA) -> Told:
    return await acme.post([("To", to), ("From", NEWS), ("Body", text)])


async def test_what_can_be_overridden_goes_and_the_answer_says_why(watched: Stand) -> None:
    told = await sent(watched, HEALTH)
    assert told.status == 201
    assert told.headers["Gatekeeper-Observe"].startswith("until=20")
    assert told.headers["Gatekeeper-Verdict"] == "allow"
    journal = watched.settings.journal_folder
    report = observed(marked(journal, MARK, "decision"), TENANT)
    assert report.would_stop >= 1
    assert report.rules["content.health"] >= 1
    assert told.headers["Gatekeeper-Decision"] in report.examples["content.health"]
    assert 'effect="observe",rule="content.health"' in await watched.metrics()


async def test_what_can_never_be_overridden_is_stopped_all_the_same(watched: Stand) -> None:
    for told in (await sent(watched, CARD), await sent(watched, "Hello", STOPPED)):
        assert told.status >= 400
        assert told.headers["Gatekeeper-Verdict"] == "block"
        assert told.headers["Gatekeeper-Observe"].startswith("until=20")


async def test_a_question_is_answered_with_the_end_of_it(watched: Stand) -> None:
    question = {"channel": "sms", "from": NEWS, "to": ANA, "text": HEALTH}
    told = (await watched.native("/v1/check", question)).body
    assert told["verdict"] == "allow"
    assert told["observe_until"] > now().isoformat()
    later = (now() + timedelta(days=31)).isoformat()
    after = (await watched.native("/v1/check", question | {"at": later})).body
    assert after["observe_until"] is None
    assert "content.health" in {each["rule"] for each in after["findings"]}
    assert after["verdict"] == "block", "it ends by itself"


async def test_when_it_has_ended_everything_is_enforced_and_nothing_says_otherwise(
    acme: Stand,
) -> None:
    told = await sent(acme, HEALTH)
    assert told.status >= 400
    assert "Gatekeeper-Observe" not in told.headers
    question = {"channel": "sms", "from": NEWS, "to": ANA, "text": "Hello"}
    assert (await acme.native("/v1/check", question)).body["observe_until"] is None
    assert acme.gate.observer.observing() == {}


async def test_operators_see_that_it_runs(watched: Stand) -> None:
    assert list(watched.gate.observer.observing()) == [TENANT]
    document = watched.gate.configuration.registry().tenants[TENANT]
    assert document.observe is not None
    assert (document.observe.reason, document.observe.by) == ("onboarding", "user:olga")


async def test_it_is_never_longer_than_ninety_days(watched: Stand) -> None:
    for days in (0, 91):
        until = (now() + timedelta(days=days)).isoformat()
        with pytest.raises(InputRejected, match=r"in the future|at most 90 days"):
            await state(watched, {"until": until, "reason": "again"})
