"""Is every parameter found where it stands?"""

from __future__ import annotations

from gatekeeper.providers.meta.query import Parameter, parameters


def test_parameters_are_read_with_the_place_of_their_values() -> None:
    target = "/me/messages?a%63cess_token=x%20y&b"
    found = parameters(target)
    assert found == (Parameter("access_token", "x y", 28, 33), Parameter("b", "", 35, 35))
    assert target[28:33] == "x%20y"


def test_a_target_without_a_query_has_none() -> None:
    assert parameters("/me/messages") == parameters("/me/messages?") == ()
