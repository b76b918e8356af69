"""Are a provider's opt-outs pulled page by page, each once, and only by who may ask?"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from gatekeeper.domain.registry import CredentialMode
from gatekeeper.errors import AmbiguousRequest, DependencyUnavailable, InputRejected
from gatekeeper.pipeline.inbound_pull import Pull
from gatekeeper.pipeline.inbound_record import Recorder
from gatekeeper.pipeline.upstream import NotSent, Outcome
from gatekeeper.providers import TWILIO
from gatekeeper.providers.contract import RawRequest, Reply
from gatekeeper.proxy.books import Books
from tests.pipeline.test_inbound import Fixed
from tests.support.acme import ACCOUNT, NEWS, UPSTREAM_SECRET
from tests.support.gate import Stand
from tests.support.spine import rooms, snapshot
from tests.support.webhooks import sid

pytestmark = pytest.mark.asyncio(loop_scope="module")

SINCE = datetime(2026, 11, 1, tzinfo=UTC)
NEXT = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json?PageSize=1000&Page=1"


class Pages:
    """An upstream with these answers, one for each request."""

    def __init__(self, *answers: Outcome) -> None:
        self.answers = list(answers)
        self.asked: list[RawRequest] = []

    async def send(self, request: RawRequest, deadline: float) -> Outcome:
        self.asked.append(request)
        return self.answers.pop(0)

    async def close(self) -> None:
        """Nothing to close."""


def page(*messages: Any, following: str | None = None) -> Reply:
    said = {"messages": messages, "next_page_uri": following}
    return Reply(200, (), json.dumps(said).encode())


def refused(to: str, sender: str = NEWS, code: int = 21610) -> dict[str, Any]:
    return {
        "sid": sid(), "to": to, "from": sender, "error_code": code,
        "date_sent": "Fri, 20 Nov 2026 12:00:00 +0000",
    }  # fmt: skip


def pull(stand: Stand, pages: Pages, **changes: Any) -> Pull:
    ground = stand.gate.ground
    parts = rooms(stand, upstreams={"twilio": pages}, **changes)
    recorder = Recorder(parts, Books(ground.ledger, ground.store))
    return Pull(recorder, {"twilio": TWILIO})


async def results(under_way: Pull) -> dict[str, int]:
    return {each.stage: each.done async for each in under_way.run("shop", SINCE)}


async def test_every_page_is_read_and_every_opt_out_recorded_once(acme: Stand) -> None:
    one, two = refused("+12122005501"), refused("+12122005502")
    other, foreign = refused("+12122005503", code=30003), refused("+12122005504", "+13122009999")
    pages = Pages(page(one, other, following=NEXT), page(two, foreign), page(one), page())
    told = await results(pull(acme, pages))
    assert told == {"read": 4, "recorded": 2, "known": 0, "foreign": 1}
    assert pages.asked[1].target == NEXT
    for asked in pages.asked:
        assert TWILIO.credential(asked) is not None
        assert TWILIO.credential(asked).secret == UPSTREAM_SECRET  # type: ignore[union-attr]
    again = await results(pull(acme, pages))
    assert again == {"read": 1, "recorded": 0, "known": 1, "foreign": 0}
    subject = acme.gate.ground.keyring.subject("acme", "+12122005501")
    (event,) = await acme.gate.ground.store.events_of(subject)
    assert event.at == datetime(2026, 11, 20, 12, tzinfo=UTC), "when it happened, not when pulled"


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (NotSent("refused"), DependencyUnavailable),
        (Reply(401, (), b"{}"), AmbiguousRequest),
        (Reply(200, (), b"{}"), AmbiguousRequest),
    ],
)
async def test_a_page_that_does_not_come_is_an_error_and_not_an_end(
    acme: Stand, answer: Outcome, error: type[Exception]
) -> None:
    pages = Pages(page(following=NEXT), answer)
    with pytest.raises(error):
        await results(pull(acme, pages))


async def test_only_an_application_whose_secret_the_gate_holds_can_ask(acme: Stand) -> None:
    with pytest.raises(InputRejected, match="no application nobody"):
        async for _ in pull(acme, Pages()).run("nobody", SINCE):
            pass
    known = acme.gate.configuration.current.registry.applications["shop"]
    passing = replace(known, mode=CredentialMode.PASS_THROUGH)
    with pytest.raises(InputRejected, match="pass_through"):
        await results(pull(acme, Pages(), configured=Fixed(snapshot(passing))))
