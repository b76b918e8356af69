"""Is an acknowledged opt-out kept through kill -9 and power cuts, and does it bind every send?

    python -m tests.chaos.opt_out_kill --rounds 100 [--control BUG]

Each round runs a real `gatekeeper serve` with its embedded store. Many callers opt people out
(POST /v1/consents) and send (Twilio's form) at once; at a random moment the gate, the store or
both are killed (kill -9), and before they start again every file is cut back to what was synced
(`cutback.py`). Then:

- no message that was begun after an opt-out's acknowledgement has reached the carrier or may;
- every acknowledged opt-out is in the journal, and its person is refused;
- at the end the journal proves whole.

`--control` plants a bug (`planted.py`); the exit status tells whether that ended as it must.
`--controls` does so with every bug, after the rounds.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.parse import parse_qs, urlencode

import aiohttp

from gatekeeper.errors import GatekeeperError
from gatekeeper.journal.verify import verify
from gatekeeper.ledger.replay import change_lines
from gatekeeper.vault.keyring import Keyring
from gatekeeper.vault.signing import PublicKey
from tests.chaos.cutback import Cut, Disk, NoCompiler, build_shim
from tests.chaos.opt_out_tally import AWAY, REFUSED, Tally
from tests.chaos.planted import BUGS
from tests.support.acme import NEWS
from tests.support.gate import FORM, MESSAGES
from tests.support.recording_carrier import Carrier
from tests.support.served import Served

PEOPLE = 250
"""New people in each round: all of them may be sent to until they opt out."""
OPTERS, SENDERS = 6, 10
OLD_ONES = 40
"""Acknowledged opt-outs of earlier rounds that are tried again after each restart."""
VICTIMS = ("gate", "store", "both")
CONTROL_ROUNDS = 6
"""A planted bug has so many rounds to be found in."""
OPEN_S = 30.0
"""After a restart the gate decides again within this time."""


@dataclass
class Person:
    """One recipient, and when its opt-out was acknowledged."""

    number: str
    acknowledged_at: float | None = None


@dataclass
class Stage:
    """One installation, what runs on it, and what was promised so far."""

    gate: Served
    carrier: Carrier
    disk: Disk
    chance: random.Random
    tally: Tally
    people: list[Person] = field(default_factory=list)
    events: dict[str, str] = field(default_factory=dict)
    """Acknowledged events: id and number."""
    sends: dict[str, tuple[str, float]] = field(default_factory=dict)
    """Number and beginning of each send, by what stands in its text."""
    numbers: Iterator[int] = field(default_factory=count)

    @property
    def data(self) -> Path:
        return self.gate.folder / "data"

    @property
    def store(self) -> int | None:
        """Process id of the embedded server; None after it has stopped by itself."""
        with suppress(FileNotFoundError):
            return int((self.data / "store" / "server.pid").read_text())
        return None


async def run(rounds: int, seed: int, folder: Path, bug: str | None = None) -> Tally:
    """So many rounds on one installation; a planted bug ends at the first fault."""
    tally, carrier = Tally(), Carrier()
    await carrier.start()
    log = folder / "synced.log"
    shim = {"LD_PRELOAD": str(build_shim(folder)), "SYNC_LOG": str(log)}
    gate = Served(folder, carrier.url, shim)
    stage = Stage(gate, carrier, Disk(log), random.Random(seed), tally)
    try:
        await gate.start()
        await gate.register()
        await gate.stop()
        stage.disk.settle(stage.data)
        if bug is not None:
            gate.command = (sys.executable, "-m", "tests.chaos.planted", bug)
        await gate.start()
        for number in range(rounds):
            await _round(stage, number + 1, planted=bug is not None)
            if bug is not None and tally.faults:
                return tally
        await gate.stop()
        _judge_journal(stage, whole=True)
    except GateDown as down:
        tally.faults.append(f"the gate does not start: {down}")
    finally:
        store = stage.store
        await gate.kill()
        await _gone(store)
        await carrier.stop()
    return tally


class GateDown(Exception):
    """The gate refused to start; its last line says why."""


async def _round(stage: Stage, number: int, *, planted: bool) -> None:
    tally, victim = stage.tally, VICTIMS[number % len(VICTIMS)]
    tally.begin_round()
    people = await _newcomers(stage)
    if planted:
        # Their consent is old: lost with the opt-outs, it would keep messages from passing.
        stage.disk.settle(stage.data / "store")
    ended = asyncio.Event()
    left = iter(people)
    callers = [asyncio.create_task(_opter(stage, left, ended)) for _ in range(OPTERS)]
    callers += [asyncio.create_task(_sender(stage, people, ended)) for _ in range(SENDERS)]
    after_s = stage.chance.uniform(0.1, 0.8)
    await asyncio.sleep(after_s)
    cut = await _strike(stage, victim)
    if victim == "store":
        await asyncio.sleep(stage.chance.uniform(0.2, 0.6))
    ended.set()
    await asyncio.gather(*callers)
    _judge_journal(stage, whole=False)
    if victim != "store":
        await _start(stage.gate)
    await _judge_people(stage, people)
    _judge_carrier(stage)
    tally.rounds = number
    line = f"killed {victim:5} after {after_s:.2f} s; {tally.round_line()}; cut {cut}"
    print(f"round {number:3}: {line}", flush=True)


async def _start(gate: Served) -> None:
    try:
        await gate.start()
    except AssertionError as error:
        raise GateDown(str(error).strip().splitlines()[-1]) from None


async def _newcomers(stage: Stage) -> list[Person]:
    """People with consent who were never told of before."""
    first = len(stage.people)
    numbers = [f"+1212{220 + n // 10_000}{n % 10_000:04}" for n in range(first, first + PEOPLE)]
    await stage.gate.consent(*numbers)
    people = [Person(number) for number in numbers]
    stage.people += people
    return people


async def _opter(stage: Stage, left: Iterator[Person], ended: asyncio.Event) -> None:
    """Opt people out, one after the other."""
    headers = {"Authorization": f"Bearer {stage.gate.key}", "Content-Type": "application/json"}
    async with aiohttp.ClientSession() as session:
        for person in left:
            body = {"number": person.number, "event": "opt_out"}
            begun = time.monotonic()
            with suppress(aiohttp.ClientError):
                url = stage.gate.url + "/v1/consents"
                async with session.post(url, json=body, headers=headers) as got:
                    told = await got.json()
                    if got.status == 201:
                        person.acknowledged_at = time.monotonic()
                        stage.events[told["id"]] = person.number
                        stage.tally.acknowledged(person.acknowledged_at - begun)
                    elif got.status != 503:
                        stage.tally.faults.append(f"an opt-out was answered {got.status}")
            if ended.is_set():
                return
            await asyncio.sleep(stage.chance.uniform(0, 0.02))


async def _sender(stage: Stage, people: list[Person], ended: asyncio.Event) -> None:
    """Send to anybody of this round, whether opted out or not."""
    async with aiohttp.ClientSession() as session:
        while not ended.is_set():
            try:
                await _send(stage, session, stage.chance.choice(people))
            except aiohttp.ClientError:
                await asyncio.sleep(0.01)


async def _send(stage: Stage, session: aiohttp.ClientSession, person: Person) -> int:
    """Send to one person; the code of the refusal, or the status if there is none."""
    mark, begun = f"n{next(stage.numbers)}", time.monotonic()
    after = person.acknowledged_at is not None
    stage.sends[mark] = person.number, begun
    form = {"To": person.number, "From": NEWS, "Body": f"Order {mark} is ready."}
    headers = {"Authorization": stage.gate.basic, "Content-Type": FORM}
    url = stage.gate.url + MESSAGES
    async with session.post(url, data=urlencode(form), headers=headers) as got:
        told = await got.json()
    code: int = told.get("code", got.status) if got.status >= 400 else got.status
    stage.tally.answered(code, after=after)
    return code


async def _strike(stage: Stage, victim: str) -> Cut:
    """Kill, and take what a power cut would have taken."""
    gate, store = stage.gate.pid, stage.store
    assert store is not None, "there is no store to kill"
    if victim == "store":
        os.kill(gate, signal.SIGSTOP)  # it would start the server again before the files are cut
        os.kill(store, signal.SIGKILL)
        await _gone(store)
        cut = stage.disk.cut(stage.data / "store")
        os.kill(gate, signal.SIGCONT)
        return cut
    if victim == "both":
        os.kill(store, signal.SIGKILL)
    await stage.gate.kill()
    await _gone(store)
    return stage.disk.cut(stage.data)


async def _gone(pid: int | None) -> None:
    """Wait until the process has ended; a child of a stopped parent stays as a zombie."""
    async with asyncio.timeout(20):
        while _runs(pid):  # noqa: ASYNC110 - it is nobody's child that could be waited for
            await asyncio.sleep(0.01)


def _runs(pid: int | None) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


def _judge_journal(stage: Stage, *, whole: bool) -> None:
    """Every acknowledged event is there; at the end the whole journal is proved."""
    try:
        kept = {line.id for line in change_lines(stage.gate.journal)}
        if whole:
            keyring = Keyring.open(stage.data / "keyring.json", journal_exists=True)
            report = verify(stage.gate.journal, PublicKey(keyring.public_key))
            stage.tally.faults += map(str, report.faults)
    except GatekeeperError as error:
        stage.tally.faults.append(f"the journal cannot be read: {error}")
        return
    lost = stage.events.keys() - kept
    if lost:
        stage.tally.faults.append(f"{len(lost)} acknowledged opt-outs are not in the journal")


async def _judge_people(stage: Stage, people: list[Person]) -> None:
    """Whoever's opt-out was acknowledged is refused for it."""
    acknowledged = [person for person in people if person.acknowledged_at is not None]
    older = [each for each in stage.people[: -len(people)] if each.acknowledged_at is not None]
    acknowledged += stage.chance.sample(older, min(OLD_ONES, len(older)))
    async with aiohttp.ClientSession() as session:
        codes = await asyncio.gather(*(_until_open(stage, session, p) for p in acknowledged))
    wrong = sorted({code for code in codes if code != REFUSED})
    if wrong:
        stage.tally.faults.append(f"people who had opted out were answered {wrong}")


