"""What travels: the words of both sides agree, whoever changes one of them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import msgspec
import pytest

from gatekeeper.domain.words import ListAnswer
from gatekeeper.store import functions
from gatekeeper.store.contract import End, IdempotencyAsk, Settlement, Turn
from gatekeeper.store.packing import _LISTED, TURNS, pack_ask, pack_settlements, read_answer
from tests.store.asks import ALICE, NOW, limit, person, question

LUA = Path(functions.__file__).with_name("functions.lua").read_text()


def lua_codes(*names: str) -> list[int]:
    """The numbers that the functions give to these names, in one `local A, B = 0, 1` line."""
    pattern = ", ".join(names) + r" = ([\d, ]+)"
    match = re.search(pattern, LUA)
    assert match is not None
    return [int(code) for code in match[1].split(",")]


def test_turns_and_list_answers_have_one_code_on_both_sides() -> None:
    assert lua_codes("MINE", "IN_FLIGHT", "ANSWERED", "UNKNOWN", "MISMATCH") == [0, 1, 2, 3, 4]
    assert tuple(Turn) == TURNS
    assert lua_codes("HIT", "CLEAR", "NOT_CHECKED", "FAULT") == [0, 1, 2, 3]
    assert _LISTED == (
        ListAnswer.HIT, ListAnswer.CLEAR, ListAnswer.NOT_CHECKED, ListAnswer.ERROR,
    )  # fmt: skip


def test_an_ask_holds_no_more_than_the_server_needs() -> None:
    ask = question(person(ALICE, "+12122000123", "l"), buckets=(limit(4, 8, 2),), key="k")
    head, data = pack_ask(ask, 7)
    assert msgspec.msgpack.decode(head) == [
        ask.request, NOW, True, 7, "k", "f", ["list:0::l", "list:2:t1:l"],
        [["0001", "12122000123", [1]]], [["t1:app", 2000.0, 500.0]],
    ]  # fmt: skip
    assert data[:14] == ALICE[2:]
    assert len(data) == 14 + 17


@pytest.mark.parametrize("end", End)
def test_people_and_buckets_travel_only_with_a_release(end: End) -> None:
    ask = question(buckets=(limit(1, 1),), idempotency=IdempotencyAsk(None, "f"))
    head, stored, people = pack_settlements([Settlement(ask, end, b"s")], NOW)
    releases = end in (End.REFUSED, End.RETRYABLE)
    assert (stored, len(people)) == (b"s", 22 if releases else 0)
    assert msgspec.msgpack.decode(head)[0][:4] == [ask.request, NOW, "", "f"]


def test_a_reply_without_knowledge_reads_as_an_answer_without_knowledge() -> None:
    ask = question(person(ALICE, None, "l"))
    answer = read_answer([0, 0, 0, b"", [], [b"", b""], [[b"", b"", [2 + 4]]]], ask)
    assert answer.persons[0].events == ()
    assert answer.persons[0].listings["l"].answer is ListAnswer.NOT_CHECKED
    assert answer.stored is None


def test_each_person_is_told_of_the_lists_asked_for_them_and_of_no_others() -> None:
    ask = question(person(ALICE, None, "a", "b"), person(ALICE, None, "b", "c"))
    packed = [msgspec.msgpack.encode(("number", name, NOW, 1)) for name in ("va", "vb", "vc")]
    pointers = [part for common in packed for part in (common, b"")]
    told = [[b"", b"", [0, 1]], [b"", b"", [1, 0]]]
    first, second = read_answer([0, 0, 0, b"", [], pointers, told], ask).persons
    seen = [{n: (x.answer, x.version) for n, x in p.listings.items()} for p in (first, second)]
    hit, clear = ListAnswer.HIT, ListAnswer.CLEAR
    assert seen == [{"a": (hit, "va"), "b": (clear, "vb")}, {"b": (clear, "vb"), "c": (hit, "vc")}]


def test_a_list_without_its_answer_is_a_fault_and_not_a_clear() -> None:
    ask = question(person(ALICE, None, "a", "b"))
    with pytest.raises(ValueError, match="shorter"):
        read_answer([0, 0, 0, b"", [], [b""] * 4, [[b"", b"", [1]]]], ask)


def test_an_answer_tells_whose_list_gave_it_and_since_when() -> None:
    ask = question(person(ALICE, None, "l"))
    common, own = (msgspec.msgpack.encode(("number", name, NOW, 1)) for name in ("vc", "vo"))
    for code, version, since in (
        (0, "vc", None),
        (4, "vo", None),
        (8 * 20_574, "vc", date(2026, 5, 1)),
        (4 + 8 * 20_574, "vo", date(2026, 5, 1)),
    ):
        (told,) = read_answer([0, 0, 0, b"", [], [common, own], [[b"", b"", [code]]]], ask).persons
        listing = told.listings["l"]
        assert (listing.answer, listing.version) == (ListAnswer.HIT, version)
        assert listing.since == since
