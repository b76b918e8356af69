"""Is a path matched exactly, and is a parameter what was meant by it?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatekeeper.proxy.paths import MAX_VALUE, Paths
from gatekeeper.proxy.routes import Route

PATHS = Paths(
    (
        Route("plain", "GET", "/v1/things", "All."),
        Route("put", "PUT", "/v1/things", "One more."),
        Route("one", "GET", "/v1/things/{key}", "One."),
        Route("gone", "DELETE", "/v1/things/{kind}/{key}", "One less."),
        Route("live", "GET", "/livez", "Alive."),
    )
)


def names(path: str) -> dict[str, str] | None:
    place = PATHS.find(path)
    return None if place is None else {m: route.name for m, route in place.routes.items()}


def test_a_plain_path_has_its_methods() -> None:
    assert names("/v1/things") == {"GET": "plain", "PUT": "put"}
    assert names("/livez") == {"GET": "live"}


@pytest.mark.parametrize(
    ("segment", "value"),
    [
        ("acme", "acme"),
        ("acme%2F%2B12122000100", "acme/+12122000100"),
        ("a%2fb", "a/b"),
        ("a+b", "a+b"),
        ("..", ".."),
        ("x" * MAX_VALUE, "x" * MAX_VALUE),
    ],
)
def test_a_parameter_is_one_whole_segment_decoded_once(segment: str, value: str) -> None:
    place = PATHS.find(f"/v1/things/{segment}")
    assert place is not None and place.values == {"key": value}
    assert PATHS.find("/v1/things/a%252Fb") == (place.routes, {"key": "a%2Fb"})


def test_two_parameters_are_told_apart() -> None:
    place = PATHS.find("/v1/things/tenant/acme")
    assert place is not None and place.values == {"kind": "tenant", "key": "acme"}


@pytest.mark.parametrize(
    "path",
    [
        "", "/", "/v1", "/v1/", "/v1/things/", "/v1/things//", "//v1/things", "/V1/things/a",
        "/v1/thing/a", "/v1/things/a/b/c", "/v1/things/%00", "/v1/things/%0A", "/v1/things/%ff",
        "/v1/things/%C3%28", "/v1/things/" + "x" * (MAX_VALUE + 1), "/livez/a", "/v1/things/a/",
        "/v1/" + "a/" * 4000,
    ],
)  # fmt: skip
def test_nothing_else_is_there(path: str) -> None:
    assert PATHS.find(path) is None


@given(st.text(max_size=60))
def test_whatever_the_path_is_a_value_is_printable_and_bounded(text: str) -> None:
    place = PATHS.find("/v1/things/" + text)
    for value in place.values.values() if place else ():
        assert value.isprintable() and 0 < len(value) <= MAX_VALUE
