"""Are labels read, and is a template named by its language as well?"""

from __future__ import annotations

from gatekeeper.providers.bird.fields import LABELS, template_of
from gatekeeper.providers.shape import Found, members, read


def test_labels_are_texts_that_nobody_reads_but_that_may_leak() -> None:
    told = {"tags": [{"name": "a", "value": "b"}], "metadata": {"c": "d"}}
    assert [part.text for part in read(members(LABELS), told).parts] == ["a", "b", "d"]


def test_a_template_is_named_by_its_language_as_well() -> None:
    found = Found()
    template_of({"slug": "ready", "language": "en"}, "t", found)
    template_of({"id": "tpl_1"}, "t", found)
    assert [each.ref for each in found.opaque] == ["ready:en", "tpl_1"]
