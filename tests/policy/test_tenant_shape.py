"""Does a tenant's file have a shape that editors complete and mistakes do not fit?"""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from gatekeeper.policy.tenant_shape import TenantHead, TightenShape, WaiverShape

WAIVER: dict[str, Any] = {
    "id": "recall",
    "rules": ["us.hours"],
    "approved_by": "Ann Counsel",
    "reason": "a recall",
    "citation": "memo 7",
    "from": "2026-11-01",
    "expires": "2026-12-01",
}


@pytest.mark.parametrize("missing", WAIVER)
def test_a_waiver_says_who_why_of_what_and_until_when(missing: str) -> None:
    assert WaiverShape.model_validate(WAIVER).approved_by == "Ann Counsel"
    less = {key: value for key, value in WAIVER.items() if key != missing}
    with pytest.raises(ValidationError):
        WaiverShape.model_validate(less)


@pytest.mark.parametrize("key", ["approved_by", "reason", "citation", "rules"])
def test_an_empty_word_says_nothing(key: str) -> None:
    with pytest.raises(ValidationError):
        WaiverShape.model_validate(WAIVER | {key: [] if key == "rules" else "  "})


@pytest.mark.parametrize("tenant", ["", "-acme", "a/b", "..", "a b", "a" * 101])
def test_a_tenant_is_named_as_the_registry_names_it(tenant: str) -> None:
    assert TenantHead(tenant="Acme-1.b_c", title="t").tenant == "Acme-1.b_c"
    with pytest.raises(ValidationError):
        TenantHead(tenant=tenant, title="t")


def test_a_tightening_says_why_and_has_tests() -> None:
    said = {"rule": "us.hours", "reason": "we close early", "with": {"windows": "09:00-17:00"}}
    less: dict[str, Any]
    for less in ({}, {"tests": []}):
        with pytest.raises(ValidationError):
            TightenShape.model_validate(said | less)
