"""What happens to a request that may go: the provider gets it once, and its answer is classed."""

from __future__ import annotations

import asyncio
from base64 import b64decode

from msgspec import Struct

from gatekeeper.domain.registry import Application, CredentialMode
from gatekeeper.ledger.registrar import secret_scope
from gatekeeper.pipeline.answers import Seals
from gatekeeper.pipeline.flight import Flight
from gatekeeper.pipeline.login import forget_token, presented, token_refused
from gatekeeper.pipeline.upstream import NotSent, Outcome, Unknown
from gatekeeper.providers.contract import Credential, RawRequest, Reply, door_name
from gatekeeper.store.contract import End


class Forwarded(Struct, frozen=True, gc=False):
    """What came of a forwarded request; `reply` is None if the provider gave none."""

    end: End
    reply: Reply | None
    why: str = ""


async def forward(flight: Flight) -> Forwarded:
    """Send the original bytes, but for what is masked, under the real credential, exactly once."""
    outcome = await deliver(flight)
    if isinstance(outcome, Reply) and token_refused(flight, outcome):
        return Forwarded(End.RETRYABLE, outcome)  # the app may send anew, under a new token
    return classify(outcome)


async def deliver(flight: Flight) -> Outcome:
    """Hand the request to the provider and tell what came back, unclassed."""
    return await _handed(flight, flight.outgoing, flight.deadline_s, leaves=True)


async def ask(flight: Flight, question: RawRequest, within_s: float) -> Outcome:
    """A read of the gate's own, of the same provider and under the same credential."""
    return await _handed(flight, question, within_s, leaves=False)


async def _handed(flight: Flight, raw: RawRequest, within_s: float, *, leaves: bool) -> Outcome:
    if flight.caller is None:
        raise ValueError("only an identified request goes upstream")
    rooms, provider = flight.rooms, flight.provider
    name = door_name(provider, flight.operation.service or flight.raw.service)
    upstream = rooms.upstreams.get(name)
    if upstream is None:
        return NotSent(f"no upstream is set for {name}")
    deadline = asyncio.get_running_loop().time() + within_s
    request = await with_secret(flight, flight.caller.application, raw)
    if request is None:
        return NotSent("the provider gave no token")
    if leaves:
        flight.may_have_left = True
    outcome = await upstream.send(request, deadline)
    if token_refused(flight, outcome):
        forget_token(flight)
    return outcome


async def with_secret(
    flight: Flight, application: Application, raw: RawRequest
) -> RawRequest | None:
    """The request as the provider gets it: in vault mode with the real secret swapped in.

    None if that takes a token, and the provider gave none.
    """
    if application.mode is CredentialMode.PASS_THROUGH or application.secret is None:
        return raw
    secrets = flight.snapshot.secrets
    if application.id not in secrets:
        secrets[application.id] = unsealed(flight.rooms.keys, application)
    account = application.upstream_account or application.account
    own = Credential(account, secrets[application.id])
    shown = await presented(flight, application, own)
    return flight.provider.swap(raw, shown) if shown else None


def unsealed(seals: Seals, application: Application) -> str:
    """The provider's secret of an application in vault mode."""
    sealed = b64decode(application.secret or "")
    return seals.unseal(sealed, secret_scope(application.id)).decode()


def classify(outcome: Outcome) -> Forwarded:
    """Which end an outcome means: only a whole answer below 500 says what became of a message.

    A 429 is the provider's documented word that it was not processed; any 5xx may have been.
    """
    if isinstance(outcome, NotSent):
        return Forwarded(End.RETRYABLE, None, outcome.why)
    if isinstance(outcome, Unknown):
        return Forwarded(End.UNKNOWN, None, outcome.why)
    if outcome.status >= 500:
        return Forwarded(End.UNKNOWN, None, f"the provider answered {outcome.status}")
    if outcome.status == 429:
        return Forwarded(End.RETRYABLE, outcome)
    return Forwarded(End.SENT if outcome.status < 400 else End.REFUSED, outcome)
