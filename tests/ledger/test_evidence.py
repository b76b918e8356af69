"""What counts as evidence, and what does it prove?"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest
from pydantic import ValidationError

from gatekeeper.domain.words import Purpose
from gatekeeper.ledger.evidence import Evidence

TEXT = "J’accepte des textos automatisés."


@pytest.mark.parametrize(
    "said",
    [
        {"text_shown": TEXT},
        {"ip": "198.51.100.7"},
        {"url": "https://acme.example/join"},
        {"form": "join/17"},
        {"recording": "calls/17.wav"},
        {"message": "SM1"},
        {"signature": "voice"},
        {"certificate_url": "https://cert.example/1"},
    ],
    ids=lambda said: next(iter(said)),
)
def test_what_points_to_the_persons_own_act_proves(said: dict[str, Any]) -> None:
    assert Evidence.model_validate(said).proves


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"language": "fr"},
        {"capture_vendor": "Leads Inc"},
        {"not_a_condition": True, "technology_disclosed": True},
        {"inquiry_at": datetime(2026, 1, 1, tzinfo=UTC)},
    ],
    ids=str,
)
def test_what_only_describes_does_not(said: dict[str, Any]) -> None:
    evidence = Evidence.model_validate(said)
    assert not evidence.proves and not evidence.signed


def test_an_address_alone_is_no_signature() -> None:
    assert not Evidence(ip="198.51.100.7", url="https://acme.example", text_shown=TEXT).signed
    assert Evidence(signature="button").signed


def test_the_digest_of_the_text_is_ours_and_sealed_with_it() -> None:
    evidence = Evidence(text_shown=TEXT)
    ours = sha256(TEXT.encode()).hexdigest()
    assert evidence.text_digest == ours
    assert json.loads(evidence.plain()) == {"text_shown": TEXT, "text_sha256": ours}
    assert Evidence(ip="198.51.100.7").text_digest is None


def test_purposes_may_come_as_one_text_with_bars() -> None:
    given = Evidence.model_validate({"purposes": "marketing|transactional"})
    assert given.purposes == (Purpose.MARKETING, Purpose.TRANSACTIONAL)
    with pytest.raises(ValidationError):
        Evidence.model_validate({"purposes": "marketing|gossip"})
