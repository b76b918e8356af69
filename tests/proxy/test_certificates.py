"""Does the gate find its certificate, and say what is wrong with one that will not do?"""

from __future__ import annotations

from pathlib import Path

import pytest

from gatekeeper.errors import InputRejected, KeyringError
from gatekeeper.proxy.certificates import own_tls, server_tls
from gatekeeper.settings import Settings
from tests.support.certificates import handshake
from tests.support.tls import made, trusting


def test_its_own_is_shown_where_none_was_given(tmp_path: Path) -> None:
    files = made(tmp_path)
    settings = Settings(data=tmp_path)
    handshake(server_tls(settings), trusting(files), "vonage.gate.example")
    handshake(own_tls(settings), trusting(files), "api.twilio.com")


def test_a_given_one_is_shown_at_the_doors_but_not_for_the_vendors(tmp_path: Path) -> None:
    files = made(tmp_path / "elsewhere")
    settings = Settings(data=tmp_path, tls_cert=files.certificate, tls_key=files.key)
    handshake(server_tls(settings), trusting(files), "vonage.gate.example")
    with pytest.raises(InputRejected, match="gatekeeper tls init"):
        own_tls(settings)


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    files = made(tmp_path)
    with pytest.raises(InputRejected, match="tls init DOMAIN"):
        server_tls(Settings(data=tmp_path / "none"))
    with pytest.raises(InputRejected, match="go together"):
        server_tls(Settings(data=tmp_path, tls_cert=files.certificate))
    with pytest.raises(InputRejected, match="go together"):
        server_tls(Settings(data=tmp_path, tls_key=files.key))


@pytest.mark.parametrize(
    ("certificate", "key", "why"),
    [
        ("gone.pem", "gate.key", "No such file"),
        ("gate.pem", "gone.key", "No such file"),
        ("gate.key", "gate.key", "not a certificate"),
        ("gate.pem", "ca.key", "not a certificate and its key"),
    ],
)
def test_what_does_not_fit_is_refused_at_the_start(
    tmp_path: Path, certificate: str, key: str, why: str
) -> None:
    folder = made(tmp_path).folder
    settings = Settings(data=tmp_path, tls_cert=folder / certificate, tls_key=folder / key)
    with pytest.raises(InputRejected, match=why):
        server_tls(settings)


def test_a_key_that_everybody_may_read_is_refused(tmp_path: Path) -> None:
    made(tmp_path).key.chmod(0o644)
    with pytest.raises(KeyringError, match="chmod 600"):
        server_tls(Settings(data=tmp_path))
