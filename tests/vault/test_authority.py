"""Does the gate's own authority vouch for its hosts, and for nothing else in the world?"""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gatekeeper.vault.authority import Pair, authority, ends, leaf, names_of, vouches_for
from tests.support.certificates import handshake

NOW = datetime.now(UTC)
HOSTS = ("gate.example", "api.vendor.example")


def contexts(folder: Path, signer: Pair, shown: Pair) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server that shows the leaf, and a client that trusts the authority alone."""
    for name, content in (("ca", signer.certificate), ("cert", b"".join(shown))):
        (folder / name).write_bytes(content)
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(folder / "cert")
    return server, ssl.create_default_context(cafile=str(folder / "ca"))


@pytest.mark.parametrize("host", ["gate.example", "vonage.gate.example", "api.vendor.example"])
def test_a_client_that_trusts_it_takes_its_hosts(tmp_path: Path, host: str) -> None:
    signer = authority(HOSTS, NOW)
    shown = leaf(signer, ("gate.example", "*.gate.example", "api.vendor.example"), NOW)
    handshake(*contexts(tmp_path, signer, shown), host)


@pytest.mark.parametrize("host", ["bank.example", "vendor.example", "127.0.0.1"])
def test_even_with_its_key_nobody_else_can_be_stood_in_for(tmp_path: Path, host: str) -> None:
    """A stolen key signs what it likes: the client refuses all that is outside its bounds."""
    signer = authority(HOSTS, NOW)
    shown = leaf(signer, (host,), NOW)
    with pytest.raises(ssl.SSLCertVerificationError):
        handshake(*contexts(tmp_path, signer, shown), host)


def test_what_a_certificate_says_can_be_read() -> None:
    signer = authority(HOSTS, NOW)
    shown = leaf(signer, ("gate.example", "*.gate.example"), NOW)
    assert vouches_for(signer.certificate) == frozenset(HOSTS)
    assert vouches_for(shown.certificate) == frozenset()
    assert names_of(shown.certificate) == {"gate.example", "*.gate.example"}
    assert names_of(signer.certificate) == frozenset()
    assert timedelta(days=396) < ends(shown.certificate) - NOW < timedelta(days=398)


def test_a_key_is_not_shown_by_chance() -> None:
    assert "PRIVATE" not in repr(authority(HOSTS, NOW))
