"""Can anything in a request stay unread, whichever provider it is for?

Every request of the cases that is read is altered in each of its places: another value, another
type, one more member, a cut. Whatever becomes of it, the request is refused, or what was put in
stands among what was read: no text and no recipient slips by, and nothing but AmbiguousRequest is
ever raised.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Handling, RawRequest
from tests.providers.test_cases import Case, cases, raw_of
from tests.support.front import provider_of

MARK = "Xylo phone 4111"
"""No setting, claim or number takes it: it must be a text, or be refused."""
PERSON = "+12122000999"
TYPES: tuple[Any, ...] = (7, 1.5, True, [], {}, [MARK], {"zz": MARK}, [[MARK]], [{"zz": PERSON}])

SECRETS = frozenset({"username", "password", "sip_auth_password", "token"})
"""Members that hold a credential for another server: passed on, never shown, and no text."""

JSON = [case for case in cases("requests") if "json" in case.values[1]["request"]
        and "reads" in case.values[1]]  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place of a document, the root first."""
    yield path
    if isinstance(value, dict | list):
        inner = value.items() if isinstance(value, dict) else enumerate(value)
        for name, each in inner:
            yield from places(each, (*path, name))


def put(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    """The document with another value at a place."""
    if not path:
        return value
    changed = copy.deepcopy(document)
    within = changed
    for name in path[:-1]:
        within = within[name]
    within[path[-1]] = value
    return changed


def at(document: Any, path: tuple[Any, ...]) -> Any:
    for name in path:
        document = document[name]
    return document


def read(name: str, raw: RawRequest) -> list[OutboundRequest] | None:
    """Every message of a request; None if it is refused, or asked to be looked up."""
    provider = provider_of(name)
    operation = provider.match(raw)
    if operation is None or operation.handling is not Handling.DECIDE:
        return None
    try:
        request = provider.parse(raw, operation)
    except AmbiguousRequest as unclear:
        assert MARK not in str(unclear)
        assert PERSON not in str(unclear)
        return None
    return [request, *request.also]


def shows(messages: list[OutboundRequest], what: str) -> bool:
    """Whether it stands among what was read of any message, whole or put together."""
    return any(
        what in told
        for each in messages
        for told in (
            *(part.text for part in each.parts),
            *(address.value for address in (each.sender, *each.recipients)),
            *each.media,
            *(opaque.ref for opaque in each.opaque),
            *(claim.value for claim in each.claims),
            *each.extras.values(),
        )
    )


def body_of(raw: RawRequest, document: Any) -> RawRequest:
    return replace(raw, body=json.dumps(document).encode())


@pytest.mark.parametrize(("name", "case"), JSON)
def test_no_text_stays_unread(name: str, case: Case) -> None:
    document, raw = case["request"]["json"], raw_of(case["request"])
    unread = []
    for path in places(document):
        given = at(document, path)
        if isinstance(given, str) and path[-1] not in SECRETS:
            messages = read(name, body_of(raw, put(document, path, MARK)))
            if messages is not None and not shows(messages, MARK):
                unread.append(path)
        if isinstance(given, dict):
            for added in ("zz", "to ", "TEXT", "cc"):
                messages = read(name, body_of(raw, put(document, path, given | {added: MARK})))
                if messages is not None and not shows(messages, MARK):
                    unread.append((*path, added))
    assert not unread


@pytest.mark.parametrize(("name", "case"), JSON)
def test_no_further_recipient_stays_unread(name: str, case: Case) -> None:
    document, raw = case["request"]["json"], raw_of(case["request"])
    for path in places(document):
        given = at(document, path)
        if isinstance(given, list) and not all(isinstance(each, int) for each in given):
            for one_more in (PERSON, *given[:1]):
                messages = read(name, body_of(raw, put(document, path, [*given, one_more])))
                assert messages is None or one_more != PERSON or shows(messages, PERSON), path


@pytest.mark.parametrize(("name", "case"), JSON)
def test_no_type_leads_to_anything_but_a_refusal_or_a_reading(name: str, case: Case) -> None:
    document, raw = case["request"]["json"], raw_of(case["request"])
    for path in places(document):
        for other in TYPES:
            messages = read(name, body_of(raw, put(document, path, other)))
            marked = MARK in json.dumps(other)
            assert messages is None or not marked or shows(messages, MARK), (path, other)


@pytest.mark.parametrize(("name", "case"), JSON)
def test_a_body_that_is_cut_is_refused(name: str, case: Case) -> None:
    raw = raw_of(case["request"])
    for end in range(0, len(raw.body), max(1, len(raw.body) // 40)):
        assert read(name, replace(raw, body=raw.body[:end])) is None
    assert read(name, replace(raw, body=b'{"a": 1,' + raw.body[1:-1] + b', "a": 2}')) is None


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.binary(max_size=60), start=st.integers(0, 200), case=st.sampled_from(JSON))
def test_random_bytes_within_a_body_raise_nothing_else(data: bytes, start: int, case: Any) -> None:
    name, told = case.values
    raw = raw_of(told["request"])
    read(name, replace(raw, body=raw.body[:start] + data + raw.body[start:]))
