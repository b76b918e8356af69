"""Is each path exactly what the file says, and everything else closed?"""

from __future__ import annotations

import pytest

from gatekeeper.providers.contract import Handling, RawRequest
from gatekeeper.providers.mapped.provider import Mapped


@pytest.mark.parametrize(
    ("method", "target", "handling", "status"),
    [
        ("POST", "/v1/accounts/a-1/messages", Handling.DECIDE, None),
        ("POST", "/v1/forms", Handling.DECIDE, None),
        ("PUT", "/v1/forms", Handling.REFUSE, 405),
        ("GET", "/v1/forms", Handling.PASS, None),
        ("POST", "/v1/forms?To=1", Handling.REFUSE, None),
        ("POST", "/v1/forms/", Handling.REFUSE, None),
        ("POST", "/V1/forms", Handling.REFUSE, None),
        ("POST", "/v1/accounts/a/b/messages", Handling.REFUSE, None),
        ("POST", "/v1/accounts//messages", Handling.REFUSE, None),
        ("DELETE", "/v1/messages/1", Handling.REFUSE, None),
    ],
)
def test_a_path_means_one_thing(
    acmetel: Mapped, method: str, target: str, handling: Handling, status: int | None
) -> None:
    operation = acmetel.match(RawRequest(method, target, (), b""))
    assert operation is not None
    assert (operation.handling, operation.status) == (handling, status)


def test_another_method_in_a_header_is_refused(acmetel: Mapped) -> None:
    raw = RawRequest("POST", "/v1/forms", (("X-HTTP-Method-Override", "PUT"),), b"")
    operation = acmetel.match(raw)
    assert operation is not None
    assert operation.handling is Handling.REFUSE
