"""Is a message taken for a fixed answer by its text alone, and do the texts fit one SMS?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from msgspec.structs import replace as altered

from gatekeeper.checks.answer import CONFIRMATION, HELP
from gatekeeper.domain.registry import Brand, Campaign, Registry, Tenant
from gatekeeper.domain.reply import ReplyKind
from gatekeeper.domain.segments import segments
from gatekeeper.domain.words import Purpose
from gatekeeper.pipeline.case import Case
from gatekeeper.pipeline.inbound_texts import (
    LONGEST,
    Answering,
    help_text,
    in_context,
    speaker,
    stop_text,
)
from tests.pipeline.test_inbound_will import word
from tests.support.acme import ANA, NEWS
from tests.support.spine import case, plain_snapshot, snapshot
from tests.support.twilio_requests import message

EVENT = word().event
STOPPED = stop_text("Acme", None, "en")
BRAND = Brand("b", "acme", "Acme Boots", help_text="Boots: call us.", stop_text="Boots: bye.")


def said(body: str, answering: Answering | None = None, **fields: Any) -> Case:
    """The case of a message with this body."""
    asked = message(To=ANA, From=NEWS, Body=body, **fields)
    return in_context(case(asked), answering, plain_snapshot().registry)


@pytest.mark.parametrize("language", ["en", "es", "fr", "xx", ""])
@pytest.mark.parametrize("name", ["Acme", "A" * 300])
def test_our_own_texts_name_who_speaks_and_fit_one_message(language: str, name: str) -> None:
    for text in (stop_text(name, None, language), help_text(name, None, language)):
        assert text.startswith(name[:4])
        assert len(text) <= LONGEST
        assert segments(text).count == 1, "every letter is of the GSM alphabet"


def test_help_says_how_to_stop_in_the_keywords_language() -> None:
    assert "STOP" in help_text("A", None, "en") and "STOP" in help_text("A", None, "es")
    assert "ARRET" in help_text("A", None, "fr")


def test_a_brands_own_texts_come_first() -> None:
    assert stop_text("Acme", BRAND, "fr") == "Boots: bye."
    assert help_text("Acme", BRAND, "fr") == "Boots: call us."
    assert stop_text("Acme", replace(BRAND, stop_text=None), "en").startswith("Acme: ")


def test_who_speaks_is_named_as_people_know_it() -> None:
    tenant, campaign = Tenant("acme", "Acme Ltd"), Campaign("c", "acme", seller="Acme Hats")
    assert speaker(tenant, campaign, BRAND) == "Acme Boots"
    assert speaker(tenant, campaign, None) == "Acme Hats"
    assert speaker(tenant, None, None) == "Acme Ltd"


def test_the_whole_text_makes_it_a_confirmation_and_nothing_else_does() -> None:
    assert said(STOPPED).kind == CONFIRMATION
    assert said(stop_text("Acme", None, "fr")).kind == CONFIRMATION
    for other in (STOPPED + " 20% off!", STOPPED.lower(), "Goodbye.", "x" * 1000):
        assert said(other).kind is None
    media = said(STOPPED, MediaUrl="https://a.example/x.png")
    assert media.kind is None
    named = said(STOPPED, StatusCallback="https://a.example/x")
    assert named.kind == CONFIRMATION, "what the recipient does not see does not matter"


def test_a_help_text_is_a_help_reply_only_where_help_was_asked() -> None:
    text = help_text("Acme", None, "en")
    assert said(text).kind is None
    assert said(text, Answering(EVENT, ReplyKind.NONE)).kind is None
    asked = said(text, Answering(EVENT, ReplyKind.HELP))
    assert (asked.kind, asked.heard_at) == (HELP, asked.at)
    assert said("Anything", Answering(EVENT, ReplyKind.HELP)).kind is None


def test_a_brand_with_its_own_text_has_no_other() -> None:
    seen = snapshot(BRAND, Campaign("news", "acme", (Purpose.TRANSACTIONAL,), brand="b"))
    for body, kind in (("Boots: bye.", CONFIRMATION), (STOPPED, None)):
        asked = message(To=ANA, From=NEWS, Body=body)
        assert in_context(case(asked, seen=seen), None, seen.registry).kind == kind


def test_more_than_one_person_is_no_answer() -> None:
    one = case(message(To=ANA, From=NEWS, Body=STOPPED))
    request = altered(one.request, recipients=one.request.recipients * 2)
    assert in_context(altered(one, request=request), None, Registry()).kind is None
