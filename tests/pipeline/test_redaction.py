"""Which spans are masked, and when does a redaction become a block?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from gatekeeper.checks import content, sender
from gatekeeper.domain.decision import Decision
from gatekeeper.domain.facts import Facts, SenderFacts
from gatekeeper.domain.match import Match, Span
from gatekeeper.domain.message import TextPart
from gatekeeper.domain.reason import Reason
from gatekeeper.domain.registry import Application, Caller, Registry, Tenant
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Family, Likelihood, Mode
from gatekeeper.evaluate import evaluate
from gatekeeper.pipeline.case import Hints, open_case
from gatekeeper.pipeline.flight import Flight
from gatekeeper.pipeline.redaction import IMPOSSIBLE, redact, spans_to_mask
from gatekeeper.pipeline.rooms import Rooms
from gatekeeper.pipeline.snapshot import Snapshot, take
from gatekeeper.policy.model import Policy, Rule
from gatekeeper.providers import TWILIO
from gatekeeper.screening.replies import Replies
from gatekeeper.screening.screener import Screener
from tests.support.detectors import shipped_screener
from tests.support.judging import facts, rule
from tests.support.twilio_requests import ACCOUNT, MESSAGES, SMS, form

MASKS = rule(content.CHECK, Verdict.REDACT, "t.masks", family="payment", at_least="possible")
MARKS = rule(content.CHECK, Verdict.FLAG, "t.marks", family="payment", at_least="possible")
BLOCKS = rule(content.CHECK, Verdict.BLOCK, "t.blocks", family="payment", at_least="very_likely")
IDS = rule(content.CHECK, Verdict.REDACT, "t.ids", family="government_id", at_least="possible")
TEXT = "Booking for 4111111111111111 is ready."


def match(start: int, family: Family = Family.PAYMENT, **changes: Any) -> Match:
    found = Match(family, "card", Likelihood.POSSIBLE, "Body", start, start + 4)
    return replace(found, **changes)


def spans(given: Facts, *rules: Rule) -> tuple[Span, ...]:
    policy = Policy("h", rules)
    return spans_to_mask([given], [evaluate(given, policy)], policy)


class _Configured:
    """A configuration that stands still."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.current = snapshot

    async def catch_up(self, version: int) -> None:
        """Nothing newer comes."""


def flight(text: str, policy: Policy, screener: Screener) -> Flight:
    """A flight as it stands when its decisions are made; nothing here does I/O."""
    snapshot = take(Registry(), policy, screener, Replies(()), sandbox=False)
    nothing = cast(Any, None)
    at = datetime(2026, 11, 20, 17, tzinfo=UTC)
    known = _Configured(snapshot)
    rooms = Rooms(
        nothing, nothing, nothing, known, {}, nothing, nothing, lambda: at, bytes, nothing
    )
    raw = form(MESSAGES, {**SMS, "Body": text})
    operation = TWILIO.match(raw)
    assert operation is not None
    made = Flight(rooms, TWILIO, operation, raw, Hints())
    caller = Caller(Application("shop", "acme", "twilio", ACCOUNT), Tenant("acme", "Acme"))
    request = TWILIO.parse(raw, operation)
    made.case = open_case("r", at, caller, request, Hints(), snapshot)
    return made


def settled(text: str, *rules: Rule, screener: Screener | None = None) -> tuple[Flight, Decision]:
    policy, screens = Policy("h", rules), screener or shipped_screener()
    under_way = flight(text, policy, screens)
    assert under_way.case is not None
    given = facts(matches=screens.screen(under_way.case.request.parts))
    (decision,) = redact(under_way, (given,), (evaluate(given, policy),))
    return under_way, decision


def test_every_match_that_a_redacting_rule_speaks_of_is_masked_and_no_other() -> None:
    given = facts(
        matches=(
            match(20, likelihood=Likelihood.LIKELY),
            match(3),
            match(10, likelihood=Likelihood.UNLIKELY),
            match(30, Family.GOVERNMENT_ID),
        )
    )
    assert spans(given, MASKS, MARKS) == (Span("Body", 3, 7), Span("Body", 20, 24))
    assert spans(given, MASKS, IDS)[-1] == Span("Body", 30, 34)
    assert spans(given, MARKS) == ()


