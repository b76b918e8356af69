"""Are the cases of a mapping file really tried?"""

from __future__ import annotations

from gatekeeper.providers.mapped.file_shape import CaseShape, OperationShape
from gatekeeper.providers.mapped.prove import faults_of
from gatekeeper.providers.mapped.provider import Mapped

FORM = OperationShape.model_validate(
    {"name": "form", "channel": "sms", "path": "/v1/forms", "body": "form",
     "fields": {"To": "recipient"}, "success": {"body": {}}}
)  # fmt: skip


def told(provider: Mapped, **case: object) -> list[str]:
    whole = {"name": "c", "operation": "form", "path": "/v1/forms"} | case
    return list(faults_of(provider, CaseShape.model_validate(whole), FORM))


def test_a_case_that_holds_has_no_fault(acmetel: Mapped) -> None:
    people = ["+12122000211", "+12122000212"]
    form = {"To": people, "Body": "x"}
    assert told(acmetel, form=form, to=people, texts=["x"]) == []
    assert told(acmetel, form={"Body": "x"}, refused="no recipient") == []


def test_a_case_that_does_not_says_what_is_otherwise(acmetel: Mapped) -> None:
    form = {"To": "+12122000211", "Body": "x"}
    assert told(acmetel, form=form, texts=["x"]) == ["to is read otherwise than the case says"]
    assert told(acmetel, form=form, refused="x") == ["it is read, and not refused"]
    assert told(acmetel, path="/v1/nothing") == ["/v1/nothing is not at the path of form"]
