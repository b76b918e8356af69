"""What does a mask cover, and does the text keep its length?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.domain.match import Span
from gatekeeper.providers.mask import MASK, masked

GSM_7_BIT_SIGNS = "@£$_!\"#%&'()*+,-./:;<=>?"
"""From the basic character set of 3GPP TS 23.038, the signs that take one septet."""


def test_exactly_the_spans_are_masked_code_point_by_code_point() -> None:
    text = "id 😀12 and 34."
    assert masked(text, [Span("Body", 3, 6), Span("Body", 11, 13)]) == "id *** and **."


def test_spans_may_overlap_and_come_in_any_order() -> None:
    assert masked("abcdef", [Span("Body", 3, 5), Span("Body", 1, 4)]) == "a****f"


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 2), (0, 7), (7, 9)])
def test_a_span_that_lies_outside_masks_nothing(start: int, end: int) -> None:
    assert masked("abcdef", [Span("Body", start, end)]) is None


@given(st.text(min_size=1, max_size=40), st.data())
def test_all_else_stays_in_its_place(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    out = masked(text, [Span("Body", start, end)])
    assert out is not None
    assert (out[:start], out[end:], len(out)) == (text[:start], text[end:], len(text))
    assert set(out[start:end]) == {MASK}


def test_the_mask_does_not_change_the_encoding_of_an_sms() -> None:
    assert MASK in GSM_7_BIT_SIGNS
