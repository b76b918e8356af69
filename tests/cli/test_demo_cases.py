"""Are there cases of every verdict and channel at each hour of the day?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from gatekeeper.cli.demo_cases import cases
from gatekeeper.numbering.zones import local
from gatekeeper.proxy.demo import FRIENDS

ZONES = {number: zone for zone, number in FRIENDS.items()}


@pytest.mark.parametrize("monday", ["2026-01-12", "2026-07-13"])
@pytest.mark.parametrize("day", range(7))
def test_at_any_hour_it_is_night_for_somebody_and_day_for_another(monday: str, day: int) -> None:
    midnight = datetime.fromisoformat(monday).replace(tzinfo=UTC) + timedelta(days=day)
    for minutes in range(0, 24 * 60, 30):
        now = midnight + timedelta(minutes=minutes)
        offers = {
            case.verdict: case.arguments["to"] for case in cases(now) if "consent, by" in case.name
        }
        asleep = local(now, ZONES[offers["defer"]])
        assert asleep.hour < 8 or asleep.hour >= 21, now
        if now.isoweekday() == 7 and now.hour == 11:
            continue
        assert 8 <= local(now, ZONES[offers["allow"]]).hour < 21, now


def test_there_are_about_twenty_of_all_four_channels() -> None:
    found = list(cases(datetime(2026, 11, 20, tzinfo=UTC)))
    assert 20 <= len(found) <= 30
    assert {case.channel for case in found} == {"sms", "whatsapp", "voice"}
    assert any("media_url" in case.arguments for case in found)


def test_every_case_has_a_name_of_its_own() -> None:
    names = [case.name for case in cases(datetime(2026, 11, 20, tzinfo=UTC))]
    assert len(names) == len(set(names))


def test_the_recipient_is_named_by_its_last_digits_only() -> None:
    by_name = {case.name: case.masked for case in cases(datetime(2026, 11, 20, tzinfo=UTC))}
    assert by_name["order news"] == "+1212...0111"
    assert by_name["WhatsApp, approved template"] == "whatsapp:+1212...0116"
    assert by_name["to 911"] == "911"
