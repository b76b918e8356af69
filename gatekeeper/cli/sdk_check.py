"""Does an app's SDK reach the gate, and nobody else? Proved by running it, watched."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Annotated
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, build_opener

import typer
from rich.console import Console

from gatekeeper.cli.attach_lines import named
from gatekeeper.cli.output import AsJson, show
from gatekeeper.cli.sdk_watch import GateAt, Seen, watch
from gatekeeper.providers.contract import Provider
from gatekeeper.proxy.sites import address
from gatekeeper.proxy.speaks import providers_of
from gatekeeper.settings import Settings

_DECISIONS = re.compile(
    r"^gatekeeper_decisions_total\{[^}]*"
    r'reason="(?!credential\.invalid"|request\.ambiguous")[^}]*\} ([0-9.e+]+)$',
    re.M,
)
"""What was judged: neither a wrong key nor a request that has no meaning is."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found out."""

    reached: bool
    decided: int | None
    """How many messages the gate decided meanwhile; None if its figures cannot be read."""
    tried: tuple[str, ...]
    guarded: bool
    next: str
    """What to do, empty if all is well."""


def sdk_check(
    provider: Annotated[str, typer.Argument(help="Whose SDK the program uses.")],
    command: Annotated[list[str], typer.Argument(help="The program, after `--`.")],
    url: Annotated[
        str | None, typer.Option(help="The gate's address, if it runs elsewhere than here.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Run a program that sends one message, and prove that it reaches the gate and nobody else.

    Every connection but to this machine and the gate is refused before it is tried. Exit status 1
    if one was tried, or if the gate was not reached.
    """
    settings = Settings()
    spoken = named(provider, providers_of(settings))
    before = _decided(settings)
    seen = watch(command, _gate(settings, url), os.environ)
    after = _decided(settings)
    decided = None if before is None or after is None else after - before
    proof = Proof(seen.reached, decided, seen.tried, seen.guarded, _next(spoken, seen, decided))
    show(asdict(proof)) if as_json else _print(proof)
    raise typer.Exit(bool(proof.next))


def _gate(settings: Settings, url: str | None) -> GateAt:
    if url is None:
        doors = (settings.listen, settings.tls_listen, settings.proxy_listen)
        return GateAt(frozenset(), frozenset(address(each)[1] for each in doors if each))
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    return GateAt(frozenset((host, *_addresses(host))), frozenset((port,)))


def _addresses(host: str) -> Iterator[str]:
    with suppress(OSError):
        for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM):
            yield str(found[4][0])


def _decided(settings: Settings) -> int | None:
    """How many decisions the gate has made, by its own figures."""
    url = f"http://{settings.ops_listen}/metrics"
    opener = build_opener(ProxyHandler({}))
    with suppress(URLError, OSError, ValueError), opener.open(url, timeout=5) as answer:
        return int(sum(map(float, _DECISIONS.findall(answer.read().decode()))))
    return None


def _next(provider: Provider, seen: Seen, decided: int | None) -> str:
    lines = f"`gatekeeper attach {provider.name}` prints the lines that lead to the gate"
    if seen.tried:
        return f"it would have gone past the gate: {lines}"
    if not seen.guarded:
        return "nothing is proved: only programs of Python and Node can be watched whole"
    if not seen.reached:
        return f"the gate was not reached: {lines}; does it run, and does the program send?"
    if decided == 0:
        return f"the gate was reached and decided nothing: look at the path and the key; {lines}"
    return ""


def _print(proof: Proof) -> None:
    say = Console(highlight=False, soft_wrap=True).print
    messages = "" if proof.decided is None else f" ({proof.decided} decided)"
    say(f"reached the gate: {'yes' if proof.reached else 'no'}{messages}")
    for each in proof.tried:
        say(f"tried to reach: {each} (refused)")
    if proof.next:
        say(f"-> {proof.next}")
    else:
        say("nothing else was tried")
