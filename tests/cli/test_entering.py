"""Is a secret taken from standard input, and its absence told?"""

from __future__ import annotations

import io
import sys
from unittest.mock import patch

import pytest

from gatekeeper.cli.entering import secret
from gatekeeper.errors import InputRejected


def test_it_is_one_line_of_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(" token-1 \nmore\n"))
    assert secret("provider's secret") == "token-1"


def test_a_key_in_pem_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    pem = "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n"
    monkeypatch.setattr(sys, "stdin", io.StringIO(pem))
    assert secret("provider's secret") == pem


def test_an_empty_line_is_refused_with_what_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n"))
    with pytest.raises(InputRejected, match="give the provider's secret on standard input"):
        secret("provider's secret")


def test_at_a_terminal_it_is_asked_for_and_not_shown() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    with (
        patch.object(sys, "stdin", Terminal()),
        patch("typer.prompt", return_value="typed") as prompt,
    ):
        assert secret("provider's secret") == "typed"
    assert prompt.call_args.kwargs["hide_input"]
