"""For which provider is a request, and for which of its services?

An app says so in one of three ways: by the first segment of the path (`/telnyx/v2/messages`,
`/vonage-rest/sms/json`), by the first label of the host (`vonage-rest.gate.example`), or, where
its name servers or proxy lead the vendor's own host to the gate, by that host. A host that names
a door is asked before the path: what stands behind it is the vendor's own path, even if that
begins with another vendor's name (as Infobip's `/whatsapp/1/message/text` does).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from gatekeeper.providers.contract import Provider, RawRequest, Refusal, Reply, door_name


class Door(NamedTuple):
    """Where a request comes in: for which provider and service, and its target as that reads it."""

    provider: Provider
    service: str
    target: str

    def opened(self, raw: RawRequest) -> RawRequest:
        """The request as the provider reads it."""
        return RawRequest(raw.method, self.target, raw.headers, raw.body, self.service)

    def refuse(self, refusal: Refusal) -> Reply:
        """The refusal of what came in here before anybody knew what it asks for."""
        return self.provider.refuse(replace(refusal, service=self.service))


class Front:
    """The doors of all providers."""

    def __init__(self, providers: Sequence[Provider]) -> None:
        self._named: dict[str, tuple[Provider, str]] = {}
        self._hosts: dict[str, tuple[Provider, str]] = {}
        for provider in providers:
            for service in provider.services:
                self._named[door_name(provider, service.name)] = provider, service.name
                for host in service.hosts:
                    self._hosts[host] = provider, service.name

    @property
    def hosts(self) -> tuple[str, ...]:
        """Every vendor's host that is known: what an interception leads here."""
        return tuple(self._hosts)

    def door(self, target: str, host: str) -> Door | None:
        """The door of a request; None if neither its path nor its `Host` names one."""
        name = bare(host)
        found = self._hosts.get(name) or self._named.get(name.partition(".")[0])
        if found is not None:
            return Door(*found, target)
        first, slash, rest = target[1:].partition("/")
        found = self._named.get(first) if slash else None
        return Door(*found, f"/{rest}") if found else None


def bare(host: str) -> str:
    """A host name in lower case, without its port and closing dot."""
    name, colon, port = host.strip().lower().rpartition(":")
    return (name if colon and port.isdigit() else host.strip().lower()).rstrip(".")
