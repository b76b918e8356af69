"""Does a mapped provider read its own cases as the file says?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import urlencode

from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import Handling, RawRequest
from gatekeeper.providers.form_body import FORM_TYPE
from gatekeeper.providers.mapped.file_shape import CaseShape, OperationShape
from gatekeeper.providers.mapped.provider import Mapped


def faults_of(provider: Mapped, case: CaseShape, operation: OperationShape) -> Iterator[str]:
    """What is not as the case says."""
    raw = _raw(case, operation)
    matched = provider.match(raw)
    if matched is None or matched.name != operation.name:
        yield f"{case.path} is not at the path of {operation.name}"
        return
    try:
        if matched.handling is not Handling.DECIDE:
            raise AmbiguousRequest(matched.detail)
        request = provider.parse(raw, matched)
    except AmbiguousRequest as unclear:
        if case.refused is None or case.refused not in str(unclear):
            yield f"it is refused: {unclear}"
        return
    if case.refused is not None:
        yield "it is read, and not refused"
        return
    to = tuple(each.value for each in request.recipients)
    texts = tuple(part.text for part in request.parts)
    for name, found, wanted in (
        ("to", to, case.to),
        ("from", request.sender.value, case.from_ or ""),
        ("texts", texts, case.texts),
    ):
        if found != wanted:
            yield f"{name} is read otherwise than the case says"


def _raw(case: CaseShape, operation: OperationShape) -> RawRequest:
    if operation.body == "json":
        kind, body = "application/json", json.dumps(case.json_).encode()
    else:
        kind, body = FORM_TYPE, urlencode(case.form or {}, doseq=True).encode()
    return RawRequest(operation.method, case.path, (("Content-Type", kind),), body)
