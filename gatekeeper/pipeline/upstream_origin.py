"""Where does an upstream live, and may the gate connect there?"""

from __future__ import annotations

import asyncio
import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from gatekeeper.errors import InputRejected

DEFAULT_PORTS = {"http": 80, "https": 443}
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""IPv4 addresses in IPv6 clothes (RFC 6052 section 2.1)."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Scheme, host and port of an upstream, and the path that all its targets stand below."""

    scheme: str
    host: str
    port: int
    prefix: str = ""

    @classmethod
    def parse(cls, url: str) -> Origin:
        """Read a base URL; raises InputRejected for one that must not or cannot be used."""
        try:
            parts = urlsplit(url)
            port = parts.port or DEFAULT_PORTS[parts.scheme]
        except (ValueError, KeyError):
            raise InputRejected("an upstream is an http:// or https:// base URL") from None
        if not parts.hostname or parts.username is not None or parts.query or parts.fragment:
            raise InputRejected("an upstream is a base URL without user, query or fragment")
        origin = cls(parts.scheme, parts.hostname, port, parts.path.rstrip("/"))
        if origin.scheme == "http" and not origin.loopback:
            raise InputRejected("an upstream elsewhere than on loopback needs https://")
        return origin

    @property
    def tls(self) -> bool:
        """Whether the connection is encrypted."""
        return self.scheme == "https"

    @property
    def authority(self) -> str:
        """The `Host` header: with the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def loopback(self) -> bool:
        """Whether the operator named this very machine."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def is_public(address: str) -> bool:
    """Whether an address is on the open Internet: not private, link-local, metadata, multicast."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in NAT64 else ip.ipv4_mapped
        ip = inner or ip
    return ip.is_global and not ip.is_multicast


async def resolve(origin: Origin, *, allow_private: bool) -> list[str]:
    """The addresses to connect to, after the name was looked up.

    A name of the open Internet that resolves to an inner address is an attack or a mistake
    (it could reach a cloud's metadata service), so such addresses are left out.
    Raises OSError if the look-up fails and if nothing is left.
    """
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(origin.host, origin.port, type=1)  # 1: SOCK_STREAM
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    allowed = [a for a in addresses if allow_private or is_public(a)]
    if not allowed:
        raise OSError("the name resolves to private addresses only")
    return allowed
