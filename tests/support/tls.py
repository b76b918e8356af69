"""How does a test speak TLS to a gate, directly or through its proxy?"""

from __future__ import annotations

import asyncio
import ssl
from datetime import UTC, datetime
from pathlib import Path

from gatekeeper.providers import PROVIDERS
from gatekeeper.proxy.front import Front
from gatekeeper.vault.tls_files import TlsFiles

DOMAIN = "gate.example"


def made(data: Path) -> TlsFiles:
    """What `gatekeeper tls init gate.example` makes in this data folder."""
    files = TlsFiles(data / "tls")
    files.make(DOMAIN, Front(PROVIDERS).hosts, datetime.now(UTC))
    return files


def trusting(files: TlsFiles) -> ssl.SSLContext:
    """A client that trusts that authority alone."""
    return ssl.create_default_context(cafile=str(files.authority))


async def over_tls(port: int, host: str, context: ssl.SSLContext, request: bytes) -> bytes:
    """One request to a host that is found on this port; all that was answered until the end."""
    opened = asyncio.open_connection("127.0.0.1", port, ssl=context, server_hostname=host)
    reader, writer = await opened
    return await _asked(reader, writer, request)


async def through_proxy(
    port: int, host: str, context: ssl.SSLContext, request: bytes, connect: str = ""
) -> bytes:
    """The same through `CONNECT`; what the proxy said, if it did not open."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"CONNECT {connect or host + ':443'} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
    async with asyncio.timeout(5):
        said = await reader.readuntil(b"\r\n\r\n")
    if not said.startswith(b"HTTP/1.1 200 "):
        return said + await reader.read()
    await writer.start_tls(context, server_hostname=host)
    return await _asked(reader, writer, request)


async def _asked(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes
) -> bytes:
    try:
        writer.write(request)
        async with asyncio.timeout(10):
            return await reader.read()
    finally:
        writer.close()
