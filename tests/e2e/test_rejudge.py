"""Do the records of a running gate suffice to judge again, while it writes them?"""

from __future__ import annotations

import json

import pytest

from gatekeeper.pipeline.redaction import IMPOSSIBLE
from gatekeeper.rollout.compare import Comparison, Version, compare
from gatekeeper.rollout.traffic import Span, pieces
from tests.support.acme import ANA, BEN, CODES, NEWS, OFFERS, STOPPED, STRANGER, TENANT
from tests.support.author import run
from tests.support.gate import CALLS, Stand
from tests.support.rejudged import disagreements, judged_by
from tests.support.shipped import FOLDER, shipped
from tests.support.traffic import with_hours

pytestmark = pytest.mark.asyncio(loop_scope="module")

OFFER = "Acme: 20% off today. Reply STOP to opt out."
MESSAGES = [
    {"To": to, "From": sender, "Body": text}
    for to in (ANA, STOPPED, STRANGER, "911", "+447400123456", "+18002200123")
    for sender in (NEWS, OFFERS, CODES, "+14152000199")
    for text in (OFFER, "Card 4111 1111 1111 1111 exp 04/29")
]


async def test_a_gate_and_its_records_decide_alike(acme: Stand) -> None:
    """Verdict, findings and times, for messages of every fate; a call and opaque content too."""
    for fields in MESSAGES:
        await acme.post(fields)
    await acme.post({"To": BEN, "From": NEWS, "Url": "https://shop.example/x"}, path=CALLS)
    await acme.post({"To": BEN, "From": NEWS, "ContentSid": "HX" + "00" * 16})
    policy, records = shipped().policy, acme.records("decision")
    judged = list(judged_by(policy, records))
    assert len(judged) >= len(MESSAGES)
    assert {r.verdict for _, d in judged for r in d.recipients} >= {"allow", "block"}
    assert disagreements(policy, records) == []


async def test_the_journal_of_a_running_gate_is_compared(acme: Stand) -> None:
    """With the same policy on both sides nothing moves, and everything can be judged again."""
    await acme.post({"To": ANA, "From": NEWS, "Body": "Your order is ready."})
    folder = acme.settings.journal_folder
    version = Version(FOLDER, shipped().policy.hash)
    tally = compare(Comparison(version, version, Span()), pieces(folder, Span()), lambda _: None)
    assert (tally.total.changed, tally.total.unjudged) == (0, 0)
    assert tally.total.judged > 0
    found = json.loads(
        run("diff", FOLDER, FOLDER, "--journal", folder, "--json", "--max-unjudged", 0).stdout
    )
    assert found["judged"] == tally.total.judged
    assert set(found["tenants"]) == {TENANT}


async def test_each_recipient_of_a_request_counts(acme: Stand) -> None:
    """A call that dials on reaches two people: one of them has opted out."""
    twiml = f"<Response><Dial>{STOPPED}</Dial></Response>"
    told = await acme.post({"To": ANA, "From": NEWS, "Twiml": twiml}, path=CALLS)
    (line,) = [r for r in acme.records("decision") if r.id == told.headers["Gatekeeper-Decision"]]
    assert len(line.content["recipients"]) == 2
    span = Span(since=line.at)
    folder, version = acme.settings.journal_folder, Version(FOLDER, shipped().policy.hash)
    tally = compare(Comparison(version, version, span), pieces(folder, span), lambda _: None)
    assert (tally.decisions, tally.total.judged) == (1, 2)


async def test_no_person_is_named_in_what_is_shown(acme: Stand) -> None:
    await acme.post({"To": ANA, "From": OFFERS, "Body": OFFER})
    night = with_hours(acme.settings.data.parent / "night", "00:01-00:02")
    shown = run("diff", FOLDER, night, "--journal", acme.settings.journal_folder)
    for secret in (ANA[2:], "20% off", IMPOSSIBLE):
        assert secret not in shown.output
