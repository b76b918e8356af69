"""Is whoever records consent told at once what it will not do?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from gatekeeper.domain.consent import Basis, ConsentAct, ConsentEvent
from gatekeeper.ledger.remarks import remarks
from tests.support.judging import NOON

DAY = timedelta(days=1)
STOP = ConsentEvent("stop", ConsentAct.OPT_OUT, NOON - DAY)


def opt_in(basis: Basis = Basis.EXPRESS, **said: object) -> ConsentEvent:
    return ConsentEvent("in", ConsentAct.OPT_IN, NOON, basis, **said)  # type: ignore[arg-type]


def test_about_a_whole_consent_there_is_nothing_to_say() -> None:
    assert remarks(opt_in(), [opt_in()], NOON) == ()
    assert remarks(STOP, [STOP], NOON) == ()


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (opt_in(Basis.EXPRESS_WRITTEN, missing=("signature",)), "no signature: tell"),
        (opt_in(unproven=True), "undoes no opt-out"),
        (opt_in(pending=True), "once a confirmation"),
        (opt_in(Basis.IMPLIED, source="gossip"), "shortest term"),
    ],
)
def test_what_it_will_not_do_is_told(event: ConsentEvent, told: str) -> None:
    (remark,) = remarks(event, [event], NOON)
    assert told in remark


def test_each_missing_element_is_explained() -> None:
    bare = opt_in(Basis.EXPRESS_WRITTEN, missing=("seller", "not_condition"))
    (remark,) = remarks(bare, [bare], NOON)
    assert "no seller" in remark and "no condition of a purchase" in remark
    assert "signature" not in remark


def test_an_opt_out_that_still_holds_is_told_with_its_day() -> None:
    unproven, proven = opt_in(unproven=True), opt_in()
    *_, last = remarks(unproven, [STOP, unproven], NOON)
    assert "the opt out of 2026-11-19 still holds" in last
    assert remarks(proven, [STOP, proven], NOON) == ()


def test_an_opt_in_of_before_the_opt_out_does_not_undo_it() -> None:
    before = ConsentEvent("in", ConsentAct.OPT_IN, NOON - 2 * DAY, Basis.EXPRESS)
    (remark,) = remarks(before, [before, STOP], NOON)
    assert "still holds" in remark
