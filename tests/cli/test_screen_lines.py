"""Lines are read with one meaning; a fault tells what to do, and nothing of the line."""

from __future__ import annotations

import io
import json

import pytest

from gatekeeper.cli.screen_lines import LONGEST_LINE, Line, Lines, Unread

CARD = "4111111111111111"


def read(*lines: bytes) -> list[Line | Unread]:
    """What these lines are read as."""
    return [line for _, _, line in Lines(io.BytesIO(b"\n".join(lines)), Line)]


def test_numbers_and_sizes_are_those_of_the_file() -> None:
    raw = b'{"id":1,"text":"a"}\n\n  \n{"id":"x","text":"b"}'
    assert [(n, size) for n, size, _ in Lines(io.BytesIO(raw), Line)] == [(1, 20), (4, 21)]


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"\xff\xfe", "not UTF-8; save"),
        (b'{"id":1,"text":"\xff"}', "not UTF-8; save"),
        (b"nope", "not JSON: Expecting value at column 1; each line is one object, as {"),
        (b'{"id":1,"text":"a"} x', "not JSON: Extra data at column 21"),
        (b'{"id":1,"text":"\x00"}', "not JSON: Invalid control character"),
        (b"[]", "no JSON object; each line is one, as {"),
        (b'"x"', "no JSON object"),
        (b'{"id":1}', "text is missing; each line needs it, as {"),
        (b'{"text":"a"}', "id is missing"),
        (b'{"id":1,"text":4111111111111111}', "text is of type int; it must be a text between"),
        (b'{"id":1,"text":null}', "text is of type null; it must be a text between"),
        (b'{"id":true,"text":"a"}', "id is of type bool; it must be a whole number or a text"),
        (b'{"id":1.5,"text":"a"}', "id is of type float"),
        (b'{"id":1,"text":"a","text":"b"}', "not JSON with one meaning: a key is given twice"),
        (b'{"id":1,"id":2,"text":"a"}', "not JSON with one meaning: a key is given twice"),
        (b'{"id":1,"text":"a","\\u0074ext":"b"}', "not JSON with one meaning: a key is given"),
        (b'{"id":1,"text":NaN}', "not JSON with one meaning: not a JSON number"),
        (
            b'{"id":1,"text":"a","x":' + b"[" * 99_999 + b"]" * 99_999 + b"}",
            "not JSON with one meaning: it goes too deep",
        ),
        (b"x" * (3 * LONGEST_LINE), f"longer than {LONGEST_LINE} bytes; is a line break missing?"),
    ],
)
def test_a_line_that_cannot_be_read_says_why_and_the_next_is_read(raw: bytes, why: str) -> None:
    bad, good = read(raw, b'{"id":2,"text":"b"}')
    assert isinstance(bad, Unread)
    assert why in bad.why
    assert good == Line(2, "b")


def test_no_fault_repeats_what_the_line_holds() -> None:
    for raw in (f'{{"id":1,"text":{CARD}}}', f'{{"{CARD}":1}}', CARD, f'{{"id":1,"text":"{CARD}'):
        [bad] = read(raw.encode())
        assert isinstance(bad, Unread)
        assert CARD not in bad.why


def test_whatever_json_can_write_in_one_way_is_read() -> None:
    texts = ["", "é", "😀", "\ud83d alone", '"text" and "id"', "\\u0074", "\x00", "\u2028"]
    lines = [json.dumps({"id": i, "text": text, "more": [1]}) for i, text in enumerate(texts)]
    read_back = read(*(line.encode() for line in lines))
    assert read_back == [Line(i, text) for i, text in enumerate(texts)]


def test_a_byte_order_mark_at_the_beginning_is_passed_over() -> None:
    assert read(b'\xef\xbb\xbf{"id":1,"text":"a"}') == [Line(1, "a")]
