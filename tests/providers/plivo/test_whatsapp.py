"""Is every text of Plivo's flatter objects found? (The cases name each.)"""

from __future__ import annotations

import pytest

from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.plivo.whatsapp import INTERACTIVE, TEMPLATE
from gatekeeper.providers.shape import members, read

MESSAGE = members({"template": TEMPLATE})


def test_a_template_is_named_with_its_language_and_leaves_no_word_behind() -> None:
    template = {"name": "order ready", "language": "en_US", "components": []}
    found = read(MESSAGE, {"template": template})
    assert [each.ref for each in found.opaque] == ["order ready:en_US"]
    assert found.words == {}


@pytest.mark.parametrize(
    "value",
    [{"name": "a"}, {"language": "b"}, {"name": "", "language": "b"},
     {"name": "a", "language": "b", "components": [{"cards": []}]}],
)  # fmt: skip
def test_what_is_no_template_is_refused(value: object) -> None:
    with pytest.raises(AmbiguousRequest):
        read(MESSAGE, {"template": value})


def test_a_button_of_another_form_is_refused() -> None:
    with pytest.raises(AmbiguousRequest, match=r"buttons\.0\.reply"):
        read(INTERACTIVE, {"action": {"buttons": [{"reply": {"title": "a"}}]}})
