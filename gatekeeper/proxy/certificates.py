"""With which certificate does the gate speak TLS: the one it was given, or one of its own?"""

from __future__ import annotations

import ssl
from pathlib import Path

from gatekeeper.errors import InputRejected
from gatekeeper.settings import Settings
from gatekeeper.vault.tls_files import TlsFiles, refuse_open_key


def tls_files(settings: Settings) -> TlsFiles:
    """Where the self-made ones lie."""
    return TlsFiles(settings.data / "tls")


def server_tls(settings: Settings) -> ssl.SSLContext:
    """What both TLS doors show; InputRejected says what is missing, KeyringError what is open."""
    return _context(*(_given(settings) or _own(settings)))


def own_tls(settings: Settings) -> ssl.SSLContext:
    """What stands in for the vendors' hosts: nobody else's certificate could."""
    return _context(*_own(settings))


def _given(settings: Settings) -> tuple[Path, Path] | None:
    certificate, key = settings.tls_cert, settings.tls_key
    if certificate is None and key is None:
        return None
    if certificate is None or key is None:
        raise InputRejected("GATEKEEPER_TLS_CERT and GATEKEEPER_TLS_KEY go together")
    return certificate, key


def _own(settings: Settings) -> tuple[Path, Path]:
    files = tls_files(settings)
    if not files.certificate.exists():
        raise InputRejected(
            "there is no certificate: `gatekeeper tls init DOMAIN` makes one, or name one by "
            "GATEKEEPER_TLS_CERT and GATEKEEPER_TLS_KEY"
        )
    return files.certificate, files.key


def _context(certificate: Path, key: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    try:
        refuse_open_key(key)
        context.load_cert_chain(certificate, key, password=_no_password)
    except OSError as error:
        unfit = isinstance(error, ssl.SSLError)
        why = "they are not a certificate and its key" if unfit else error.strerror
        raise InputRejected(f"cannot use {certificate} with {key}: {why}") from None
    return context


def _no_password() -> str:
    raise InputRejected("a key with a password is not read: decrypt it first")
