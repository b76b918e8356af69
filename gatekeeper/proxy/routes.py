"""What is a native endpoint? A method, a path, models in and out, and who may call it."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from aiohttp import web
from pydantic import BaseModel

from gatekeeper.domain.registry import Caller
from gatekeeper.domain.standing import AdminKey
from gatekeeper.errors import CredentialInvalid, InputRejected
from gatekeeper.ledger.json_once import read_json
from gatekeeper.providers.contract import RawRequest

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Call:
    """One native request: who calls (None where nobody must), and what came in."""

    caller: Caller | None
    raw: RawRequest
    query: dict[str, str]
    path: Mapping[str, str] = field(default_factory=dict)
    """The values of the path's parameters, decoded."""
    admin_key: AdminKey | None = None

    @property
    def tenant(self) -> str:
        """The caller's tenant, from its key alone."""
        if self.caller is None:
            raise CredentialInvalid("this endpoint needs a key")
        return self.caller.tenant.id

    @property
    def admin(self) -> AdminKey:
        """The admin key that it came with."""
        if self.admin_key is None:
            raise CredentialInvalid("this endpoint needs an admin key")
        return self.admin_key


_PARAMETER = re.compile(r"\{([a-z]+)\}")

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
    """Names of its mandatory query parameters."""
    optional: tuple[str, ...] = ()
    """Names of those that may be left out."""
    admin: bool = False
    """Whether it takes an admin key, and no application's."""
    status: int = 200
    also: tuple[int, ...] = ()
    """Other statuses under which it gives the same model."""
    media: str = "application/json"
    accepts: tuple[str, ...] = ()
    """Content types of its body where that is not JSON."""
    longest: int | None = None
    """Bytes of a body that may be larger than the listener's bound."""

    @property
    def params(self) -> tuple[str, ...]:
        """Names of its path's parameters: each stands for one whole segment."""
        return tuple(_PARAMETER.findall(self.path))


def body_of(raw: RawRequest, model: type[Model]) -> Model:
    """The JSON body as its model; InputRejected names the place and repeats no value."""
    kind = (raw.header("Content-Type") or "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise InputRejected("the body must be application/json")
    return read_json(raw.body, model)


def json_response(model: BaseModel, status: int = 200) -> web.Response:
    """A model as JSON."""
    return web.Response(
        status=status,
        body=model.model_dump_json().encode(),
        content_type="application/json",
        headers={"Server": "gatekeeper"},
    )
