"""Is the interpreter handed on faster as long as anything is proved, and not longer?"""

from __future__ import annotations

import sys

import pytest

from gatekeeper.rollout.give_way import EVERY_S, giving_way


def test_the_interval_is_short_until_the_last_one_has_ended() -> None:
    before = sys.getswitchinterval()
    first, second = giving_way(), giving_way()
    with first:
        assert sys.getswitchinterval() == pytest.approx(EVERY_S)
        with second:
            pass
        assert sys.getswitchinterval() == pytest.approx(EVERY_S)
    assert sys.getswitchinterval() == pytest.approx(before)


def test_an_error_sets_it_back() -> None:
    before = sys.getswitchinterval()
    with pytest.raises(ZeroDivisionError), giving_way():
        raise ZeroDivisionError
    assert sys.getswitchinterval() == pytest.approx(before)
