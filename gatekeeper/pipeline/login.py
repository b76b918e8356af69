"""What if a provider takes no secret but only a token that it has given for one?

The app logs in at the gate and gets its own key back as the token, which identifies it from then
on. The real token is asked for by the gate, kept in memory, and asked for anew before it expires.
"""

from __future__ import annotations

import asyncio

from gatekeeper.domain.registry import Application, CredentialMode
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.pipeline.flight import Flight
from gatekeeper.providers.contract import Credential, Reply, Token, door_name


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


async def token_for(
    flight: Flight, application: Application, credential: Credential
) -> Credential | None:
    """The credential with the provider's token in place of the secret; None if it gave none."""
    tokens = flight.rooms.tokens
    async with tokens.lock(application.id):
        now = asyncio.get_running_loop().time()
        token = tokens.live(application.id, application.secret, now)
        if token is None:
            given = await _asked(flight, credential)
            if given is None:
                return None
            token = tokens.keep(application.id, application.secret, given, now)
    return Credential(credential.account, token)


async def _asked(flight: Flight, credential: Credential) -> Token | None:
    login = flight.provider.login
    if login is None:
        return None
    request = login.token_request(credential)
    upstream = flight.rooms.upstreams.get(door_name(flight.provider, request.service))
    if upstream is None:
        return None
    deadline = asyncio.get_running_loop().time() + flight.deadline_s
    reply = await upstream.send(request, deadline)
    return login.read_token(reply) if isinstance(reply, Reply) and reply.status < 300 else None
