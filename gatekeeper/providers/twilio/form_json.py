"""How is JSON read that stands in a parameter of a form?"""

from __future__ import annotations

from typing import Any

from gatekeeper.domain.message import TextPart
from gatekeeper.domain.words import Role
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.form_body import Form
from gatekeeper.providers.json_once import decoded
from gatekeeper.providers.shape import Found, anything
from gatekeeper.providers.twilio.fields import one


def json_in(text: str, name: str) -> Any:
    """The value of a JSON text with one meaning; AmbiguousRequest names the parameter."""
    try:
        return decoded(text)
    except ValueError:
        raise AmbiguousRequest(f"The parameter {name} is not JSON with one meaning.") from None


def texts_in(form: Form, name: str, role: Role) -> tuple[TextPart, ...]:
    """Every text in a parameter that holds a JSON object; none if the parameter is absent."""
    text = one(form, name)
    if text is None:
        return ()
    value = json_in(text, name)
    if not isinstance(value, dict):
        raise AmbiguousRequest(f"The parameter {name} is not a JSON object.")
    found = Found()
    anything(role)(value, name, found)
    return tuple(found.parts)
