"""What does a tenant's file add, what may it not say, and at which place is that told?"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gatekeeper.domain.verdict import Verdict
from gatekeeper.domain.words import Channel, Mode
from gatekeeper.policy.load import PolicyFile
from gatekeeper.policy.model import Policy
from tests.support.policies import ACME, GOOD, compiled, faults, pack

FLOOR = (GOOD / "floor" / "us.yaml").read_text()


def tenant(text: str = ACME, name: str = "tenants/acme.yaml") -> PolicyFile:
    return pack(text, name)


def policy(*files: PolicyFile) -> Policy:
    return compiled(*(files or (tenant(),)), pack(FLOOR, "floor/us.yaml"))


def told(old: str, new: str, text: str = ACME) -> list[str]:
    assert old in text
    changed = tenant(text.replace(old, new))
    return [
        fault.removeprefix("tenants/acme.yaml:")
        for fault in faults(pack(FLOOR, "floor/us.yaml"), changed)
    ]


def test_a_tenants_own_rule_binds_that_tenant_alone() -> None:
    rule = policy().rule("acme.own")
    assert rule is not None
    assert rule.applies.tenants == {"acme"}
    assert (rule.applies.jurisdiction, rule.pack, rule.verdict) == ("US-NY", "acme", Verdict.HOLD)


def test_a_tenant_chooses_what_becomes_of_a_message_that_some_may_not_get() -> None:
    assert policy().drops == frozenset()
    some = tenant(ACME.replace("tenant: acme\n", "tenant: acme\nrecipients: some\n", 1))
    assert policy(some).drops == {"acme"}
    assert told("tenant: acme\n", "tenant: acme\nrecipients: most\n")


def test_a_tenant_chooses_what_becomes_of_a_recording_that_nobody_agreed_to() -> None:
    assert policy().unrecords == frozenset()
    strip = tenant(ACME.replace("tenant: acme\n", "tenant: acme\nrecording: strip\n", 1))
    assert policy(strip).unrecords == {"acme"}
    assert told("tenant: acme\n", "tenant: acme\nrecording: perhaps\n")


def test_a_tightened_rule_stands_beside_the_rule_of_all_and_says_what_changed() -> None:
    read = policy()
    floor, rule = read.rule("us.calm"), read.rule("acme.us.calm")
    assert floor is not None
    assert rule is not None
    assert floor.params.least == 2
    assert floor.applies.tenants == frozenset()
    assert (rule.params.least, rule.params.lists) == (3, ("us-national",))
    assert (rule.verdict, rule.tightens, rule.check) == (Verdict.BLOCK, "us.calm", "calm")
    assert rule.applies.channels == frozenset()
    assert rule.applies.purposes == floor.applies.purposes
    assert rule.applies.tenants == {"acme"}
    assert rule.citation == f"Acme is calmer (stricter than {floor.citation})"
    assert (rule.mode, rule.effective_to) == (Mode.ENFORCE, floor.effective_to)


def test_tests_of_a_tenants_rules_are_its_messages_over_what_the_files_give() -> None:
    cases = {(case.rule, case.name): case.given for case in policy().cases}
    assert cases["acme.own", "one"]["tenant"] == "acme"
    tightened = cases["acme.us.calm", "three"]
    assert tightened["message"] == {
        "channel": "sms",
        "from": "+13122000100",
        "purpose": "marketing",
    }
    assert tightened["tenant"] == "acme"


def test_a_waiver_says_all_that_its_file_says() -> None:
    waiver = policy().waivers[0]
    assert (waiver.id, waiver.tenant, waiver.approved_by) == ("recall", "acme", "Ann Counsel")
    assert waiver.rules == {"us.calm", "acme.us.calm"}
    assert waiver.channels == {Channel.SMS}
    assert waiver.jurisdiction == "US-NY"
    assert waiver.effective_from == datetime(2026, 11, 1, tzinfo=UTC)
    assert waiver.expires == datetime(2026, 12, 1, 14, tzinfo=UTC)
    assert str(waiver.source) == "tenants/acme.yaml:29:5"


def test_the_hash_names_the_tenants_files_too() -> None:
    changed = tenant(ACME.replace("Ann", "Bob"))
    assert policy().hash != policy(changed).hash
    assert policy().hash != compiled(pack(FLOOR, "floor/us.yaml")).hash


def test_files_are_read_in_any_order() -> None:
    files = (tenant(), pack(FLOOR, "floor/us.yaml"))
    assert compiled(*files).hash == compiled(*reversed(files)).hash


def test_two_tenants_tighten_the_same_rule_each_for_itself() -> None:
    other = tenant(ACME.replace("acme", "other"), "tenants/other.yaml")
    read = policy(tenant(), other)
    bound = {rule.id: rule.applies.tenants for rule in read.rules if rule.tightens}
    assert bound == {"acme.us.calm": {"acme"}, "other.us.calm": {"other"}}


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("tenant: acme", "tenant: other", "1:9: tenant other stands in acme.yaml"),
        ("id: acme.own", "id: own", "8:9: the id of a rule of this tenant begins with acme."),
        (
            "id: acme.own",
            "id: us.calm",
            "8:9: us.calm is a rule of all tenants: to make it stricter, write it under tighten",
        ),
        (
            "rule: us.calm",
            "rule: us.clam",
            "20:11: there is no rule us.clam of all tenants (did you mean us.calm?)",
        ),
        ("with: {least: 3}", "with: {lest: 3}", "22:12: unknown key lest (did you mean least?)"),
        ("name: two, fires: false, at", "name: two, fires: true, at", "no test with fires: false"),
        ("[us.calm, acme.us.calm]", "[us.clam]", "there is no rule us.clam (did you mean us.calm?"),
        (
            "[us.calm, acme.us.calm]",
            "[us.calm]",
            "30:13: acme.us.calm tightens us.calm and would stop the message: name both, or none",
        ),
        ("expires: 2026-12-01T09:00:00-05:00", "expires: 2026-11-01", "expires before it begins"),
        ("expires: 2026-12-01T09:00:00-05:00", "expires: soon", "expires: "),
        ("approved_by: Ann Counsel", "note: x", "approved_by is missing"),
        ("    verdict: hold", "    verdict: hold\n    rollout: {tenants: [other]}",
         "acme.own binds acme alone: no other tenant can be named"),
    ],
)  # fmt: skip
def test_what_a_tenants_file_may_not_say_is_told_at_its_place(
    old: str, new: str, fault: str
) -> None:
    assert any(fault in each for each in told(old, new)), told(old, new)


@pytest.mark.parametrize("override", ["never", "two_person", "operator"])
def test_no_waiver_speaks_of_what_others_must_let_pass(override: str) -> None:
    floor = FLOOR.replace("    verdict: defer", f"    verdict: defer\n    override: {override}")
    found = faults(pack(floor, "floor/us.yaml"), tenant())
    assert len(found) == 2
    assert all(f"(override: {override})" in each for each in found)


def test_a_tenant_that_is_called_like_a_pack_would_be_taken_for_it() -> None:
    text = ACME.replace("tenant: acme", "tenant: us").replace("acme.", "us.")
    found = faults(pack(FLOOR, "floor/us.yaml"), tenant(text, "tenants/us.yaml"))
    assert any("us is the name of a pack" in each for each in found)


def test_a_second_waiver_of_one_name_and_a_second_file_are_faults() -> None:
    again = ACME + ACME[ACME.index("  - id: recall") :]
    assert "the waiver of acme recall stands at" in told(ACME, again)[0]
    found = faults(
        pack(FLOOR, "floor/us.yaml"),
        tenant(),
        tenant("tenant: acme\ntitle: t\n", "tenants/b/acme.yaml"),
    )
    assert any("the file of tenant acme stands at" in each for each in found)
