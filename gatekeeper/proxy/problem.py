"""How does a native endpoint say what is wrong? As problem details (RFC 9457)."""

from __future__ import annotations

from typing import Any

import msgspec
from aiohttp import web

from gatekeeper.domain.reason import Reason
from gatekeeper.errors import (
    AmbiguousRequest,
    CredentialInvalid,
    DependencyUnavailable,
    InputRejected,
    NotAllowed,
    NotThere,
    PolicyError,
)
from gatekeeper.pipeline.refusals import RETRY_DEPENDENCY_S


def problem(
    status: int,
    reason: str,
    detail: str,
    *,
    retry_after: int | None = None,
    faults: tuple[str, ...] = (),
) -> web.Response:
    """A problem document; `type` names the reason code's place in the help page."""
    body: dict[str, Any] = {
        "type": f"/help/reasons#{reason}",
        "title": reason,
        "status": status,
        "detail": detail,
    }
    if faults:
        body["faults"] = faults
    response = web.Response(
        status=status,
        body=msgspec.json.encode(body),
        content_type="application/problem+json",
    )
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    response.headers["Server"] = "gatekeeper"
    return response


def problem_of(error: Exception) -> web.Response:
    """The problem document of any error; an unforeseen one tells nothing of itself."""
    match error:
        case CredentialInvalid():
            response = problem(401, Reason.CREDENTIAL_INVALID, "unknown or missing key")
            response.headers["WWW-Authenticate"] = 'Bearer realm="gatekeeper"'
            return response
        case AmbiguousRequest():
            return problem(error.status, Reason.REQUEST_AMBIGUOUS, str(error))
        case NotThere():
            return problem(404, Reason.REQUEST_AMBIGUOUS, str(error))
        case NotAllowed():
            return problem(403, Reason.CREDENTIAL_INVALID, str(error))
        case InputRejected():
            return problem(422, Reason.REQUEST_AMBIGUOUS, str(error))
        case PolicyError():
            told = f"{len(error.faults)} faults: nothing was changed"
            return problem(422, Reason.REQUEST_AMBIGUOUS, told, faults=error.faults)
        case DependencyUnavailable():
            detail = f"{error.dependency} is not available"
            return problem(
                503, Reason.DEPENDENCY_UNAVAILABLE, detail, retry_after=RETRY_DEPENDENCY_S
            )
        case _:
            return problem(500, Reason.INTERNAL_ERROR, "the gate met an error of its own")
