from __future__ import annotations

from datetime import timedelta

from gatekeeper.checks.answer import (
    CONFIRMATION_TIME,
    CONVERSATION_TIME,
    answers_recipient,
    in_conversation,
)
from gatekeeper.domain.consent import Consent, ConsentAct
from gatekeeper.domain.words import Purpose
from tests.support.judging import NOON, facts

STOPPED = Consent(ended_by=ConsentAct.OPT_OUT, ended_at=NOON)


def test_a_help_reply_is_an_answer() -> None:
    assert answers_recipient(facts(kind="help_reply", consent=STOPPED))


def test_the_confirmation_is_one_up_to_five_minutes_after_the_stop() -> None:
    given = facts(kind="opt_out_confirmation", consent=STOPPED, at=NOON + CONFIRMATION_TIME)
    assert answers_recipient(given)
    late = facts(
        kind="opt_out_confirmation",
        consent=STOPPED,
        at=NOON + CONFIRMATION_TIME + timedelta(seconds=1),
    )
    assert not answers_recipient(late)


def test_a_confirmation_of_nothing_and_an_ordinary_message_are_none() -> None:
    assert not answers_recipient(facts(kind="opt_out_confirmation"))
    reassigned = Consent(ended_by=ConsentAct.REASSIGNED, ended_at=NOON)
    assert not answers_recipient(facts(kind="opt_out_confirmation", consent=reassigned))
    assert not answers_recipient(facts(consent=STOPPED))


def test_a_reply_that_sells_nothing_belongs_to_what_the_recipient_began() -> None:
    asked = NOON - CONVERSATION_TIME + timedelta(seconds=1)
    assert in_conversation(facts(purpose=Purpose.DEBT, last_inbound_at=asked))
    late = facts(purpose=Purpose.DEBT, last_inbound_at=NOON - CONVERSATION_TIME)
    assert not in_conversation(late)


def test_no_offer_and_nothing_unasked_is_a_reply() -> None:
    assert not in_conversation(facts(last_inbound_at=NOON))
    assert not in_conversation(facts(purpose=Purpose.DEBT))
    later = NOON + timedelta(seconds=1)
    assert not in_conversation(facts(purpose=Purpose.DEBT, last_inbound_at=later))
