"""Do the parts of a policy file become rules, tests and detectors that make sense together?"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import PurePosixPath

from gatekeeper.domain.words import Family, Likelihood
from gatekeeper.policy.compile import Draft, incomplete
from gatekeeper.policy.model import Policy
from gatekeeper.policy.yamlfile import Located, read
from tests.support.policies import GOOD, KINDS

RULES = GOOD / "floor" / "us.yaml"
CARD = GOOD / "content" / "payment" / "card.yaml"


def draft(text: str, name: str = "floor/us.yaml") -> Draft:
    draft = Draft(KINDS)
    located = read(text.encode(), PurePosixPath(name), draft.faults)
    assert located is not None
    if "payment" in name:
        draft.detector(located)
    else:
        draft.pack(located)
    return draft


def test_a_rule_may_name_a_narrower_jurisdiction_than_its_file() -> None:
    text = RULES.read_text()
    narrow = text.replace("    check:", "    jurisdiction: US-FL\n    check:")
    found = [draft(each).rules[0].applies.jurisdiction for each in (text, narrow)]
    assert found == ["US", "US-FL"]


def test_a_rule_without_dates_or_parameters_binds_always_by_the_checks_own() -> None:
    text = RULES.read_text().replace("    with: {lists: [us-national], least: 2}\n", "")
    rule = draft(text.replace("    effective: {from: 2003-10-01, to: 2027-01-30}\n", "")).rules[0]
    assert (rule.effective_from, rule.effective_to) == (date.min, None)
    assert rule.params.least == 1


def test_a_bad_head_does_not_hide_the_faults_of_the_rules() -> None:
    text = RULES.read_text().replace("title: A pack", "titel: A pack").replace("defer", "defr")
    told = [fault.message.partition(" ")[0] for fault in draft(text).faults]
    assert sorted(told) == ["defr", "title", "unknown"]


def test_a_detector_keeps_what_screening_reads_itself() -> None:
    detector = draft(CARD.read_text(), "content/payment/card.yaml").detectors[0]
    assert (detector.family, detector.likelihood) == (Family.PAYMENT, Likelihood.LIKELY)
    assert detector.find == {"validator": "card"}
    assert detector.verified_on == date(2026, 11, 22)
    assert str(detector.source) == "content/payment/card.yaml:1:1"


def test_a_row_says_to_whom_when_and_by_which_channel() -> None:
    place = Located({}, PurePosixPath("t.yaml"))
    whole = {"to": "+12122000123", "at": "2026-11-20T12:00:00Z", "message": {"channel": "sms"}}
    assert not list(incomplete(whole, place))
    assert len(list(incomplete({}, place))) == 3


def test_rules_without_an_id_are_not_taken_for_one_another() -> None:
    text = RULES.read_text().replace("  - id: us.calm\n    title", "  - title")
    rule = text[text.index("  - title") :]
    assert [fault.message for fault in draft(text + rule).faults] == ["id is missing"] * 2


def test_a_rule_that_is_no_mapping_is_told_beside_the_others() -> None:
    text = RULES.read_text().replace("rules:\n", "rules:\n  - calm\n")
    found = draft(text)
    assert [fault.message for fault in found.faults] == ["this must be a mapping"]
    assert [rule.id for rule in found.rules] == ["us.calm"]


def test_how_wide_a_stop_is_taken_at_least_has_its_days() -> None:
    row = "{{least: {}, effective: {{from: {}, to: {}}}, citation: x, verified_on: 2026-11-01}}"
    rows = [row.format("brand", "2026-01-01", "2026-12-31"), row.format("all", "2027-01-31", "~")]
    text = "pack: p\ntitle: t\nrevocation:\n" + "".join(f"  - {each}\n" for each in rows)
    made = draft(text)
    assert made.faults == []
    policy = Policy("h", (), revocations=tuple(made.revocations))
    days = ("2025-12-31", "2026-01-01", "2026-12-31", "2027-01-30", "2027-01-31")
    told = [policy.least_revocation(datetime.fromisoformat(f"{day}T12:00:00Z")) for day in days]
    assert told == ["purpose", "brand", "brand", "purpose", "all"]
    west = datetime.fromisoformat("2027-01-30T20:00:00-08:00")
    assert policy.least_revocation(west) == "all", "the day is that of UTC"
    assert draft(text.replace("least: all", "least: most")).faults != []
