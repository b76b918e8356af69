"""Does the tally of the opt-out harness call a fault what is one?"""

from __future__ import annotations

from tests.chaos.opt_out_tally import AWAY, REFUSED, Tally


def test_only_a_refusal_or_a_503_may_follow_an_acknowledgement() -> None:
    tally = Tally()
    tally.answered(201, after=False)
    tally.answered(REFUSED, after=True)
    tally.answered(AWAY, after=True)
    assert tally.faults == []
    tally.answered(201, after=True)
    assert tally.faults == ["a send after an acknowledged opt-out was answered 201"]


def test_a_rounds_line_counts_that_round_and_the_total_all() -> None:
    tally = Tally()
    for wait in (0.01, 0.02, 0.9):
        tally.acknowledged(wait)
    tally.answered(201, after=False)
    tally.begin_round()
    tally.acknowledged(0.03)
    tally.answered(AWAY, after=True)
    tally.rounds, tally.reached = 2, 1
    assert tally.round_line() == (
        "1 opt-outs acknowledged, 0 sends before one, 1 after one (1 of them 503), 0 faults so far"
    )
    assert str(tally) == (
        "2 rounds, 4 opt-outs acknowledged (p50 30 ms, p99 900 ms), 1 sends before one (1 reached "
        "the carrier), 1 after one (refused, 1 of them by 503), 0 faults"
    )


def test_without_an_opt_out_there_is_no_time_to_tell() -> None:
    assert Tally().wait_ms(0.5) == 0.0
