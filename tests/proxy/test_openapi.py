"""Is the document of the native endpoints valid, and does the running gate keep to it?"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator, validate

from gatekeeper.proxy.native import ROUTES
from gatekeeper.proxy.openapi import document
from gatekeeper.proxy.routes import Route
from tests.support.acme import ACCOUNT, ANA, NEWS, TEMPLATE
from tests.support.gate import Stand
from tests.support.wire import Answer, ask, request

pytestmark = pytest.mark.asyncio(loop_scope="module")

DOCUMENT = document(ROUTES)
BODIES: dict[str, dict[str, Any]] = {
    "check": {"channel": "sms", "from": NEWS, "to": ANA, "text": "Hello"},
    "record_consent": {"number": ANA, "event": "inquiry"},
    "export_person": {"number": ANA, "reason": "asked for it"},
    "erase_person": {"number": ANA, "reason": "asked for it", "basis": "gdpr-17"},
}
LISTS = {"check_bulk": f"to\n{ANA}\n".encode()}
"""Bodies that are not JSON."""
QUERIES = {
    "check_bulk": "?channel=sms&text=Hi&from=%2B12122000299",
    "consent": "?number=%2B12122000211",
    "consent_tier": "?number=%2B12122000211&channel=sms&technology=live",
}
REGISTERED: dict[str, dict[str, Any]] = {
    "tenant": {"id": "acme", "posture": "fcc"},
    "end_customer": {"id": "shoes", "tenant": "acme"},
    "brand": {"id": "red", "tenant": "acme"},
    "application": {"id": "shop", "account": ACCOUNT},
    "sender": {"id": NEWS, "tenant": "acme"},
    "campaign": {"id": "news", "tenant": "acme"},
    "content": {"tenant": "acme", "kind": "content_sid", "ref": TEMPLATE, "texts": ["Hello"]},
}
BODIES |= {f"put_{kind}": body for kind, body in REGISTERED.items()}
BODIES |= {
    "add_application": {"id": "acme-x", "tenant": "acme", "account": "AC1", "secret": "x"},
    "rotate_key": {"keep_old": True},
    "suspend": {"kind": "campaign", "key": "acme/news", "reason": "x"},
}
KEYS = {
    "show_tenant": "acme",
    "show_end_customer": "acme%2Fshoes",
    "show_brand": "acme%2Fred",
    "show_application": "shop",
    "show_sender": quote(f"acme/{NEWS}", safe=""),
    "show_campaign": "acme%2Fnews",
    "show_content": f"acme%2Fcontent_sid%2F{TEMPLATE}",
    "resume": "acme%2Fnews",
}
"""What stands in a path for its parameters, by the route's name."""
OPEN = {"id": "acme-x", "kind": "campaign"}


def operation(route: Route) -> dict[str, Any]:
    found: dict[str, Any] = DOCUMENT["paths"][route.path][route.method.lower()]
    return found


async def called(
    acme: Stand, route: Route, *, key: bool = True, query: str | None = None
) -> Answer:
    token = await admin_key(acme) if route.admin else acme.key
    headers = {"Authorization": f"Bearer {token}"} if key else {}
    body = b""
    if route.takes is not None:
        headers["Content-Type"] = "application/json"
        body = json.dumps(BODIES[route.name]).encode()
    elif route.accepts:
        headers["Content-Type"], body = route.accepts[0], LISTS[route.name]
    path = route.path.format(**{"key": KEYS.get(route.name)}, **OPEN)
    target = path + (QUERIES.get(route.name, "") if query is None else query)
    answer = await ask(acme.gate.port, request(route.method, target, headers, body))
    assert answer is not None
    return answer


async def admin_key(acme: Stand) -> str:
    """A key of the installation, made for one call."""
    ground, configuration = acme.gate.ground, acme.gate.configuration
    name = f"k{len(configuration.registry().admin_keys)}"
    made = await ground.registrar.add_admin_key(name, None, configuration.registry(), by="user:t")
    await configuration.load()
    return made


def fits(answer: Answer, told: dict[str, Any]) -> None:
    """The answer has the type and the shape that the document tells for its status."""
    (kind, media), *_ = told["content"].items()
    assert answer.headers["Content-Type"].partition(";")[0] == kind
    if schema := media.get("schema"):
        whole = {**schema, "components": DOCUMENT["components"]}
        OAS31Validator(whole).validate(answer.body)


async def test_the_document_is_openapi_3_1() -> None:
    assert DOCUMENT["openapi"].startswith("3.1.")
    validate(DOCUMENT, cls=OpenAPIV31SpecValidator)


async def test_every_route_and_no_other_is_described() -> None:
    described = {(m.upper(), path) for path, item in DOCUMENT["paths"].items() for m in item}
    assert described == {(route.method, route.path) for route in ROUTES}


async def test_every_model_is_described_field_by_field() -> None:
    schemas = DOCUMENT["components"]["schemas"]
    for route in ROUTES:
        for model in filter(None, (route.takes, route.gives)):
            properties = schemas[model.__name__]["properties"]
            names = {field.alias or name for name, field in model.model_fields.items()}
            assert set(properties) == names


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
async def test_an_endpoint_answers_as_described(acme: Stand, route: Route) -> None:
    answer = await called(acme, route)
    assert answer.status == route.status
    fits(answer, operation(route)["responses"][str(route.status)])


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
async def test_a_key_is_asked_for_where_the_document_says_so(acme: Stand, route: Route) -> None:
    answer = await called(acme, route, key=False)
    assert ("security" in operation(route)) is route.authenticated is (answer.status == 401)
    if route.authenticated:
        fits(answer, operation(route)["responses"]["default"])


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
async def test_a_parameter_that_is_not_described_is_refused(acme: Stand, route: Route) -> None:
    answer = await called(acme, route, query="?surprise=1")
    assert answer.status == 422
    fits(answer, operation(route)["responses"]["default"])


async def test_the_gate_serves_this_document(acme: Stand) -> None:
    (route,) = (route for route in ROUTES if route.name == "openapi")
    assert (await called(acme, route)).body == json.loads(json.dumps(DOCUMENT))
