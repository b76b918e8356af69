"""What does a provider hear for each way in which a webhook can be wrong?"""

from __future__ import annotations

import json
from typing import Any

import pytest
from aiohttp import web

from gatekeeper.errors import (
    AmbiguousRequest,
    CredentialInvalid,
    DependencyUnavailable,
    InputRejected,
)
from gatekeeper.pipeline.inbound import Hook
from gatekeeper.providers import PROVIDERS
from gatekeeper.providers.contract import RawRequest, Reply
from gatekeeper.proxy.inbound import PublicUrl, Webhooks
from gatekeeper.proxy.metrics import Metrics

PATH = "/v1/inbound/twilio/shop"


class Taker:
    """In place of the inbound pipeline: remembers what it was given, and does as it is told."""

    def __init__(self, outcome: Exception | None = None) -> None:
        self.outcome = outcome
        self.hooks: list[Hook] = []

    async def take(self, hook: Hook) -> Reply:
        self.hooks.append(hook)
        if self.outcome is not None:
            raise self.outcome
        return Reply(200, (("Content-Type", "text/xml"),), b"<Response/>")


async def answer(
    path: str, outcome: Exception | None = None, public: str | None = "https://gate.example/"
) -> tuple[Any, Taker, str]:
    taker, metrics = Taker(outcome), Metrics()
    hooks = Webhooks(taker, PROVIDERS, PublicUrl(public), metrics)  # type: ignore[arg-type]
    response = await hooks.handle(RawRequest("POST", path, (), b""))
    return response, taker, metrics.render().decode()


async def test_the_url_is_the_public_one_with_the_query_as_it_came() -> None:
    _, taker, _ = await answer(PATH + "?a=b%20c")
    (hook,) = taker.hooks
    assert (hook.application, hook.status) == ("shop", False)
    assert hook.url == "https://gate.example/v1/inbound/twilio/shop?a=b%20c"
    _, taker, _ = await answer(PATH + "/status")
    assert (taker.hooks[0].application, taker.hooks[0].status) == ("shop", True)


@pytest.mark.parametrize(
    "path",
    ["/v1/inbound/", "/v1/inbound/nobody/shop", PATH + "/other", PATH + "%20", PATH + "/status/"],
)
async def test_other_paths_lead_nowhere(path: str) -> None:
    response, taker, told = await answer(path)
    assert (response.status, taker.hooks) == (404, [])
    assert 'outcome="malformed"} 1.0' in told


@pytest.mark.parametrize(
    ("error", "status", "outcome"),
    [
        (AmbiguousRequest("unclear"), 400, "malformed"),
        (AmbiguousRequest("by POST", status=405), 405, "malformed"),
        (CredentialInvalid("forged"), 403, "forged"),
        (DependencyUnavailable("store", "away"), 503, "unavailable"),
        (ValueError("a secret"), 500, "failed"),
    ],
)
async def test_each_failure_has_its_answer_and_its_count(
    error: Exception, status: int, outcome: str
) -> None:
    response, _, told = await answer(PATH, error)
    assert response.status == status
    assert f'gatekeeper_webhooks_total{{outcome="{outcome}"}} 1.0' in told
    assert isinstance(response, web.Response)
    assert b"secret" not in (response.body or b"")  # type: ignore[operator]


async def test_without_a_public_url_the_answer_says_what_to_set() -> None:
    response, taker, _ = await answer(PATH, public=None)
    assert (response.status, taker.hooks) == (503, [])
    assert "GATEKEEPER_PUBLIC_URL" in json.loads(response.body)["detail"]
    with pytest.raises(InputRejected, match="GATEKEEPER_PUBLIC_URL"):
        PublicUrl(None).of(PATH)
