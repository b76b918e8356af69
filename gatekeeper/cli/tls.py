"""How does the gate come to a certificate of its own, and how is it trusted?"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console

from gatekeeper.cli.output import AsJson, show
from gatekeeper.errors import InputRejected
from gatekeeper.proxy.certificates import tls_files
from gatekeeper.proxy.front import Front
from gatekeeper.proxy.speaks import providers_of
from gatekeeper.settings import Settings
from gatekeeper.vault.authority import ends

_DOMAIN = re.compile(
    r"(?=.{1,253}$)(?:(?!-)[a-z0-9-]{1,63}(?<!-)\.)*(?!-)[a-z][a-z0-9-]{0,62}(?<!-)"
)
TRUSTED_BY = {
    "REQUESTS_CA_BUNDLE": "SDKs of Python that use requests",
    "SSL_CERT_FILE": "SDKs of Python that use httpx, and curl",
    "NODE_EXTRA_CA_CERTS": "Node, whatever the SDK",
}
"""How an app is told to trust an authority, and who listens to it."""

app = typer.Typer(help="The gate's own certificate.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """A group with one command keeps its name."""


@app.command("init")
def init(
    domain: Annotated[str, typer.Argument(help="The gate's name: its doors are one label below.")],
    as_json: AsJson = False,
) -> None:
    """Make a certificate for DOMAIN, its doors and the vendors' hosts, and say how to trust it.

    Again, it renews the certificate; the authority stays, unless there are new names to vouch for.
    """
    if not _DOMAIN.fullmatch(domain):
        raise InputRejected(f"{domain[:80]!r} is no host name such as gate.example")
    settings = Settings()
    files = tls_files(settings)
    new = files.make(domain, Front(providers_of(settings)).hosts, datetime.now(UTC))
    until = ends(files.certificate.read_bytes())
    authority = str(files.authority.resolve())
    if as_json:
        show({"authority": authority, "new": new, "ends": until, "trust": sorted(TRUSTED_BY)})
        return
    say = Console(highlight=False, soft_wrap=True).print
    say(f"for {domain}, *.{domain} and, as a proxy, the vendors' hosts: until {until:%Y-%m-%d}")
    say("the authority is new: every app must trust it" if new else "the authority is the same")
    for name, whose in TRUSTED_BY.items():
        say(f"export {name}={authority}  # {whose}")
    say("restart the gate, with GATEKEEPER_TLS_LISTEN or GATEKEEPER_PROXY_LISTEN")
