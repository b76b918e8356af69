"""Does the solver name the first open minute that a scan of all minutes of five years finds?

The scan asks each zone for its wall clock at every minute and looks whether that minute is open;
it knows nothing of openings, changes or days. `make test` takes a few zones and a part of the
years, `make test-full` all of both.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import pytest
from numpy.typing import NDArray

from gatekeeper.numbering.windows import HORIZON, Week, first_open, is_open, week
from gatekeeper.numbering.zones import zone
from tests.support.chance import seed

NAMES = """
    America/New_York America/Chicago America/Denver America/Phoenix America/Los_Angeles
    America/Anchorage America/Adak Pacific/Honolulu America/Puerto_Rico America/St_Johns
    America/Halifax America/Goose_Bay America/Toronto America/Winnipeg America/Regina
    America/Edmonton America/Vancouver America/Inuvik America/Whitehorse America/Iqaluit
    America/Havana America/Asuncion America/Santiago America/Sao_Paulo America/Miquelon
    America/Nuuk America/Scoresbysund Antarctica/Troll Africa/Casablanca Africa/Cairo
    Asia/Beirut Asia/Gaza Asia/Jerusalem Europe/London Europe/Dublin Europe/Chisinau
    Europe/Lisbon Asia/Tehran Asia/Kolkata Asia/Kathmandu Asia/Yangon Australia/Eucla
    Australia/Adelaide Australia/Lord_Howe Australia/Sydney Pacific/Norfolk Pacific/Chatham
    Pacific/Apia Pacific/Easter Pacific/Kiritimati
"""
ZONES = NAMES.split()
START = datetime(2026, 1, 1, tzinfo=UTC)
YEARS = 5
DAY = 1440
MINUTE = timedelta(minutes=1)
EPOCH = date(1970, 1, 1)
Minutes = NDArray[np.int32]
Mask = NDArray[np.bool_]


def walls(name: str, start: datetime, minutes: int) -> Minutes:
    """The wall clock at every minute, as minutes since 1970 of a clock that knows no zone."""
    here, shown, at = zone(name), np.empty(minutes, np.int32), start
    for n in range(minutes):
        offset = at.astimezone(here).utcoffset()
        assert offset is not None
        shown[n] = offset.total_seconds() // 60
        at += MINUTE
    first = int((start - datetime(1970, 1, 1, tzinfo=UTC)) / MINUTE)
    return np.arange(first, first + minutes, dtype=np.int32) + shown


def open_minutes(window: Week, shown: Minutes, banned: Collection[date]) -> Mask:
    """Which of these wall-clock minutes lie in the window, by a table of its days' minutes."""
    table = np.zeros((8, DAY), np.bool_)
    for weekday, spans in enumerate((*window.days, window.dated)):
        for opens, closes in spans:
            first, last = opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute
            table[weekday, first : last or DAY] = True
    days, minute = np.divmod(shown, DAY)
    weekdays = (days + EPOCH.weekday()) % 7
    held = table[np.where(among(days, window.dates), 7, weekdays), minute]
    shut = among(days, banned)
    return np.asarray(held & ~shut, np.bool_)


def among(days: Minutes, named: Collection[date]) -> Mask:
    return np.isin(days, np.array([(day - EPOCH).days for day in named], np.int32))


def next_open(held: Mask) -> Minutes:
    """For every minute the index of the first open one from there on; the length for none."""
    never = np.int32(len(held))
    indices = np.where(held, np.arange(never, dtype=np.int32), never)
    return np.minimum.accumulate(indices[::-1])[::-1]


def some_week(chance: random.Random) -> Week:
    def spans() -> tuple[tuple[time, time], ...]:
        edges = sorted(chance.sample(range(0, DAY + 1, chance.choice((1, 15, 30))), 4))
        pairs = [edges[:2], edges[2:]][: chance.choice((1, 1, 2))]
        return tuple((clock(first), clock(last)) for first, last in pairs)

    return Week(tuple(spans() if chance.random() < 0.8 else () for _ in range(7)))


def clock(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)


LAWFUL = (
    week("08:00-21:00"),
    week({"mon-fri": "10:00-18:00", "sat": "10:00-17:00"}),
    week({"mon-sat": "09:00-21:00", "sun": "12:00-21:00"}),
    week("21:00-24:00, 00:00-02:30"),
    week({"sun": "00:00-00:30"}),
)


def instants(shown: Minutes, chance: random.Random, number: int) -> Iterator[int]:
    """Minutes to ask at: by chance, and thickly around every change of the clock."""
    yield from (chance.randrange(len(shown)) for _ in range(number))
    (changes,) = np.nonzero(np.diff(shown) != 1)
    for change in changes:
        for _ in range(max(2, number // 10)):
            yield min(max(0, int(change) + chance.randint(-DAY, DAY)), len(shown) - 1)


def compare(
    clocks: dict[str, Minutes], start: datetime, chance: random.Random, number: int
) -> None:
    """Ask the solver of some zones at once and hold each answer against the scan."""
    names = list(clocks)
    window = chance.choice((*LAWFUL, some_week(chance), some_week(chance)))
    span = len(clocks[names[0]])
    days = [(start + timedelta(days=chance.randrange(span // DAY))).date() for _ in range(20)]
    banned = frozenset(days[:10]) if chance.random() < 0.5 else frozenset[date]()
    if chance.random() < 0.5:
        window = window.with_dates(days[10:], chance.choice(LAWFUL))
    held = np.logical_and.reduce([open_minutes(window, clocks[name], banned) for name in names])
    opening = next_open(held)
    for n in instants(clocks[names[0]], chance, number):
        second = timedelta(seconds=chance.choice((0, 0, 1, 59.5)))
        at = start + n * MINUTE + second
        found, case = first_open(window, names, at, banned), (window, names, at, banned)
        later = n if held[n] or not second else n + 1
        first = int(opening[later]) if later < span else span
        assert is_open(window, names, at, banned) == bool(held[n]), case
        if held[n]:
            assert found == at, case
        elif first < span and first * MINUTE - n * MINUTE <= HORIZON - timedelta(days=1):
            assert found == start + first * MINUTE, case
        else:
            beyond = min(start + span * MINUTE, at + HORIZON - timedelta(days=1))
            assert found is None or found >= beyond, case


def groups(names: Collection[str], chance: random.Random) -> Iterator[list[str]]:
    """Each zone alone, and with one to three others."""
    for name in names:
        yield [name]
        others = [other for other in names if other != name]
        yield [name, *chance.sample(others, min(len(others), chance.randint(1, 3)))]


def scan(names: list[str], start: datetime, days: int, drawn: int, number: int) -> None:
    print(f"seed {drawn}")
    chance = random.Random(drawn)
    shown = {name: walls(name, start, days * DAY) for name in names}
    for group in groups(names, chance):
        for _ in range(2):
            compare({name: shown[name] for name in group}, start, chance, number)


def test_fifty_zones_are_fifty() -> None:
    assert len(set(ZONES)) == len(ZONES) == 50


def test_in_some_zones_the_solver_finds_what_a_scan_finds() -> None:
    drawn = seed()
    chance = random.Random(drawn)
    start = START + timedelta(days=chance.randrange(YEARS * 365 - 150))
    scan(chance.sample(ZONES, 3), start, 150, drawn, 12)


@pytest.mark.full
@pytest.mark.timeout(900)
def test_in_fifty_zones_and_five_years_the_solver_finds_what_a_scan_finds() -> None:
    scan(ZONES, START, YEARS * 365 + 1, seed(), 40)
