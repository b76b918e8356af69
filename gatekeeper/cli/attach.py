"""How does a developer learn which lines point an SDK at this gate?"""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console

from gatekeeper.cli.attach_lines import Guide, Place, Wish, chosen, guide, named
from gatekeeper.cli.output import AsJson, show
from gatekeeper.errors import InputRejected
from gatekeeper.providers.attach import Language, Way
from gatekeeper.proxy.certificates import tls_files
from gatekeeper.proxy.demo import FRIENDS, SERVICE
from gatekeeper.proxy.sites import address
from gatekeeper.proxy.speaks import providers_of
from gatekeeper.settings import Settings
from gatekeeper.vault.authority import names_of

Script = Annotated[
    bool, typer.Option("--script", help="Print a whole program that sends one message.")
]


def attach(  # noqa: PLR0913 - each is a command-line option
    provider: Annotated[str, typer.Argument(help="Whose SDK the app uses.")],
    language: Annotated[Language, typer.Option(help="What the app is written in.")] = (
        Language.PYTHON
    ),
    way: Annotated[Way | None, typer.Option(help="How it comes to the gate.")] = None,
    sdk: Annotated[str | None, typer.Option(help="Which SDK, where there are several.")] = None,
    url: Annotated[
        str | None, typer.Option(help="The gate's address as apps reach it, if not as set.")
    ] = None,
    account: Annotated[str, typer.Option(help="The account to name.")] = "YOUR_ACCOUNT",
    sender: Annotated[str, typer.Option("--from", help="Who sends the first message.")] = SERVICE,
    to: Annotated[str, typer.Option(help="Who gets it.")] = FRIENDS["America/New_York"],
    script: Script = False,
    as_json: AsJson = False,
) -> None:
    """Print the lines that point a provider's SDK at the gate, for a language and a way.

    The ways: `path`, a base URL; `host`, the gate's own host names under TLS; `proxy`, for an SDK
    whose addresses are fixed: the gate stands in for the vendor's hosts.
    """
    settings = Settings()
    spoken = named(provider, providers_of(settings))
    wish = Wish(language, way, sdk)
    _, by = chosen(spoken, wish)
    authority = str(tls_files(settings).authority.resolve())
    place = Place(url or _address(settings, by), authority, account, sender, to)
    found = guide(spoken, wish, place)
    if as_json:
        show(asdict(found))
    elif script:
        typer.echo(found.script, nl=False)
    else:
        _print(found)


def _address(settings: Settings, way: Way) -> str:
    """Where this gate listens for that way; InputRejected says what to set where it does not."""
    if way is Way.PATH:
        return f"http://{settings.listen}"
    if way is Way.PROXY:
        if settings.proxy_listen is None:
            raise InputRejected("set GATEKEEPER_PROXY_LISTEN, or say the proxy's URL with --url")
        return f"http://{settings.proxy_listen}"
    if settings.tls_listen is None:
        raise InputRejected(
            "set GATEKEEPER_TLS_LISTEN, or say --url https://DOMAIN: its doors are one label below"
        )
    port = address(settings.tls_listen)[1]
    return f"https://{_domain(settings)}" + (f":{port}" if port != 443 else "")


def _domain(settings: Settings) -> str:
    """The domain that the certificate is for, by its wildcard."""
    shown = settings.tls_cert or tls_files(settings).certificate
    try:
        names = sorted(names_of(shown.read_bytes()))
    except (OSError, ValueError):
        names = []
    for name in names:
        if name.startswith("*."):
            return name.removeprefix("*.")
    raise InputRejected("the certificate names no domain: say --url https://DOMAIN")


def _print(found: Guide) -> None:
    say = Console(highlight=False, soft_wrap=True).print
    say(f"# {found.sdk} for {found.language}, by {found.way}\n", markup=False)
    for name, value in found.environment.items():
        say(f"export {name}={value}", markup=False)
    say(f"\n{found.code}", markup=False)
    say(f"\n# a first message:\n{found.sends}", markup=False)
    if found.way is Way.PROXY:
        hosts = " ".join(found.hosts)
        say(f"\nOr, where the app takes no proxy, lead these names to the TLS address: {hosts}")
    if found.warning:
        say(f"\n[bold]Beware:[/] {found.warning}")
