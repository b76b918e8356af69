"""The recorder listens to a screener without changing it, and keeps so much and no more."""

from __future__ import annotations

from gatekeeper.screening.recorder import MOST, Recorder
from tests.support.detectors import body, shipped_screener


def test_the_screener_itself_is_left_as_it_was() -> None:
    screener = shipped_screener()
    before = dict(screener.__dict__)
    Recorder(screener).screen((body("my card is 4111 1111 1111 1111"),))
    assert all(screener.__dict__[name] is value for name, value in before.items())
    assert screener.__dict__.keys() == before.keys()


def test_a_text_of_very_many_candidates_is_told_up_to_a_bound() -> None:
    recorder = Recorder(shipped_screener())
    text = " ".join(f"4111 1111 1111 {n:04}" for n in range(200))
    assert recorder.screen((body(text),)) == shipped_screener().screen((body(text),))
    assert len(recorder.weighed) == MOST
