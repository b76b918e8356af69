"""Is a command's body read strictly, and a document shown without its secrets?"""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gatekeeper.domain.registry import Application, Tenant
from gatekeeper.domain.standing import AdminKey, Key
from gatekeeper.errors import InputRejected
from gatekeeper.ledger.list_import import ListFile
from gatekeeper.proxy.admin_bodies import (
    HIDDEN,
    FileImport,
    Listed,
    ListImport,
    Rotation,
    Suspension,
    body_as,
    shown,
)

LIST = {"list": "us-national", "path": "/a/b.txt", "as_of": "2026-11-01T00:00:00Z"}


def test_a_body_becomes_its_model() -> None:
    asked = body_as(ListImport, json.dumps(LIST).encode())
    day = datetime(2026, 11, 1, tzinfo=UTC)
    assert asked.file == ListFile("us-national", Path("/a/b.txt"), day)
    assert body_as(FileImport, b'{"tenant": "acme", "path": "x"}').path == "x"
    assert body_as(Rotation, b"{}").keep_old is False
    assert body_as(Listed, b'{"tenant": "a", "list": "own", "number": "1"}').listed is True


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "not a JSON document"),
        (b"\xff", "not a JSON document"),
        (b'{"kind": "tenant", "key": "a"}', "reason"),
        (b'{"kind": 1, "key": "a", "reason": null}', "kind"),
        (b'{"kind": "tenant", "key": "a", "reason": null, "x": 1}', "unknown field"),
    ],
)
def test_what_does_not_fit_is_named(raw: bytes, told: str) -> None:
    with pytest.raises(InputRejected, match=told):
        body_as(Suspension, raw)


@pytest.mark.parametrize("name", ["", "A", "a b", "a:b", "a{b}", "../a", "x" * 65, "a\n"])
def test_a_list_has_a_plain_name(name: str) -> None:
    with pytest.raises(InputRejected):
        body_as(ListImport, json.dumps({**LIST, "list": name}).encode())


def test_an_instant_without_its_offset_is_none() -> None:
    with pytest.raises(InputRejected, match="timezone"):
        body_as(ListImport, json.dumps({**LIST, "as_of": "2026-11-01T00:00:00"}).encode())


def test_secrets_and_hashes_of_an_application_are_not_shown() -> None:
    fields = {field.name for field in dataclasses.fields(Application)}
    application = Application("a", "t", "twilio", "AC", keys=(Key("h"),), secret="s")
    told = shown(application)
    assert set(told) == fields - HIDDEN | {"keys"}
    assert told["keys"] == [{"id": "h", "by": "", "at": None, "expires": None}]
    assert fields | {"key"} > HIDDEN


def test_of_a_key_its_id_is_shown_and_never_its_hash() -> None:
    whole = "ab" * 32
    told = [
        shown(AdminKey("ops", Key(whole), "acme")),
        shown(Application("a", "t", "twilio", "AC", keys=(Key(whole),))),
    ]
    assert whole not in str(told)
    assert told[0]["id"] == "ops" and told[1]["keys"][0]["id"] == whole[:12]


def test_a_tenant_has_nothing_to_hide() -> None:
    assert shown(Tenant("a", "A"))["name"] == "A"


@pytest.mark.parametrize("said", ["", "a\nb", "x" * 201])
def test_what_is_said_of_a_licence_is_one_line(said: str) -> None:
    with pytest.raises(InputRejected):
        body_as(ListImport, json.dumps({**LIST, "san": said}).encode())
