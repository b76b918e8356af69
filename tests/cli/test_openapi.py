"""Does the command print a document that a generator of clients accepts?"""

from __future__ import annotations

from openapi_spec_validator import validate

from tests.support.commands import Command


def test_the_document_is_valid_and_needs_no_gate(alone: Command) -> None:
    told = alone("openapi")
    assert told.status == 0
    validate(told.document)
    assert told.document["openapi"].startswith("3.1")
    assert {"/v1/check", "/v1/consents", "/readyz"} <= set(told.document["paths"])
