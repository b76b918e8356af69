"""Is every provider's request read, and every refusal worded, as its cases say?

A file `cases/<provider>.yaml` has two lists.

`requests`: what an app sends, and how it is read.
    - name: a plain text
      request: {path: /v2/messages, json: {to: "+12122000211", ...}}
        # method (POST), path, service, headers (a mapping, beside Content-Type and the credential),
        # and one of json | form (a list of pairs or a mapping) | text | hex
      operation: message        # and any of handling (decide), channel, account: `Operation`
      reads:                    # one for each message: the first, then those of `also`
        - {channel: sms, from: "+13122000201", to: ["+12122000211"], parts: {text: "hi"}}
          # any of: kinds, roles, media, opaque [[kind, ref]], claims [[name, value]], key, record,
          # technology, extras, send_at
    - name: a doubled recipient
      request: ...
      refused: "field to"       # words of the message; the request is never read
      status: 400

`refusals`: how a decision is answered.
    - {reason: consent.revoked, channel: sms, status: 400, body: {...}, headers: {...}}
      # body: a mapping that is compared as a whole, `...` stands for any value

In every request `CANARY` stands in the credential and, where a case has one, in a text: no error
message and no refusal may repeat it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import yaml

from gatekeeper.domain.message import OutboundRequest
from gatekeeper.domain.reason import Reason
from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Channel
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Handling, RawRequest, Refusal
from tests.support.front import provider_of

FOLDER = Path(__file__).parent / "cases"
CANARY = "Quizzaciously"

Case = dict[str, Any]


def cases(kind: str) -> list[Any]:
    """The cases of one kind, each with its provider."""
    found = []
    for file in sorted(FOLDER.glob("*.yaml")):
        for case in yaml.safe_load(file.read_text(encoding="utf-8")).get(kind, ()):
            named = case.get("name") or f"{case['reason']} {case.get('channel', 'sms')}"
            found.append(pytest.param(file.stem, case, id=f"{file.stem}: {named}"))
    return found


def raw_of(asked: Case) -> RawRequest:
    """The request that a case describes."""
    kind, body = "application/json", b""
    if "json" in asked:
        body = json.dumps(asked["json"]).encode()
    elif "form" in asked:
        kind = "application/x-www-form-urlencoded"
        body = urlencode(_pairs(asked["form"]), doseq=True).encode()
    elif "text" in asked:
        body = asked["text"].encode()
    elif "hex" in asked:
        body = bytes.fromhex(asked["hex"])
    headers = {"Content-Type": kind, **asked.get("headers", {})}
    pairs = tuple((name, value) for name, value in headers.items() if value is not None)
    method = asked.get("method", "POST")
    return RawRequest(method, asked["path"], pairs, body, asked.get("service", ""))


def _pairs(form: Any) -> Any:
    """A form as pairs or a mapping: YAML has lists where pairs are wanted."""
    return [tuple(pair) for pair in form] if isinstance(form, list) else form


def as_told(request: OutboundRequest, wanted: Case) -> Case:
    """What was read, in the words of a case, as far as the case asks."""
    everything = {
        "channel": request.channel,
        "from": request.sender.value,
        "to": [each.value for each in request.recipients],
        "kinds": [each.kind for each in (request.sender, *request.recipients)],
        "parts": {part.path: part.text for part in request.parts},
        "roles": {part.path: part.role for part in request.parts},
        "media": list(request.media),
        "opaque": [[each.kind, each.ref] for each in request.opaque],
        "claims": [[each.name, each.value] for each in request.claims],
        "key": request.natural_key,
        "record": request.record,
        "technology": request.technology,
        "extras": request.extras,
        "send_at": request.send_at.isoformat() if request.send_at else None,
    }
    return {name: everything[name] for name in wanted}


@pytest.mark.parametrize(("name", "case"), cases("requests"))
def test_a_request_is_read_or_refused_as_its_case_says(name: str, case: Case) -> None:
    provider, raw = provider_of(name), raw_of(case["request"])
    operation = provider.match(raw)
    assert operation is not None, "no operation"
    if "operation" in case:
        assert operation.name == case["operation"]
    handling = case.get("handling", "decide" if "reads" in case else None)
    if handling is not None:
        assert operation.handling is Handling(handling), operation.detail
    if "refused" not in case:
        if "reads" in case:
            request = provider.parse(raw, operation)
            every = (request, *request.also)
            assert len(every) == len(case["reads"])
            told = [as_told(*pair) for pair in zip(every, case["reads"], strict=True)]
            assert told == case["reads"]
        return
    if operation.handling is Handling.REFUSE:
        message, status = operation.detail, operation.status or 400
    else:
        with pytest.raises(AmbiguousRequest) as caught:
            provider.parse(raw, operation)
        message, status = str(caught.value), caught.value.status
    assert case["refused"] in message
    assert status == case.get("status", 400)
    assert CANARY not in message


@pytest.mark.parametrize(("name", "case"), cases("refusals"))
def test_a_refusal_is_worded_as_its_case_says(name: str, case: Case) -> None:
    refusal = Refusal(
        Reason(case["reason"]),
        Verdict.BLOCK,
        case.get("message", "Blocked: for a reason."),
        Channel(case.get("channel", "sms")),
        retry_after=case.get("retry_after"),
        status=case.get("fixed"),
        decision="d" * 32,
    )
    reply = provider_of(name).refuse(refusal)
    assert reply.status == case["status"]
    body = json.loads(reply.body)
    assert _like(body, case["body"]), body
    headers = {key.lower(): value for key, value in reply.headers}
    for key, value in case.get("headers", {}).items():
        assert headers.get(key.lower()) == value


def _like(given: Any, wanted: Any) -> bool:
    if wanted == "...":
        return True
    if isinstance(wanted, dict) and isinstance(given, dict):
        same = given.keys() == wanted.keys()
        return same and all(_like(given[name], wanted[name]) for name in wanted)
    if isinstance(wanted, list) and isinstance(given, list):
        return len(given) == len(wanted) and all(map(_like, given, wanted))
    return bool(given == wanted)


@pytest.mark.parametrize("name", [file.stem for file in sorted(FOLDER.glob("*.yaml"))])
def test_a_file_of_cases_has_requests_refusals_and_a_canary(name: str) -> None:
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    told = yaml.safe_load(text)
    assert told["requests"]
    assert told["refusals"]
    assert CANARY in text