async def _until_open(stage: Stage, session: aiohttp.ClientSession, person: Person) -> int:
    async with asyncio.timeout(OPEN_S):
        while (code := await _send(stage, session, person)) == AWAY:  # noqa: ASYNC110 - asked anew
            await asyncio.sleep(0.05)
    return code


def _judge_carrier(stage: Stage) -> None:
    """No message that was begun after an acknowledgement has left the gate."""
    acknowledged = {person.number: person.acknowledged_at for person in stage.people}
    for request in stage.carrier.requests:
        text = parse_qs(request.partition(b"\r\n\r\n")[2].decode())["Body"][0]
        number, begun = stage.sends[text.split()[1]]
        at = acknowledged[number]
        if at is not None and begun > at:
            stage.tally.faults.append("a message left the gate after an acknowledged opt-out")
    stage.tally.reached += len(stage.carrier.requests)
    stage.carrier.requests.clear()


def trial(rounds: int, seed: int, bug: str | None = None) -> bool:
    """Run the rounds, print what they found, and tell whether that is as it must be."""
    with tempfile.TemporaryDirectory() as folder:
        tally = asyncio.run(run(rounds, seed, Path(folder), bug))
    what = f"planted {bug}" if bug else "opt-outs and kill -9"
    print(f"{what} (seed {seed}): {tally}")
    for fault, often in Counter(tally.faults).most_common(10):
        print(f"  {often} x {fault}")
    must_find = bug is not None and BUGS[bug].found
    if bug is not None:
        print(f"  -> {BUGS[bug].shows}")
    return bool(tally.faults) is must_find


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--control", choices=sorted(BUGS), help="plant this bug instead")
    parser.add_argument("--controls", action="store_true", help="plant every bug afterwards")
    given = parser.parse_args()
    try:
        fine = [trial(given.rounds, given.seed, given.control)]
        fine += [trial(CONTROL_ROUNDS, given.seed, bug) for bug in BUGS if given.controls]
    except NoCompiler as error:
        print(error, file=sys.stderr)
        return 2
    print("all as it must be" if all(fine) else "NOT as it must be")
    return 0 if all(fine) else 1


if __name__ == "__main__":
    sys.exit(main())
