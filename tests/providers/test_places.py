"""What does a mask cover, and does all else keep its bytes?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.domain.match import Span
from gatekeeper.providers.places import MASK, Placed, blotted, by_path, masked, utf8

GSM_7_BIT_SIGNS = "@£$_!\"#%&'()*+,-./:;<=>?"
"""From the basic character set of 3GPP TS 23.038, the signs that take one septet."""
ENCODABLE = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


def test_exactly_the_spans_are_masked_code_point_by_code_point() -> None:
    spans = [Span("Body", 3, 6), Span("Body", 11, 13)]
    assert blotted("id 😀12 and 34.", spans) == "id *** and **."
    body = "id 😀12 and 34.".encode()
    assert masked(body, utf8(body.decode()), spans) == b"id *** and **."


def test_spans_may_overlap_and_come_in_any_order() -> None:
    spans = [Span("Body", 3, 5), Span("Body", 1, 4)]
    assert blotted("abcdef", spans) == "a****f"
    assert masked(b"abcdef", utf8("abcdef"), spans) == b"a****f"


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 2), (0, 7), (7, 9)])
def test_a_span_that_lies_outside_masks_nothing(start: int, end: int) -> None:
    assert blotted("abcdef", [Span("Body", start, end)]) is None
    assert masked(b"abcdef", utf8("abcdef"), [Span("Body", start, end)]) is None


@given(ENCODABLE, st.data())
def test_all_else_stays_in_its_place(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    wanted = text[:start] + MASK * (end - start) + text[end:]
    spans = [Span("Body", start, end)]
    assert blotted(text, spans) == wanted
    assert masked(text.encode(), utf8(text), spans) == wanted.encode()


def test_a_place_within_a_place_is_one_in_the_outermost_layer() -> None:
    outer = Placed("a\\nb", [(5, 6), (6, 9), (9, 12), (12, 13)])
    inner = Placed("a\nb", [(0, 1), (1, 3), (3, 4)])
    assert inner.within(outer) == Placed("a\nb", [(5, 6), (6, 12), (12, 13)])


def test_spans_are_gathered_by_their_text() -> None:
    spans = [Span("a", 0, 1), Span("b", 0, 1), Span("a", 2, 3)]
    assert dict(by_path(spans)) == {"a": [spans[0], spans[2]], "b": [spans[1]]}


def test_the_mask_does_not_change_the_encoding_of_an_sms() -> None:
    assert MASK in GSM_7_BIT_SIGNS
