"""Is the gate ready exactly when all that it needs is?"""

from __future__ import annotations

import json

import pytest

from gatekeeper.proxy.health import Probe, live_response, readiness, ready_response


def fine() -> str:
    return "ok"


def full() -> str:
    return "the disk is nearly full"


def accepted() -> str:
    return "ok, but on the journal alone"


@pytest.mark.parametrize(
    ("probes", "ready"),
    [
        ({}, True),
        ({"a": fine, "c": accepted}, True),
        ({"a": fine, "b": full}, False),
        ({"b": full}, False),
    ],
)
def test_all_must_be_well(probes: dict[str, Probe], ready: bool) -> None:
    assert readiness(probes).ready is ready


def test_each_dependency_says_for_itself() -> None:
    response = ready_response({"store": fine, "journal": full})
    assert response.status == 503
    assert isinstance(response.body, bytes)
    assert json.loads(response.body) == {
        "ready": False,
        "dependencies": {"store": "ok", "journal": "the disk is nearly full"},
    }
    assert ready_response({"store": fine}).status == 200


def test_a_process_that_answers_is_alive() -> None:
    assert (live_response().status, live_response().body) == (200, b'{"alive":true}')
