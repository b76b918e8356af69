"""Does what is older than an erasure stay out, and does all that protects the person stay in?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from gatekeeper.domain.consent import Basis, ConsentAct, ConsentEvent, Topic
from gatekeeper.domain.fold import fold
from gatekeeper.domain.words import Channel, Purpose
from gatekeeper.ledger.erasure import ending, erased_at, undoes
from tests.support.ledgers import NOW

HOUR = timedelta(hours=1)
SUBJECT = bytes(16)
TOPIC = Topic(Channel.SMS, Purpose.MARKETING)


def event(act: ConsentAct, hours: float, basis: Basis = Basis.NONE) -> ConsentEvent:
    return ConsentEvent(f"{act}{hours}", act, NOW + hours * HOUR, basis)


def grant(hours: float) -> ConsentEvent:
    return event(ConsentAct.OPT_IN, hours, Basis.EXPRESS_WRITTEN)


@pytest.mark.parametrize("hours", [-100, -1, 0, 0.05])
def test_every_grant_on_record_is_ended_also_one_dated_ahead(hours: float) -> None:
    events = (grant(hours), event(ConsentAct.PURCHASE, -2, Basis.IMPLIED))
    held = fold((*events, ending(SUBJECT, events, NOW)), TOPIC, NOW + HOUR)
    assert held.basis is Basis.NONE and held.expired_at is not None


def test_an_opt_out_is_told_as_before() -> None:
    events = (grant(-2), event(ConsentAct.OPT_OUT, -1))
    held = fold((*events, ending(SUBJECT, events, NOW)), TOPIC, NOW + HOUR)
    assert held.revoked


def test_a_start_does_not_bring_back_what_was_erased() -> None:
    events = (grant(-3), event(ConsentAct.OPT_OUT, -2))
    later = (*events, ending(SUBJECT, events, NOW), event(ConsentAct.RESTART, 1))
    assert fold(later, TOPIC, NOW + 2 * HOUR).basis is Basis.NONE


def test_a_new_opt_in_counts() -> None:
    events = (grant(-2),)
    later = (*events, ending(SUBJECT, events, NOW), grant(1))
    assert fold(later, TOPIC, NOW + 2 * HOUR).basis is Basis.EXPRESS_WRITTEN
    assert not undoes(grant(1), later)


@pytest.mark.parametrize(
    ("older", "stays_out"),
    [
        (grant(-1), True),
        (grant(0), True),
        (event(ConsentAct.INQUIRY, -1, Basis.IMPLIED), True),
        (event(ConsentAct.EVIDENCE, -1), True),
        (event(ConsentAct.OPT_OUT, -1), False),
        (event(ConsentAct.DECEASED, -1), False),
        (grant(0.5), False),
    ],
    ids=lambda value: value.id if isinstance(value, ConsentEvent) else "",
)
def test_only_older_grants_and_proofs_undo_an_erasure(older: ConsentEvent, stays_out: bool) -> None:
    history = (ending(SUBJECT, (), NOW),)
    assert undoes(older, history) is stays_out
    assert not undoes(older, ())


def test_an_expiry_of_another_kind_is_no_erasure() -> None:
    assert erased_at((event(ConsentAct.EXPIRY, 0),)) is None
    assert erased_at((ending(SUBJECT, (), NOW),)) == NOW
