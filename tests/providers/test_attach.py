"""Are a provider's lines whole, whatever the language and the way?"""

from __future__ import annotations

import ast

import pytest

from gatekeeper.providers import PROVIDERS
from gatekeeper.providers.attach import Attach, Language, Lines, Way, filled
from gatekeeper.providers.contract import door_name

OWN = {"account", "key", "from", "to", "from:digits", "to:digits", "proxy", "ca"}
ALL = [
    pytest.param(provider, lines, id=f"{provider.name}-{lines.language}-{lines.ways[0]}")
    for provider in PROVIDERS
    for lines in provider.attach.lines
]


class Known(dict[str, str]):
    """The marks of one provider, and no others."""

    def __init__(self, doors: set[str]) -> None:
        known = OWN | doors | {f"{door}:host" for door in doors}
        super().__init__({name: "None" if name == "key" else "x" for name in known})


def test_marks_are_filled_and_an_unknown_one_is_an_error() -> None:
    assert filled('a("<telnyx>/v2", <key>) < b', {"telnyx": "T", "key": "K"}) == 'a("T/v2", K) < b'
    with pytest.raises(KeyError):
        filled("<nobody>", {"telnyx": "T"})


def test_lines_are_found_by_language_and_way() -> None:
    lines = Lines("sdk", "code", "sends", (Way.HOST,), Language.NODE)
    attach = Attach("", (lines,))
    assert attach.of(Language.NODE, Way.HOST) is lines
    assert attach.of(Language.NODE, Way.HOST, "sdk") is lines
    assert attach.of(Language.NODE, Way.HOST, "other") is None
    assert attach.of(Language.NODE, Way.PATH) is None
    assert attach.of(Language.PYTHON, Way.HOST) is None


@pytest.mark.parametrize(("provider", "lines"), ALL)
def test_every_mark_is_one_of_the_providers_doors_or_known_to_all(
    provider: object, lines: Lines
) -> None:
    spoken = next(each for each in PROVIDERS if each is provider)
    doors = {door_name(spoken, service.name) for service in spoken.services}
    code = filled(f"{lines.code}\n{lines.sends}", Known(doors))
    if lines.language is Language.PYTHON:
        ast.parse(code)


def test_every_provider_says_how_it_is_attached_in_python() -> None:
    for provider in PROVIDERS:
        assert any(provider.attach.of(Language.PYTHON, way) for way in Way), provider.name


def test_no_language_and_way_has_two_answers() -> None:
    for provider in PROVIDERS:
        told = [
            (lines.sdk, lines.language, way)
            for lines in provider.attach.lines
            for way in lines.ways
        ]
        assert len(told) == len(set(told)), provider.name
