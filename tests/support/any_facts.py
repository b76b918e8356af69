"""Facts of every kind, each field drawn: what holds for these holds for any message."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from gatekeeper.domain.consent import Basis, Consent, ConsentAct, Relation
from gatekeeper.domain.facts import (
    EmergencyOrder,
    Facts,
    LimitAnswer,
    Listing,
    PartyTerms,
    SenderFacts,
    Sent,
    Template,
)
from gatekeeper.domain.match import Match
from gatekeeper.domain.message import Claim, Opaque
from gatekeeper.domain.number import Places, Stated
from gatekeeper.domain.registry import Posture
from gatekeeper.domain.resemblance import Kind, Resemblance
from gatekeeper.domain.standing import CarrierClass, Exemption, ProofKind
from gatekeeper.domain.words import (
    Channel,
    Family,
    Likelihood,
    ListAnswer,
    Purpose,
    SenderKind,
    SenderState,
    Technology,
)
from gatekeeper.numbering.parse import read
from gatekeeper.numbering.places import places_of

START = datetime(2026, 11, 1, tzinfo=UTC)
ADDRESSES = (
    "+12122000123", "+18502000123", "+12142000123", "+14162200123", "+442079460123", "+5068312345",
    "+18002200123", "+17872000123", "+18092200123", "+79781234567", "+380692123456", "911", "988",
    "+12125550123", "+19002200123", "nonsense", "+2902345",
)  # fmt: skip
LISTS = ("us-national", "us-fl", "us-tx", "us-reassigned", "ca-national", "internal", "litigators")
ZONES = (UTC, timezone(timedelta(hours=-5)), timezone(timedelta(hours=5, minutes=30)))
FREE = ("call +12122000123", "sk_live_0123456789", "12 Main Street")
"""What no record may hold."""


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def some(strategy: st.SearchStrategy[Any], most: int = 2) -> st.SearchStrategy[Any]:
    return st.lists(strategy, max_size=most).map(tuple)


INSTANTS = st.builds(
    lambda minutes, micro, zone: (
        START + timedelta(minutes=minutes, microseconds=micro)
    ).astimezone(zone),
    st.integers(-60 * 24 * 700, 60 * 24 * 60),
    st.sampled_from([0, 1, 123_456]),
    st.sampled_from(ZONES),
)
DATES = st.dates(date(2026, 1, 1), date(2026, 12, 31))
READINGS = st.sampled_from(ADDRESSES).map(read)
NUMBERS = READINGS.filter(lambda reading: reading.number is not None)
PLACES = st.builds(Places) | NUMBERS.map(lambda reading: places_of(reading.number))
SENDERS = st.builds(
    SenderFacts,
    kind=st.sampled_from(SenderKind),
    state=st.sampled_from([SenderState.ACTIVE, *SenderState]),
    registration=st.sampled_from([None, "", "C1"]),
    reading=READINGS,
    free_to_end_user=st.booleans(),
    age_gate=st.booleans(),
    proof=maybe(st.sampled_from(ProofKind)),
    barred=st.sampled_from([None, None, None, "campaign", "end_customer"]),
)
SOURCES = st.sampled_from([None, "purchase", "inquiry", "donation"])
CONSENTS = st.builds(
    Consent,
    basis=st.sampled_from(Basis),
    given_at=maybe(INSTANTS),
    expired_at=maybe(INSTANTS),
    ended_by=st.sampled_from(
        [None, None, ConsentAct.OPT_OUT, ConsentAct.REASSIGNED, ConsentAct.WRONG_NUMBER]
    ),
    ended_at=maybe(INSTANTS),
    seller=st.sampled_from([None, "acme"]),
    source=SOURCES,
    missing=some(st.sampled_from(["signature", "seller", "technology"])),
    events=some(st.sampled_from(["e1", "e2"])),
    expires=maybe(INSTANTS),
    relations=some(st.builds(Relation, SOURCES, INSTANTS)),
    stopped_elsewhere_at=maybe(INSTANTS),
)
LISTINGS = st.dictionaries(
    st.sampled_from(LISTS),
    st.builds(
        Listing,
        st.sampled_from(ListAnswer),
        maybe(st.just("v1")),
        maybe(INSTANTS),
        maybe(DATES),
    ),
)
MATCHES = st.builds(
    Match,
    st.sampled_from(Family),
    st.just("d"),
    st.sampled_from(Likelihood),
    st.just("Body"),
    st.integers(0, 3),
    st.integers(4, 9),
    some(st.just("luhn")),
    st.booleans(),
    st.sampled_from([None, "alcohol"]),
    st.integers(1, 3),
)
CLAIMS = st.builds(
    Claim,
    st.sampled_from(["purpose", "MessageIntent", "campaign"]),
    st.sampled_from([*Purpose, *FREE]),
)
WORDS = st.sampled_from([None, "quote", "transaction", *FREE])

FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "at": INSTANTS,
    "channel": st.sampled_from(Channel),
    "purpose": st.sampled_from(Purpose),
    "technology": st.sampled_from(Technology),
    "sender": SENDERS,
    "recipient": READINGS,
    "places": PLACES,
    "stated": maybe(
        st.builds(
            Stated,
            region=st.sampled_from([None, "US-TX", *FREE]),
            postal=st.sampled_from([None, "10001", *FREE]),
            timezone=st.sampled_from([None, "America/New_York", "Etc/GMT+5", *FREE]),
            source=st.sampled_from([None, "billing_address", *FREE]),
            as_of=maybe(DATES),
        )
    ),
    "line_type": st.sampled_from([None, "landline", "mobile"]),
    "consent": CONSENTS,
    "listings": LISTINGS,
    "sent": some(st.builds(Sent, INSTANTS, st.sampled_from(Purpose)), 8),
    "limits": some(
        st.builds(
            LimitAnswer,
            st.sampled_from(["tenant", "confirmation"]),
            st.sampled_from([0.0, 0.1, 2.5]),
        )
    ),
    "matches": some(MATCHES),
    "opaque": some(
        st.builds(
            Opaque,
            st.sampled_from(["twiml_url", "content_sid"]),
            st.sampled_from(FREE),
            st.just("Url"),
        )
    ),
    "claims": some(CLAIMS),
    "campaign": st.sampled_from([None, "news", "redact"]),
    "brand": st.sampled_from([None, "red"]),
    "campaign_purposes": st.frozensets(st.sampled_from(Purpose), max_size=2),
    "suspended": st.sampled_from([None, None, None, "tenant", "end_customer"]),
    "terms": some(
        st.builds(
            PartyTerms,
            st.sampled_from(["tenant", "end_customer"]),
            st.sampled_from([None, "2026-01"]),
        )
    ),
    "component_disabled": st.sampled_from([False, False, False, True]),
    "template": maybe(
        st.builds(
            Template,
            st.just("HX1"),
            st.sampled_from([None, "marketing", "utility"]),
            st.sampled_from(["approved", "rejected"]),
        )
    ),
    "last_inbound_at": maybe(INSTANTS),
    "tag": st.sampled_from([None, "HUMAN_AGENT", *FREE]),
    "automated": st.booleans(),
    "record": st.booleans(),
    "recording_consent": st.sampled_from([None, "one_party", "all_party"]),
    "kind": st.sampled_from([None, None, "help_reply", "opt_out_confirmation"]),
    "exemption": maybe(st.sampled_from(Exemption)),
    "carrier_class": maybe(st.sampled_from(CarrierClass)),
    "message_class": WORDS,
    "orders": some(
        st.builds(
            EmergencyOrder, st.sampled_from(["US-LA", "US-NY", "US"]), INSTANTS, maybe(INSTANTS)
        )
    ),
    "length": st.sampled_from([None, 1, 160, 161]),
    "posture": maybe(st.sampled_from(Posture)),
    "disclosures": maybe(st.frozensets(st.sampled_from(["sender", "opt_out", "fees", "ai"]))),
    "language": st.sampled_from([None, "en", "fr"]),
    "reads_as": maybe(
        st.builds(Resemblance, st.sampled_from(Kind), st.sampled_from([0.5, 0.8, 0.999]))
    ),
    "tenant": st.sampled_from(["acme", "rival"]),
    "lot": st.integers(0, 9999),
    "observed": st.booleans(),
    "sandbox": st.booleans(),
}
"""A strategy for each field of `Facts`."""

any_facts = st.fixed_dictionaries(FIELDS).map(lambda fields: Facts(**fields))