def test_a_span_that_two_rules_speak_of_is_masked_once() -> None:
    assert spans(facts(matches=(match(3),)), MASKS, replace(MASKS, id="t.too")) == (
        Span("Body", 3, 7),
    )


def test_a_match_that_does_not_stand_there_as_written_is_not_masked_in_part() -> None:
    assert spans(facts(matches=(match(3), match(9, exact=False))), MASKS) == ()


def test_a_finding_that_is_about_no_match_masks_nothing() -> None:
    unowned = rule(sender.CHECK, Verdict.REDACT, "t.sender", forged=())
    given = facts(matches=(match(3),), sender=SenderFacts())
    assert evaluate(given, Policy("h", (unowned,))).verdict is Verdict.REDACT
    assert spans(given, MASKS, unowned) == ()


def test_a_masked_message_keeps_its_decision_and_leaves_altered() -> None:
    under_way, decision = settled(TEXT, MASKS, MARKS)
    assert decision.verdict is Verdict.REDACT
    assert under_way.masked == (Span("Body", 12, 28),)
    assert under_way.outgoing.body == under_way.raw.body.replace(b"4111111111111111", b"*" * 16)
    assert under_way.raw.body == form(MESSAGES, {**SMS, "Body": TEXT}).body


@pytest.mark.parametrize(
    "rules", [(MARKS,), (MASKS, replace(MARKS, verdict=Verdict.BLOCK)), (BLOCKS,)]
)
def test_nothing_is_masked_where_redaction_is_not_the_verdict(rules: tuple[Rule, ...]) -> None:
    under_way, _ = settled(TEXT, *rules)
    assert (under_way.outgoing, under_way.masked) == (under_way.raw, ())


def test_a_redacting_rule_in_shadow_alters_nothing() -> None:
    under_way, decision = settled(TEXT, replace(MASKS, mode=Mode.SHADOW))
    assert decision.verdict is Verdict.ALLOW
    assert under_way.outgoing is under_way.raw


def test_what_cannot_be_masked_is_blocked_by_the_same_rule() -> None:
    under_way, decision = settled("Booking for 411111111111%31111 is ready.", MASKS, MARKS)
    assert decision.verdict is Verdict.BLOCK
    primary = decision.primary
    assert primary is not None
    assert (primary.rule, primary.reason) == ("t.masks", Reason.CONTENT_PAYMENT)
    assert primary.detail.endswith(IMPOSSIBLE)
    assert [f.verdict for f in decision.findings if f.rule == "t.marks"] == [Verdict.FLAG]
    assert (under_way.outgoing, under_way.masked) == (under_way.raw, ())


class _Stubborn(Screener):
    """A screener that finds something in whatever text it is given."""

    def screen(self, parts: Any, names: Any = ()) -> tuple[Match, ...]:
        """One match, where the text is long enough for it."""
        return tuple(match(3) for part in parts if isinstance(part, TextPart))


def test_a_mask_that_leaves_something_to_find_is_a_block() -> None:
    under_way, decision = settled(TEXT, MASKS, screener=_Stubborn(()))
    assert decision.verdict is Verdict.BLOCK
    assert (under_way.outgoing, under_way.masked) == (under_way.raw, ())


def test_what_is_only_marked_after_masking_may_leave() -> None:
    health = rule(content.CHECK, Verdict.FLAG, "t.health", family="health", at_least="possible")
    _, decision = settled("Booking for 4111111111111111: HIV test positive, Ann.", MASKS, health)
    assert decision.verdict is Verdict.REDACT


def test_of_several_recipients_only_those_whose_finding_redacts_are_blocked() -> None:
    policy = Policy("h", (MASKS,))
    text = "Booking for 411111111111%31111 is ready."
    under_way = flight(text, policy, shipped_screener())
    assert under_way.case is not None
    found = facts(matches=shipped_screener().screen(under_way.case.request.parts))
    people = (found, facts())
    decisions = redact(under_way, people, tuple(evaluate(each, policy) for each in people))
    assert [decision.verdict for decision in decisions] == [Verdict.BLOCK, Verdict.ALLOW]
