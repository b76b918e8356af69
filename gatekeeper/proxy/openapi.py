"""Which document describes the native endpoints? OpenAPI 3.1, made from the routes' models."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from gatekeeper import __version__
from gatekeeper.proxy.routes import Route

_REF = "#/components/schemas/{model}"

_WORDS = re.compile(r"[/{}]+")

_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "description": "Place of the reason code in the help page."},
        "title": {"type": "string", "description": "The reason code."},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
}


def document(routes: Sequence[Route]) -> dict[str, Any]:
    """The whole OpenAPI document as plain values."""
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Gatekeeper",
            "version": __version__,
            "summary": "Native endpoints of the compliance gateway.",
        },
        "paths": paths,
        "components": {
            "schemas": {**_schemas(routes), "Problem": _PROBLEM},
            "securitySchemes": {
                "key": {"type": "http", "scheme": "bearer"},
                "admin_key": {"type": "http", "scheme": "bearer"},
            },
        },
    }


def _schemas(routes: Sequence[Route]) -> dict[str, Any]:
    models: dict[type[BaseModel], None] = {}
    for route in routes:
        models.update(dict.fromkeys(m for m in (route.takes, route.gives) if m is not None))
    _, schema = models_json_schema([(m, "validation") for m in models], ref_template=_REF)
    found: dict[str, Any] = schema.get("$defs", {})
    return found


def _operation(route: Route) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "summary": route.summary,
        "operationId": f"{route.method.lower()}{_WORDS.sub('_', route.path).rstrip('_')}",
        "responses": _responses(route),
    }
    if route.authenticated:
        operation["security"] = [{"admin_key" if route.admin else "key": []}]
    if parameters := _parameters(route):
        operation["parameters"] = parameters
    if route.takes is not None:
        operation["requestBody"] = {"required": True, "content": _json(route.takes)}
    if route.accepts:
        text = {"schema": {"type": "string"}}
        content = dict.fromkeys(route.accepts, text)
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _parameters(route: Route) -> list[dict[str, Any]]:
    """A path's parameter is percent-encoded whole, its slashes too."""
    places = [(name, "path", True) for name in route.params]
    places += [(name, "query", True) for name in route.query]
    places += [(name, "query", False) for name in route.optional]
    return [
        {"name": name, "in": place, "required": required, "schema": {"type": "string"}}
        for name, place, required in places
    ]


def _responses(route: Route) -> dict[str, Any]:
    content = {route.media: {}} if route.gives is None else _json(route.gives)
    given = {str(route.status): {"description": "Done.", "content": content}}
    given |= {str(s): {"description": "Not now.", "content": content} for s in route.also}
    problem = {
        "description": "What is wrong (RFC 9457).",
        "content": {"application/problem+json": {"schema": {"$ref": _REF.format(model="Problem")}}},
    }
    return {**given, "default": problem}


def _json(model: type[BaseModel]) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": _REF.format(model=model.__name__)}}}
