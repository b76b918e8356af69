"""Where do providers' webhooks come in? At `/v1/inbound/PROVIDER/APPLICATION`.

Status callbacks may come to `.../status` beside it. What a webhook is answered tells the provider
whether to tell it again: only what is recorded for good is acknowledged.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import structlog
from aiohttp import web

from gatekeeper.errors import (
    AmbiguousRequest,
    CredentialInvalid,
    DependencyUnavailable,
    InputRejected,
)
from gatekeeper.pipeline.inbound import Hook, Inbound
from gatekeeper.pipeline.rooms import Watches
from gatekeeper.providers.contract import Provider, RawRequest
from gatekeeper.proxy.answer import Answer
from gatekeeper.proxy.problem import problem, problem_of

log = structlog.get_logger(__name__)

PREFIX = "/v1/inbound/"
_PATH = re.compile(r"/v1/inbound/([a-z]+)/([A-Za-z0-9][A-Za-z0-9._-]{0,99})(/status)?")


class PublicUrl:
    """The base URL under which providers reach the gate: every signature is made with it."""

    def __init__(self, base: str | None) -> None:
        self.base = base

    def of(self, path: str) -> str:
        """The URL of a path as providers call it; InputRejected says what to set without one."""
        if self.base is None:
            raise InputRejected(
                "set GATEKEEPER_PUBLIC_URL to the base URL under which providers reach the gate "
                "(https://gate.example): they sign their webhooks with it"
            )
        return self.base.rstrip("/") + path


class Webhooks:
    """The handler of everything below the prefix."""

    def __init__(
        self,
        inbound: Inbound,
        providers: Sequence[Provider],
        public: PublicUrl,
        watch: Watches,
    ) -> None:
        self.inbound = inbound
        self._providers = {provider.name: provider for provider in providers}
        self.public = public
        self._watch = watch

    async def handle(self, raw: RawRequest) -> web.StreamResponse:
        """Answer one webhook; never raises."""
        try:
            hook = self._hook(raw)
            asked = hook.provider.greeting(raw)
            if asked is not None:
                return Answer(self.inbound.greet(hook, asked))
            return Answer(await self.inbound.take(hook))
        except Exception as error:  # noqa: BLE001 - the provider hears of it, and tells it again
            outcome, response = _refused(error)
            log.info("webhook_refused", outcome=outcome, error=type(error).__name__)
            self._watch.heard(outcome)
            return response

    def _hook(self, raw: RawRequest) -> Hook:
        named = _PATH.fullmatch(raw.path)
        provider = self._providers.get(named[1]) if named else None
        if named is None or provider is None:
            raise AmbiguousRequest("there is nothing at this path", status=404)
        url = self.public.of(raw.target)
        return Hook(provider, named[2], raw, url, status=named[3] is not None)


def _refused(error: Exception) -> tuple[str, web.Response]:
    """What the metrics count, and what the provider hears; never what was wrong with a secret."""
    match error:
        case AmbiguousRequest():
            return "malformed", problem_of(error)
        case CredentialInvalid():
            detail = "the webhook is not signed for this address, or not for this application"
            return "forged", problem(403, "credential.invalid", detail)
        case DependencyUnavailable():
            return "unavailable", problem_of(error)
        case InputRejected():
            return "failed", problem(503, "dependency.unavailable", str(error), retry_after=60)
        case _:
            return "failed", problem_of(error)
