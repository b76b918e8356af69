"""Does a shape find every recipient and text, and refuse what it does not name?"""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.domain.message import AddressKind
from gatekeeper.domain.words import Role
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers import shape
from gatekeeper.providers.shape import Found, Reader, read

SEND = shape.members(
    {
        "to": shape.one_or_each(shape.person(), most=3),
        "from": shape.sender(),
        "text": shape.text(Role.BODY),
        "image": shape.members({"url": shape.media(), "caption": shape.text(Role.CAPTION)}),
        "vars": shape.values(shape.text(Role.TEMPLATE_VAR)),
        "custom": shape.anything(Role.BODY, deepest=4),
        "ttl": shape.setting(),
        "intent": shape.claim(),
        "callback": shape.reference(),
        "flow": shape.opaque("flow"),
        "cc": shape.refused(),
        "tags": shape.maybe_none(shape.each(shape.text(Role.BODY))),
        "part": shape.by_word("type", {"a": shape.members({"type": shape.setting()})}),
        "either": shape.by_type({str: shape.text(Role.BODY), dict: shape.members({})}),
        "see": shape.link(),
    },
    need=("to",),
    one_of=("text", "flow"),
)


def found(**fields: Any) -> Found:
    return read(SEND, {"to": "14155550100", "text": "hi"} | fields)


def test_every_kind_of_field_lands_where_it_belongs() -> None:
    seen = found(
        **{"from": "Acme"},
        image={"url": "https://x.example/a%20b", "caption": "c"},
        vars={"name": "Ana"},
        custom={"deep": [{"t": "x"}, 5, None, True]},
        ttl=30,
        intent="otp",
        callback="https://app.example/%40",
        tags=[],
        part={"type": "a"},
        either="e",
        see="https://l.example",
    )
    assert [(r.kind, r.value, r.path) for r in seen.recipients] == [
        (AddressKind.PHONE, "+14155550100", "to")
    ]
    assert [s.value for s in seen.senders] == ["Acme"]
    assert {part.path: (part.role, part.text) for part in seen.parts} == {
        "text": (Role.BODY, "hi"),
        "image/url": (Role.LINK, "https://x.example/a b"),
        "image/caption": (Role.CAPTION, "c"),
        "vars/name": (Role.TEMPLATE_VAR, "Ana"),
        "custom/deep/0/t": (Role.BODY, "x"),
        "custom/deep/1": (Role.BODY, "5"),
        "callback": (Role.REFERENCE, "https://app.example/@"),
        "either": (Role.BODY, "e"),
        "see": (Role.LINK, "https://l.example"),
    }
    assert seen.media == ["https://x.example/a%20b"]
    assert seen.words == {"ttl": "30", "part/type": "a"}
    assert [(c.name, c.value) for c in seen.claims] == [("intent", "otp")]


def test_null_counts_as_absent() -> None:
    assert found(ttl=None, flow=None).words == {}


def test_a_reference_to_content_is_kept_as_such() -> None:
    seen = read(SEND, {"to": ["1"], "flow": 7})
    assert [(o.kind, o.ref, o.path) for o in seen.opaque] == [("flow", "7", "flow")]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"bcc": "1"}, "Unknown field bcc"),
        ({"To": "1"}, "spelled almost like to"),
        ({"4111 1111": 1}, r"Unknown field \(\?\)"),
        ({"to": None}, "field to is missing"),
        ({"to": []}, "to must have 1 to 3 elements"),
        ({"to": ["1"] * 4}, "to must have 1 to 3 elements"),
        ({"to": [["1"]]}, r"to\.0 must be a string"),
        ({"to": {"number": "1"}}, "to must be a string"),
        ({"text": 5}, "text must be a string"),
        ({"text": "\ud800"}, "lone surrogate"),
        ({"text": "a\0"}, "NUL"),
        ({"text": None}, "Exactly one of these fields must be given: text, flow"),
        ({"flow": "f"}, "Exactly one of these fields"),
        ({"image": "x"}, "image must be an object"),
        ({"image": {"alt": "x"}}, r"Unknown field image\.alt"),
        ({"vars": {"a b": "x"}}, "vars has a member whose name is no plain word"),
        ({"vars": []}, "vars must be an object"),
        ({"custom": [[[[["x"]]]]]}, "goes too deep"),
        ({"custom": ["x"] * 1001}, "at most 1000"),
        ({"custom": {"a b": 1}}, "no plain word"),
        ({"ttl": "4111111111111111"}, "ttl must be a short word or number"),
        ({"ttl": "4111-1111-1111-1111"}, "ttl must be a short word"),
        ({"ttl": 4111111111111111}, "ttl must be a short word"),
        ({"ttl": "two words"}, "ttl must be a short word"),
        ({"ttl": ["x"]}, "ttl must be a short word"),
        ({"cc": "x"}, "cc is not supported by the gate"),
        ({"part": {"type": "b"}}, r"part\.type is not a word"),
        ({"part": {"type": ["b"]}}, r"part\.type is not a word"),
        ({"part": 1}, "part must be an object"),
        ({"either": 1}, "either has a type"),
        ({"tags": ["x", 1]}, r"tags\.1 must be a string"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_place(fields: dict[str, Any], why: str) -> None:
    with pytest.raises(AmbiguousRequest, match=why):
        found(**fields)


def test_an_instant_is_a_setting_though_it_has_many_digits() -> None:
    assert found(ttl="2026-11-25T10:00:00.123+01:00").words["ttl"].startswith("2026")


def test_the_body_itself_must_be_an_object() -> None:
    with pytest.raises(AmbiguousRequest, match=r"The field \(the body\) must be an object"):
        read(SEND, [])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.dictionaries(st.sampled_from(["to", "text", "custom", "vars", "x"]), JSON))
def test_any_json_at_all_is_read_or_refused(body: dict[str, Any]) -> None:
    with contextlib.suppress(AmbiguousRequest):
        read(SEND, body)


@given(JSON)
def test_no_text_is_overlooked_in_what_may_be_anything(value: Any) -> None:
    take: Reader = shape.anything(Role.BODY)
    try:
        seen = read(take, value)
    except AmbiguousRequest:
        return
    assert [part.text for part in seen.parts] == [str(leaf) for leaf in _leaves(value)]


def _leaves(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for inner in value.values() for leaf in _leaves(inner)]
    if isinstance(value, list):
        return [leaf for inner in value for leaf in _leaves(inner)]
    return [] if value is None or isinstance(value, bool) else [value]
