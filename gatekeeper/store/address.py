"""Where is the store? A URL read once, with its credentials kept out of every repr."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from gatekeeper.errors import InputRejected

FORMS = "redis://[user:password@]host[:port][/db], rediss://... or unix:///path[?db=N]"


@dataclass(frozen=True, slots=True)
class Address:
    """One server of the store: a unix socket, or a host and port with or without TLS."""

    path: str | None = None
    host: str = "127.0.0.1"
    port: int = 6379
    tls: bool = False
    db: int = 0
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @property
    def context(self) -> ssl.SSLContext | None:
        """The TLS settings: system roots, host name checked; None without TLS."""
        return ssl.create_default_context() if self.tls else None


def parse_address(url: str) -> Address:
    """Read a store URL; raises InputRejected, which never repeats the URL and its secret."""
    parts = urlsplit(url)
    if parts.scheme not in ("unix", "redis", "rediss"):
        raise InputRejected(f"the store's URL must be {FORMS}")
    try:
        return _unix(parts) if parts.scheme == "unix" else _tcp(parts)
    except ValueError:
        raise InputRejected(f"the store's URL has a bad port or database: use {FORMS}") from None


def _unix(parts: SplitResult) -> Address:
    if not parts.path:
        raise InputRejected(f"the store's URL names no socket: use {FORMS}")
    user, password = _credentials(parts)
    return Address(path=unquote(parts.path), db=_db(parts, ""), user=user, password=password)


def _tcp(parts: SplitResult) -> Address:
    user, password = _credentials(parts)
    return Address(
        host=parts.hostname or "127.0.0.1",
        port=parts.port or 6379,
        tls=parts.scheme == "rediss",
        db=_db(parts, parts.path.strip("/")),
        user=user,
        password=password,
    )


def _db(parts: SplitResult, path: str) -> int:
    return int(parse_qs(parts.query).get("db", [path or "0"])[0])


def _credentials(parts: SplitResult) -> tuple[str | None, str | None]:
    user, password = parts.username, parts.password
    return unquote(user) if user else None, unquote(password) if password else None
