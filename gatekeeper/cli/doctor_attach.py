"""Is each provider open, which ways lead apps to the gate, and does its certificate hold?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from gatekeeper.cli.diagnosis import Diagnosis
from gatekeeper.errors import InputRejected
from gatekeeper.providers.attach import Way
from gatekeeper.providers.contract import Provider, door_name
from gatekeeper.proxy.certificates import server_tls, tls_files
from gatekeeper.proxy.front import Front
from gatekeeper.proxy.speaks import providers_of
from gatekeeper.proxy.upstreams import chosen_upstreams
from gatekeeper.settings import Settings
from gatekeeper.vault.authority import ends, names_of

SOON = timedelta(days=30)
CLOSED = "closed"


def providers(settings: Settings) -> Iterator[Diagnosis]:
    """Where each provider's requests go, and by which ways they come."""
    spoken = providers_of(settings)
    try:
        chosen = chosen_upstreams(settings, spoken)
    except InputRejected as error:
        yield Diagnosis("upstreams", "bad", str(error), "mend GATEKEEPER_UPSTREAMS")
        return
    ways = ", ".join(open_ways(settings))
    for provider in spoken:
        found = f"{_upstream(provider, chosen)}; attached by {ways}"
        yield Diagnosis(f"provider {provider.name}", "ok", found)


def open_ways(settings: Settings) -> tuple[Way, ...]:
    """The ways that lead to this gate as it is set."""
    doors = {Way.PATH: True, Way.HOST: settings.tls_listen, Way.PROXY: settings.proxy_listen}
    return tuple(way for way, there in doors.items() if there)


def certificate(settings: Settings) -> Iterator[Diagnosis]:
    """Whether what is shown under TLS can be used, lasts, and is for every host it should be."""
    if settings.tls_listen is None and settings.proxy_listen is None:
        return
    own = tls_files(settings).certificate
    shown = settings.tls_cert or own
    try:
        server_tls(settings)
        content = shown.read_bytes()
    except (InputRejected, OSError) as error:
        yield Diagnosis("certificate", "bad", str(error), "the gate does not start with it")
        return
    lacking = set(Front(providers_of(settings)).hosts) - names_of(content)
    advice = "run `gatekeeper tls init DOMAIN` again and restart the gate"
    until = ends(content)
    found, state = f"{shown}, until {until:%Y-%m-%d}", "ok"
    if until - datetime.now(UTC) < SOON:
        state = "bad" if until < datetime.now(UTC) else "warn"
    elif shown == own and lacking:
        found, state = f"{found}, not for {', '.join(sorted(lacking)[:3])}", "warn"
    yield Diagnosis("certificate", state, found, "" if state == "ok" else advice)


def _upstream(provider: Provider, chosen: dict[str, str]) -> str:
    """One word or URL for all of a provider's services, or each by its door."""
    to = {}
    for service in provider.services:
        door = door_name(provider, service.name)
        url = chosen.get(door, CLOSED)
        to[door] = "live" if url == f"https://{service.hosts[0]}" else url
    if len(set(to.values())) == 1:
        return next(iter(to.values()))
    return ", ".join(f"{door}: {where}" for door, where in to.items() if where != CLOSED)
