"""What if a provider takes no secret but only a token that it has given for one?

The app logs in at the gate and gets its own key back as the token, which identifies it from then
on. The real token is asked for by the gate, kept in memory, and asked for anew before it expires
or once the provider no longer takes it.
"""

from __future__ import annotations

import asyncio

from gatekeeper.domain.registry import Application, CredentialMode
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.pipeline.flight import Flight
from gatekeeper.pipeline.tokens import Holder
from gatekeeper.pipeline.upstream import Outcome
from gatekeeper.providers.contract import Credential, RawRequest, Reply, Token, door_name

REFUSED = 401


def grant(flight: Flight, credential: Credential | None) -> Reply:
    """The answer to a log-in: the app's own key as its token."""
    login, caller = flight.provider.login, flight.caller
    if login is None or caller is None or credential is None:
        raise AmbiguousRequest("This provider has no log-in.", status=404)
    if caller.application.mode is CredentialMode.PASS_THROUGH:
        raise AmbiguousRequest(
            "A log-in needs an application in vault mode: its key stands for the token.", status=403
        )
    return login.grant(flight.raw, credential)


async def presented(
    flight: Flight, application: Application, credential: Credential
) -> Credential | None:
    """What the provider is shown: the secret, or the token that it gives for it; None without."""
    login = flight.provider.login
    request = login.token_request(credential) if login is not None else None
    if request is None:
        return credential
    holder = Holder(application.id, credential.account, application.secret or "")
    token = await flight.rooms.tokens.get(
        holder, lambda: _asked(flight, request), flight.deadline_s
    )
    flight.token = token
    return Credential(credential.account, token) if token else None


def token_refused(flight: Flight, outcome: Outcome) -> bool:
    """Whether the provider no longer took its token: it has done nothing then."""
    told = isinstance(outcome, Reply) and outcome.status == REFUSED
    return told and flight.token is not None


def forget_token(flight: Flight) -> None:
    """The next request asks for a new one."""
    if flight.caller is not None and flight.token is not None:
        flight.rooms.tokens.forget(flight.caller.application.id, flight.token)


async def _asked(flight: Flight, request: RawRequest) -> Token | None:
    """A token; where no upstream is set for log-ins, that of the message itself is asked."""
    login, upstreams = flight.provider.login, flight.rooms.upstreams
    services = (request.service, flight.raw.service)
    named = (upstreams.get(door_name(flight.provider, service)) for service in services)
    upstream = next(filter(None, named), None)
    if login is None or upstream is None:
        return None
    deadline = asyncio.get_running_loop().time() + flight.deadline_s
    reply = await upstream.send(request, deadline)
    return login.read_token(reply) if isinstance(reply, Reply) and reply.status < 300 else None
