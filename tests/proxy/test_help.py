"""Does every reason code have its explanation?"""

from __future__ import annotations

import pytest

from gatekeeper.domain.reason import Reason
from gatekeeper.providers.twilio.codes import ANSWERS
from gatekeeper.proxy.help import HELP
from tests.support.source import ROOT


def test_every_reason_is_explained_in_the_order_of_the_codes() -> None:
    assert list(HELP) == list(Reason)


@pytest.mark.parametrize("reason", Reason)
def test_an_explanation_is_two_plain_sentences(reason: Reason) -> None:
    for sentence in (HELP[reason].meaning, HELP[reason].next):
        assert sentence[0].isupper() and sentence.endswith(".")
        assert len(sentence) <= 160
        assert sentence.count("`") % 2 == 0


def test_no_two_reasons_mean_the_same() -> None:
    assert len({entry.meaning for entry in HELP.values()}) == len(Reason)


def test_the_code_that_apps_unsubscribe_on_is_explained_as_the_recipients_will() -> None:
    own = [reason for reason, answer in ANSWERS.items() if answer.message == 21610]
    assert own
    assert all("unsubscribed" in HELP[reason].next for reason in own)


def test_the_readme_names_every_reason_and_the_page() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [reason for reason in Reason if f"`{reason}`" not in text] == []
    assert "/help/reasons#" in text
