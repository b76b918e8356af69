"""Which paths of Twilio's other hosts are sends, which pass, and which are refused?"""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from gatekeeper.providers.contract import Handling, Operation
from gatekeeper.providers.twilio.products import operation_of, product_of
from tests.support.twilio_requests import form, request

CH, VA, FW, IS = (prefix + "1b" * 16 for prefix in ("CH", "VA", "FW", "IS"))
FN, VE = "FN" + "1b" * 16, "VE" + "1b" * 16
SENDS = {
    f"/v1/Conversations/{CH}/Messages": ("conversation", "conversations"),
    f"/v1/Services/{IS}/Conversations/{CH}/Messages": ("conversation", "conversations"),
    f"/v2/Services/{VA}/Verifications": ("verification", "verify"),
    f"/v2/Flows/{FW}/Executions": ("execution", "studio"),
    f"/v1/Flows/{FW}/Executions": ("execution", "studio"),
    f"/v1/Services/{IS}/Notifications": ("notification", "notify"),
}


def found(target: str, method: str = "POST", service: str = "", **fields: str) -> Operation:
    raw = form(target, dict(fields)) if fields else request(target, method=method)
    operation = operation_of(replace(raw, service=service))
    assert operation is not None
    return operation


@pytest.mark.parametrize("target", SENDS)
def test_a_send_is_decided_at_its_own_door_and_under_one_base_url(target: str) -> None:
    name, service = SENDS[target]
    for addressed in ("", service):
        operation = found(target, service=addressed)
        assert operation.handling is Handling.DECIDE
        assert (operation.name, operation.service) == (name, service)


@pytest.mark.parametrize("target", SENDS)
def test_a_path_at_another_products_door_is_refused(target: str) -> None:
    other = "notify" if SENDS[target][1] != "notify" else "verify"
    assert found(target, service=other).handling is Handling.REFUSE


@pytest.mark.parametrize("target", [*SENDS, f"/v2/Services/{VA}/Verifications/%2B12122000211"])
def test_reads_pass_to_the_product(target: str) -> None:
    operation = found(f"{target}?PageSize=20", "GET")
    assert (operation.handling, operation.service) == (Handling.PASS, product_of(target))


def test_a_products_door_passes_reads_that_no_other_host_could_mean() -> None:
    assert found("/v2/Services", "GET", "verify").handling is Handling.PASS
    raw = replace(request("/v2/Services/../x", method="GET"), service="verify")
    assert operation_of(raw) is None


@pytest.mark.parametrize(
    ("target", "fields"),
    [
        ("/v1/Conversations", {"FriendlyName": "Order 7"}),
        (f"/v1/Conversations/{CH}", {"State": "closed"}),
        (f"/v1/Conversations/{CH}/Participants", {"MessagingBinding.Address": "+12122000211"}),
        ("/v1/ConversationWithParticipants", {"Participant": "{}"}),
        (f"/v2/Services/{VA}/VerificationCheck", {"To": "+12122000211", "Code": "123456"}),
        (f"/v2/Services/{VA}/Verifications/{VE}", {"Status": "canceled"}),
        (f"/v2/Flows/{FW}/Executions/{FN}", {"Status": "ended"}),
    ],
)
def test_what_reaches_nobody_passes_with_the_parameters_that_are_known(
    target: str, fields: dict[str, str]
) -> None:
    assert found(target, **fields).handling is Handling.PASS
    assert found(target, **fields, Body="words").handling is Handling.REFUSE


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("POST", f"/v1/Conversations/{CH}/Messages/IM{'1b' * 16}"),
        ("POST", f"/v1/Conversations/{CH}/Webhooks"),
        ("POST", f"/v2/Services/{VA}"),
        ("POST", f"/v2/Services/{VA}/Entities"),
        ("POST", f"/v2/Services/{VA}/Entities/ada/Challenges"),
        ("POST", f"/v2/Flows/{FW}/TestUsers"),
        ("POST", f"/v1/Flows/{FW}/Engagements"),
        ("POST", f"/v1/Services/{IS}/Bindings"),
        ("POST", f"/v1/Services/{IS}/Notifications?ToBinding=x"),
        ("PUT", f"/v1/Services/{IS}/Notifications"),
        ("DELETE", f"/v1/Services/{IS}/Notifications"),
        ("POST", f"/v1/Conversations/{CH}/Messages/"),
        ("POST", f"/v1/Conversations/{CH}/../x/Messages"),
        ("POST", f"/v1/Conversations/{CH}%2FMessages"),
    ],
)
def test_everything_else_is_refused_with_a_sentence(method: str, target: str) -> None:
    operation = found(target, method)
    assert operation.handling is Handling.REFUSE
    assert operation.detail.endswith(".")


def test_conversations_and_executions_may_be_deleted() -> None:
    assert found(f"/v1/Conversations/{CH}", "DELETE").handling is Handling.PASS
    assert found(f"/v2/Flows/{FW}/Executions/{FN}", "DELETE").handling is Handling.PASS


def test_a_form_that_cannot_be_read_is_refused() -> None:
    operation = operation_of(request(f"/v2/Services/{VA}/VerificationCheck", b"Code=%zz"))
    assert operation is not None
    assert operation.handling is Handling.REFUSE


def test_a_path_of_no_product_is_none() -> None:
    assert operation_of(request("/v1/check")) is None
    assert product_of("/v2/Services/IS1/Channels") is None
