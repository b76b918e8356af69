"""Which lines point an SDK at this gate: the provider's own, with this gate's addresses in them?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from gatekeeper.errors import InputRejected
from gatekeeper.policy.faults import suggest
from gatekeeper.providers.attach import Language, Lines, Way, filled
from gatekeeper.providers.contract import Provider, door_name

KEY = {
    Language.PYTHON: 'os.environ["GATE_KEY"]',
    Language.NODE: "process.env.GATE_KEY",
}
TRUST = {
    Language.PYTHON: ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"),
    Language.NODE: ("NODE_EXTRA_CA_CERTS",),
}
"""By which variables an app is told whom to trust."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a developer asks for."""

    language: Language = Language.PYTHON
    way: Way | None = None
    sdk: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where the gate is, and what a first message is sent with."""

    url: str
    """Of the gate: its base URL, that of its domain, or that of its proxy, as the way asks."""
    authority: str
    """The file of the authority that its certificates are signed by."""
    account: str
    sender: str
    to: str


@dataclass(frozen=True, slots=True)
class Guide:
    """What an app's developer is given."""

    provider: str
    language: Language
    way: Way
    sdk: str
    environment: Mapping[str, str]
    code: str
    sends: str
    hosts: tuple[str, ...]
    """The vendor's, which an interception leads to the gate."""
    warning: str

    @property
    def script(self) -> str:
        """A whole program that sends one message."""
        shown = ".then(console.log);" if self.language is Language.NODE else ""
        return f"{self.code}\n{self.sends}{shown}\n"


def named(name: str, providers: Sequence[Provider]) -> Provider:
    """The provider of that name; InputRejected says which there are."""
    known = {provider.name: provider for provider in providers}
    if name not in known:
        raise InputRejected(
            f"there is no such provider{suggest(name, known)}; the gate speaks: "
            + ", ".join(sorted(known))
        )
    return known[name]


def chosen(provider: Provider, wish: Wish) -> tuple[Lines, Way]:
    """The lines for a language and way, the easiest if none is said."""
    attach, language, sdk = provider.attach, wish.language, wish.sdk
    if not attach.lines:
        raise InputRejected(
            f"no SDK of {provider.name} is known: point its client at the gate's /{provider.name}"
        )
    ways = [each for each in Way if attach.of(language, each, sdk)]
    if not ways:
        known = ", ".join(sorted({f"{each.sdk} ({each.language})" for each in attach.lines}))
        raise InputRejected(
            f"no such SDK of {provider.name} is known for {language}; known are: {known}"
        )
    lines = attach.of(language, wish.way or ways[0], sdk)
    if lines is None:
        can = " or ".join(ways)
        raise InputRejected(
            f"{provider.name}'s SDK for {language} is attached by {can}, not {wish.way}"
        )
    return lines, wish.way or ways[0]


def guide(provider: Provider, wish: Wish, place: Place) -> Guide:
    """The lines for an SDK of this provider at this gate."""
    lines, by = chosen(provider, wish)
    marks = dict(_marks(provider, by, place))
    marks |= {"key": KEY[lines.language], "account": place.account, "ca": place.authority}
    marks |= {"from": place.sender, "to": place.to, "proxy": place.url}
    marks |= {f"{name}:digits": marks[name].removeprefix("+") for name in ("from", "to")}
    asks = lines.language is Language.PYTHON and "<key>" in lines.code + lines.sends
    return Guide(
        provider=provider.name,
        language=lines.language,
        way=by,
        sdk=lines.sdk,
        environment=_environment(lines.language, by, place),
        code=("import os\n\n" if asks else "") + filled(lines.code, marks),
        sends=filled(lines.sends, marks),
        hosts=tuple(host for service in provider.services for host in service.hosts),
        warning=lines.warning,
    )


def _marks(provider: Provider, way: Way, place: Place) -> Iterator[tuple[str, str]]:
    parts = urlsplit(place.url)
    if not parts.scheme or not parts.netloc:
        raise InputRejected("the gate's address is a URL such as http://127.0.0.1:8080")
    for service in provider.services:
        door = door_name(provider, service.name)
        if way is Way.HOST:
            host = f"{door}.{parts.netloc}"
            yield door, f"{parts.scheme}://{host}"
            yield f"{door}:host", host
        else:
            yield door, f"{place.url.rstrip('/')}/{door}"


def _environment(language: Language, way: Way, place: Place) -> dict[str, str]:
    asked = {"GATE_KEY": "gk_..."}
    if way is not Way.PATH:
        asked |= dict.fromkeys(TRUST[language], place.authority)
    if way is Way.PROXY:
        asked["HTTPS_PROXY"] = place.url
    return asked
