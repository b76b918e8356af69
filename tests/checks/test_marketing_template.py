from __future__ import annotations

from gatekeeper.checks.marketing_template import CHECK
from gatekeeper.domain.facts import Template
from gatekeeper.domain.number import Number, Reading
from gatekeeper.domain.words import Purpose
from tests.support.judging import ask, facts, reason

SALE = Template("sale", "MARKETING", "approved")
PARCEL = Template("parcel", "utility", "approved")


def test_a_marketing_template_to_the_calling_code_is_a_finding() -> None:
    given = facts(template=SALE, purpose=Purpose.TRANSACTIONAL)
    assert reason(CHECK, given, calling_code="+1") == "channel.marketing_blocked"


def test_a_marketing_message_does_not_hide_behind_another_category() -> None:
    assert ask(CHECK, facts(template=PARCEL), calling_code="+1") is not None
    service = facts(template=PARCEL, purpose=Purpose.TRANSACTIONAL)
    assert ask(CHECK, service, calling_code="+1") is None


def test_free_texts_and_other_calling_codes_are_not_spoken_of() -> None:
    assert ask(CHECK, facts(), calling_code="+1") is None
    london = facts(template=SALE, recipient=Reading(Number("+442079460123", "GB")))
    assert ask(CHECK, london, calling_code="+1") is None
