"""Does only the exact spelling of a path send, and is every other one closed?"""

from __future__ import annotations

import pytest

from gatekeeper.providers.contract import Handling, RawRequest
from gatekeeper.providers.intelepeer.paths import FLOWS, SERVICES, match

SEND = "/_rest/v4/app/sms/send"


def handling(target: str, method: str = "POST") -> Handling:
    return match(RawRequest(method, target, (), b"")).handling


@pytest.mark.parametrize(
    "target",
    [
        SEND,
        "/sms/v4/send",
        "/sms/v4/app/sms/send",
        "/sms/v1/13122000201/send",
        "/sms/v3/57-MyCompany/send",
        "/_rest/v4/sfgen/apitriggers",
        "/v2/api/apitriggers",
    ],
)
def test_every_way_to_send_is_decided(target: str) -> None:
    assert handling(target) is Handling.DECIDE


@pytest.mark.parametrize(
    "target",
    [
        SEND + "/",
        SEND + "?a=b",
        SEND.upper(),
        "/_rest//v4/app/sms/send",
        "/_rest/v4/app/sms/s%65nd",
        "/_rest/v3/app/sms/send",
        "/sms/v2/13122000201/send",
        "/sms/v3/13122000201/../send",
        "/sms/v3/Acme%20Shoes/send",
        "/",
    ],
)
def test_another_spelling_is_refused(target: str) -> None:
    assert handling(target) is Handling.REFUSE


@pytest.mark.parametrize(
    "target",
    [SEND, SEND + "?to=1", "/sms/v2/1/send?text=a", "/v2/api/apitriggers?ANI=1", "/x/SendNow"],
)
def test_a_path_that_acts_is_refused_by_get_as_well(target: str) -> None:
    assert handling(target, "GET") is Handling.REFUSE
    assert handling("/_rest/v4/app/sms/mdr?refid=1", "GET") is Handling.PASS


def test_where_replies_go_is_neither_told_nor_changed_here() -> None:
    for target in ("/_rest/v4/my/did/sms/webhook", "/sms/v1/1/Webhook?x", "/sms/v1/1/provision"):
        assert {handling(target, each) for each in ("GET", "POST", "DELETE")} == {Handling.REFUSE}


def test_a_flow_goes_to_the_flows_own_host() -> None:
    assert match(RawRequest("POST", "/v2/api/apitriggers", (), b"")).service == FLOWS
    assert match(RawRequest("POST", SEND, (), b"", "eu")).service == ""


def test_the_hosts_are_the_vendors_own() -> None:
    assert all(host.endswith(".intelepeer.com") for each in SERVICES for host in each.hosts)
