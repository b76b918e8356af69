"""Does only the exact spelling of a path send, and is every other one closed? (See the cases.)"""

from __future__ import annotations

import pytest

from gatekeeper.providers.contract import Handling, RawRequest
from gatekeeper.providers.sinch.paths import SERVICES, account, match

BATCHES = "/xms/v1/plan-1/batches"
JSON = (("Content-Type", "application/json"),)


def handling(method: str, target: str, body: bytes = b"") -> Handling:
    return match(RawRequest(method, target, JSON, body)).handling


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("POST", BATCHES),
        ("PUT", f"{BATCHES}/01FC66621VHDBN119Z8PMV1QPQ"),
        ("POST", "/v1/projects/p/messages:send"),
    ],
)
def test_every_way_to_send_is_decided(method: str, target: str) -> None:
    assert handling(method, target) is Handling.DECIDE


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("POST", BATCHES + "?x=y"),
        ("POST", "/xms//v1/plan-1/batches"),
        ("POST", "/xms/v1/plan%2D1/batches"),
        ("POST", "/XMS/v1/plan-1/batches"),
        ("POST", "/xms/v2/plan-1/batches"),
        ("PATCH", BATCHES),
        ("PUT", f"{BATCHES}/dry_run"),
        ("POST", "/v1/projects/p/messages"),
        ("POST", "/v1/projects/p/contacts"),
        ("PATCH", "/v1/projects/p/messages/m"),
        ("DELETE", "/v1/projects/p/webhooks/w"),
        ("PUT", "/xms/v1/plan-1/groups/g"),
        ("GET", "/oauth2/token"),
        ("GET", "/v1/projects/p/messages:send"),
        ("GET", "/v1/projects/p/apps"),
        ("GET", "/v1/projects/p/apps/a?x=y"),
        ("GET", "/v1/projects/p/webhooks/w"),
        ("POST", "/v1/projects/p/webhooks"),
        ("GET", "/v1/projects/p/messages:send?text=a"),
    ],
)
def test_another_spelling_or_operation_is_refused(method: str, target: str) -> None:
    assert handling(method, target) is Handling.REFUSE


def test_an_update_passes_only_with_what_says_nothing_anew() -> None:
    batch = f"{BATCHES}/01FC"
    assert handling("POST", batch, b'{"to_remove": ["1"], "expire_at": "x"}') is Handling.PASS
    for body in (b"{}", b"[]", b'{"send_at": "x"}', b'{"to_remove": ["1"], "to_add": ["2"]}'):
        assert handling("POST", batch, body) is Handling.REFUSE


def test_an_account_is_the_one_of_the_path() -> None:
    assert account(RawRequest("POST", BATCHES, (), b"")) == "plan-1"
    assert account(RawRequest("POST", "/v1/projects/p/messages:send", (), b"")) == "p"
    assert account(RawRequest("POST", "/oauth2/token", (), b"")) == ""


def test_every_region_is_a_service_of_its_own() -> None:
    hosts = [host for service in SERVICES for host in service.hosts]
    assert len(hosts) == len(set(hosts))
    assert all(host.endswith(".sinch.com") for host in hosts)
