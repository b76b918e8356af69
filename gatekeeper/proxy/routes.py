"""What is a native endpoint? A method, a path, models in and out, and who may call it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from aiohttp import web
from pydantic import BaseModel, ValidationError

from gatekeeper.errors import CredentialInvalid, InputRejected
from gatekeeper.pipeline.identify import Caller
from gatekeeper.providers.contract import RawRequest

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Call:
    """One native request: who calls (None where nobody must), and what came in."""

    caller: Caller | None
    raw: RawRequest
    query: dict[str, str]

    @property
    def tenant(self) -> str:
        """The caller's tenant, from its key alone."""
        if self.caller is None:
            raise CredentialInvalid("this endpoint needs a key")
        return self.caller.tenant.id


Handler = Callable[[Call], Awaitable[web.Response]]


@dataclass(frozen=True, slots=True)
class Route:
    """One native endpoint; the OpenAPI document is made from these."""

    name: str
    """Names its handler."""
    method: str
    path: str
    summary: str
    authenticated: bool = True
    takes: type[BaseModel] | None = None
    gives: type[BaseModel] | None = None
    query: tuple[str, ...] = ()
    """Names of its query parameters, all mandatory."""
    status: int = 200


def body_of(raw: RawRequest, model: type[Model]) -> Model:
    """The JSON body as its model; InputRejected names the place and repeats no value."""
    kind = (raw.header("Content-Type") or "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise InputRejected("the body must be application/json")
    try:
        return model.model_validate_json(raw.body)
    except ValidationError as error:
        raise InputRejected(faults(error)) from None


def faults(error: ValidationError) -> str:
    """Each fault as `place: what`, without the values given."""
    found = error.errors(include_input=False, include_url=False, include_context=False)
    return "; ".join(
        f"{'.'.join(map(str, fault['loc'])) or 'body'}: {fault['msg']}" for fault in found[:10]
    )


def json_response(model: BaseModel, status: int = 200) -> web.Response:
    """A model as JSON."""
    return web.Response(
        status=status,
        body=model.model_dump_json().encode(),
        content_type="application/json",
        headers={"Server": "gatekeeper"},
    )
