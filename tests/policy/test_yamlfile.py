"""Is YAML read in one meaning only, with the place of everything?"""

from __future__ import annotations

import sys
import tracemalloc
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.policy.faults import Fault
from gatekeeper.policy.model import Source
from gatekeeper.policy.yamlfile import MAX_BYTES, MAX_FAULTS, MAX_VALUES, Located, read
from tests.support.shipped import FOLDER
from tests.support.yaml_oracle import Placed, as_read, placed

FILE = PurePosixPath("floor/us.yaml")


def located(text: str) -> Located:
    faults: list[Fault] = []
    document = read(text.encode(), FILE, faults)
    assert document is not None
    assert not faults
    return document


def told(text: str | bytes) -> list[str]:
    """The faults of a file that may not be read."""
    faults: list[Fault] = []
    read(text if isinstance(text, bytes) else text.encode(), FILE, faults)
    return [str(fault).removeprefix("floor/us.yaml:") for fault in faults]


def test_every_key_and_value_keeps_its_place() -> None:
    document = located("rules:\n  - id: one\n    tests: [a, b]\n")
    assert document.source("rules", 0, "id") == Source(FILE, 2, 9)
    assert document.source("rules", 0, "id", key=True) == Source(FILE, 2, 5)
    assert document.source("rules", 0, "tests", 1) == Source(FILE, 3, 16)


def test_the_place_of_what_is_not_there_is_the_nearest_above() -> None:
    document = located("rules:\n  - id: one\n")
    assert document.source("rules", 0, "citation") == Source(FILE, 2, 5)
    assert document.source("rules", "a union's word", 0, "id") == Source(FILE, 2, 9)


def test_a_part_of_a_document_keeps_its_places() -> None:
    rule = located("rules:\n  - id: one\n").at("rules", 0)
    assert rule.value == {"id": "one"}
    assert rule.source("id") == Source(FILE, 2, 9)
    with pytest.raises(LookupError):
        rule.at("title")


@given(
    st.binary(max_size=400) | st.text(alphabet="{}[]:-&*!|>'\"#,ab \n", max_size=80).map(str.encode)
)
def test_any_bytes_are_read_or_told_as_faults(data: bytes) -> None:
    faults: list[Fault] = []
    document = read(data, FILE, faults)
    assert document is not None or faults


def written(found: Iterable[Placed]) -> list[Placed]:
    """Without the place of what is not there."""
    return [each if each[1] is not None else (*each[:2], 0, 0) for each in found]


FILES = sorted([*FOLDER.rglob("*.yaml"), *Path(__file__).parent.parent.rglob("*.yaml")])


def test_an_independent_reader_finds_the_same_values_in_the_same_places() -> None:
    """Another YAML library, in pure Python, reads every file that is here as we do."""
    compared = 0
    for path in FILES:
        faults: list[Fault] = []
        document = read(path.read_bytes(), FILE, faults)
        if document is not None and not faults:
            assert list(placed(document)) == list(as_read(path.read_text())), path
            compared += 1
    assert compared > 60


@given(st.text(alphabet="ab1:-,[]{}'\"#? \n", max_size=60))
def test_what_is_read_of_any_text_is_what_an_independent_reader_reads(text: str) -> None:
    """Where both take it for YAML; they differ only in where they see a value that is left out."""
    faults: list[Fault] = []
    document = read(text.encode(), FILE, faults)
    if document is not None and not faults:
        other = list(as_read(text))
        assert not other or written(placed(document)) == written(other)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("a: &x 1\nb: *x\n", ["1:4: an anchor; write the value out where it is meant",
                              "2:4: an alias; write the value out"]),
        ("%YAML 1.1\n---\na: off\n", ["1:1: a directive; plain values only"]),
        ("a: !!python/object/apply:os.system [id]\n", ["1:4: a tag; plain values only"]),
        ("a: !env HOME\n", ["1:4: a tag; plain values only"]),
        ("a: \x1b[2J\n", ["1:4: the character U+001B does not show; write it as an escape"]),
        ('a: "\\e[2J"\n', ["1:4: a control character; texts are shown to people"]),
        ("a: 1 # \u2028mode: off\n",
         ["1:8: the character U+2028 does not show; write it as an escape"]),
        ("a: b\nb: x\u202ey\n", ["2:5: the character U+202E does not show; write it as an escape"]),
        ("a: 2026-02-31\n", ["1:4: not a value of this kind: day is out of range for month"]),
        ("? [a]\n: b\n", ["1:3: a key must be a word"]),
        ("a: " + "[" * 30, ["1:24: nested deeper than 20"]),
        (b"a: b\n\xff", ["2:1: not UTF-8"]),
        (b"\xff\xfea\x00", ["1:1: not UTF-8"]),
        ("# nothing\n", ["2:1: the file is empty"]),
        ("a: 1\n---\nb: 2\n", ["2:1: a second document in one file"]),
        ("a: 'b\n", ["2:1: not valid YAML: found unexpected end of stream"]),
        ("a: b\n c: d\n", ["2:3: not valid YAML: mapping values are not allowed in this context"]),
        ("\ta: b\n", ["1:1: not valid YAML: found character that cannot start any token"]),
    ],
)  # fmt: skip
def test_what_is_not_plain_is_told_with_its_place(text: str | bytes, faults: list[str]) -> None:
    assert told(text) == faults


def test_a_byte_order_mark_and_the_line_ends_of_windows_change_nothing() -> None:
    document = located("\ufeffa: b\r\nc:\r\n  - d\r\n")
    assert document.value == {"a": "b", "c": ["d"]}
    assert document.source("c", 0) == Source(FILE, 3, 5)


def test_no_more_is_built_than_the_bounds_allow() -> None:
    """Of a bomb of aliases, of five million bytes, and of a million values."""
    bomb = "a: &a [x,x,x]\n" + "".join(f"b{i}: [*a,*a,*a,*a]\n" for i in range(5000))
    flat = "[" + "1," * (MAX_BYTES // 2 - 2) + "]"
    deep = "[" * (MAX_BYTES - 1)
    keys = "".join(f"k{i}: &a 1\n" for i in range(60_000))
    tracemalloc.start()
    assert len(told(bomb)) == MAX_FAULTS + 1
    assert told(flat) == [f"1:{2 * MAX_VALUES}: more than {MAX_VALUES} values in one file"]
    assert told(deep) == ["1:22: nested deeper than 20"]
    assert told(b"a" * 5_000_000) == [f"1:1: larger than {MAX_BYTES} bytes"]
    assert "not read on from here" in told(keys)[-1]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 120_000_000


def test_depth_is_bounded_before_the_stack_is() -> None:
    assert sys.getrecursionlimit() >= 1000
    assert told("a: " + "{a: " * 100_000) == ["1:84: nested deeper than 20"]
