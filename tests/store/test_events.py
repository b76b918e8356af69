"""Stored consent events: each word has a code, and codes never change their meaning."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.domain.consent import Basis, ConsentAct, ConsentEvent, Scope
from gatekeeper.domain.words import Channel, Purpose
from gatekeeper.store.events import (
    ACTS,
    BASES,
    CHANNELS,
    PURPOSES,
    event_row,
    microseconds,
    unpack_events,
)

INSTANTS = st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
WORDS = st.text(st.characters(exclude_characters=",", exclude_categories=["Cs"]), min_size=1)


def test_every_word_has_a_code() -> None:
    assert set(ACTS) == set(ConsentAct)
    assert set(BASES) == set(Basis)
    assert set(CHANNELS) == {None, *Channel}
    assert set(PURPOSES) == {None, *Purpose}


def test_codes_in_stored_data_keep_their_meaning() -> None:
    """If this fails, stored opt-outs would be read as something else: add words at the end."""
    assert [act.value for act in ACTS[:8]] == [
        "opt_in", "confirmation", "opt_out", "expiry", "reassigned", "wrong_number",
        "purchase", "inquiry",
    ]  # fmt: skip
    assert [basis.value for basis in BASES[:4]] == ["none", "implied", "express", "express_written"]
    assert CHANNELS[:7] == (None, "sms", "mms", "whatsapp", "messenger", "rcs", "voice")
    assert PURPOSES[:9] == (
        None, "marketing", "informational", "transactional", "authentication", "healthcare",
        "debt", "political", "emergency",
    )  # fmt: skip


@given(
    st.builds(
        ConsentEvent,
        id=WORDS,
        act=st.sampled_from(ConsentAct),
        at=INSTANTS,
        basis=st.sampled_from(Basis),
        scope=st.builds(
            Scope,
            st.none() | st.sampled_from(Channel),
            st.none() | st.sampled_from(Purpose),
            st.none() | WORDS,
        ),
        expires=st.none() | INSTANTS,
        seller=st.none() | WORDS,
        source=st.none() | WORDS,
        missing=st.lists(WORDS, max_size=3).map(tuple),
    )
)
def test_an_event_reads_back_as_it_was(event: ConsentEvent) -> None:
    assert unpack_events(msgspec.msgpack.encode([event_row(event)])) == (event,)


def test_an_instant_of_another_zone_is_the_same_instant() -> None:
    at = datetime.fromisoformat("2026-03-08T01:59:59.999999-08:00")
    assert timedelta(microseconds=microseconds(at)) == at - datetime(1970, 1, 1, tzinfo=UTC)
