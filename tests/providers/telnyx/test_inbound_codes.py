"""Is only a STOP taken for one?"""

from __future__ import annotations

import json
from typing import Any

import pytest

from gatekeeper.providers.contract import Reply
from gatekeeper.providers.telnyx.inbound_codes import told, told_by
from gatekeeper.providers.webhook import Meaning

STOP = {"code": "40300", "title": "Blocked due to STOP message"}


def answer(status: int, body: Any) -> Reply:
    """What Telnyx said to a send."""
    return Reply(status, (), json.dumps(body).encode())


@pytest.mark.parametrize("status", [400, 403, 409, 422])
def test_a_refused_send_tells_of_a_stop(status: int) -> None:
    assert told(answer(status, {"errors": [STOP]})) is Meaning.OPTED_OUT


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, {"errors": [STOP]}),
        (500, {"errors": [STOP]}),
        (403, {"errors": [{"code": "40310", "title": "STOP"}]}),
        (403, {"errors": [{"code": "40300"}]}),
        (403, {"errors": "40300"}),
        (403, ["40300"]),
    ],
)
def test_anything_else_tells_nothing(status: int, body: Any) -> None:
    assert told(answer(status, body)) is Meaning.OTHER
    assert told(Reply(403, (), b"{")) is Meaning.OTHER


def test_the_first_code_is_told() -> None:
    errors = [{"code": "x"}, {"code": "40001", "title": "Not routable"}]
    assert told_by(errors) == (Meaning.OTHER, "40001")
    assert told_by(None) == (Meaning.OTHER, "")
