"""How does a journal come to hold the decisions of a busy day? Each is made as the spine makes it.

Only the store is left out: what it would have answered is told by the message itself. Lines are
built by the journal's own functions, so that each has the instant that its message was sent at.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

from msgspec import Struct

from gatekeeper.domain.consent import Basis, ConsentAct, ConsentEvent
from gatekeeper.domain.facts import Facts, LimitAnswer, Listing
from gatekeeper.domain.registry import Application, Caller, Campaign, Sender, Tenant
from gatekeeper.domain.standing import Proof, ProofKind
from gatekeeper.domain.words import ListAnswer, Purpose, SenderKind, Technology
from gatekeeper.evaluate import evaluate
from gatekeeper.journal.layout import segment_path, stream_name
from gatekeeper.journal.record import Head, Record, draft, link
from gatekeeper.ledger.documents import Document, encode, key_of, kind_of, registry_of
from gatekeeper.pipeline import gather
from gatekeeper.pipeline.case import Hints, open_case
from gatekeeper.pipeline.record import commit, decision_body
from gatekeeper.pipeline.snapshot import Snapshot, take
from gatekeeper.rollout.ready import Judge
from gatekeeper.store.contract import Answer, PersonAnswer, Turn
from tests.support.journal import KEYRING
from tests.support.shipped import FOLDER, shipped
from tests.support.twilio_requests import ACCOUNT, message

DAY = datetime(2026, 11, 18, tzinfo=UTC)
"""A Wednesday."""
TENANTS = ("acme", "bravo", "cobalt")
CAMPAIGNS = {"offers": Purpose.MARKETING, "news": Purpose.TRANSACTIONAL}
PLACES = {
    "America/New_York": "212",
    "America/Chicago": "312",
    "America/Denver": "303",
    "America/Los_Angeles": "415",
    "Pacific/Honolulu": "808",
}
"""An area code of one zone each."""
TEXT = "Acme: 20% off today. Reply STOP to opt out."
YEAR = timedelta(days=365)


class Message(Struct, frozen=True):
    """One message that somebody wants to send."""

    tenant: str
    campaign: str
    zone: str
    at: datetime
    number: int
    """Of the recipients in the zone."""
    basis: Basis = Basis.EXPRESS_WRITTEN
    text: str = TEXT

    @property
    def to(self) -> str:
        """The recipient's number."""
        return f"+1{PLACES[self.zone]}2{self.number % 1_000_000:06d}"


def sender_of(tenant: str, campaign: str) -> str:
    """The number that a campaign is sent from."""
    return f"+1312200{TENANTS.index(tenant)}{list(CAMPAIGNS).index(campaign)}00"


def busy_day(count: int, seed: int = 1) -> Iterator[Message]:
    """Messages of all tenants to all zones around the clock, in order of time."""
    random = Random(seed)
    for n in range(count):
        yield Message(
            tenant=random.choice(TENANTS),
            campaign=random.choice(tuple(CAMPAIGNS)),
            zone=random.choice(tuple(PLACES)),
            at=DAY + timedelta(days=1) * (n / count),
            number=random.randrange(1_000_000),
        )


def working_hours(count: int, seed: int = 1) -> Iterator[Message]:
    """As `busy_day`, at an hour at which it is day in all zones: what goes out, mostly."""
    for each in busy_day(count, seed):
        hour = DAY + timedelta(hours=18) + (each.at - DAY) / 12
        yield Message(each.tenant, each.campaign, each.zone, hour, each.number)


def _documents() -> Iterator[Document]:
    proof = Proof(ProofKind.LETTER, "LOA-1", "user:test", DAY - YEAR)
    for tenant in TENANTS:
        yield Tenant(tenant, tenant.title())
        for campaign, purpose in CAMPAIGNS.items():
            yield Campaign(campaign, tenant, (purpose,), Technology.AUTODIALED)
            yield Sender(
                sender_of(tenant, campaign),
                tenant,
                SenderKind.LONG_CODE,
                registration="C1",
                campaign=campaign,
                proof=proof,
            )


@cache
def _shipped_snapshot() -> Snapshot:
    return snapshot_of(shipped())


def snapshot_of(judge: Judge) -> Snapshot:
    """The registry of all tenants, with a policy."""
    named = {f"{kind_of(each)}:{key_of(each)}": encode(each) for each in _documents()}
    registry = registry_of(1, named)
    return take(registry, judge.policy, judge.screener, judge.replies, sandbox=False)


def recorded(sent: Message, number: int, seen: Snapshot | None = None) -> tuple[Record, Facts]:
    """The record of one message's decision, and the facts that it was made on."""
    seen = seen or _shipped_snapshot()
    caller = Caller(
        Application(f"{sent.tenant}-app", sent.tenant, "twilio", ACCOUNT),
        seen.registry.tenants[sent.tenant],
    )
    form = {"To": sent.to, "From": sender_of(sent.tenant, sent.campaign), "Body": sent.text}
    case = open_case(f"r{number:08d}", sent.at, caller, message(**form), Hints(), seen)
    people = gather.targets(case, KEYRING, seen.policy.trust)
    matches = seen.screener.screen(case.request.parts)
    answer = _answered(sent, gather.lists_for(seen.asking, people[0].places), seen)
    (facts,) = gather.facts_of(case, people, answer, gather.Seen(matches), seen)
    judged = ((people[0], facts, evaluate(facts, seen.policy)),)
    digest = commit(KEYRING, sent.tenant, sent.text.encode())
    body = decision_body(case, judged, KEYRING, digest, seen.asked)
    return Record("decision", case.id, sent.tenant, body), facts


def _answered(sent: Message, lists: Sequence[str], seen: Snapshot) -> Answer:
    """What the store would say: consent of a year ago, and lists of yesterday that are clear."""
    event = ConsentEvent(
        f"e{sent.number:06d}", ConsentAct.OPT_IN, sent.at - YEAR, sent.basis, evidence=True
    )
    listing = Listing(ListAnswer.CLEAR, "v1", sent.at - timedelta(days=1))
    person = PersonAnswer((event,), dict.fromkeys(lists, listing), ())
    limits = tuple(LimitAnswer(limit.name) for limit in seen.policy.limits)
    return Answer(1, 1, Turn.MINE, (person,), limits)


def write(
    folder: Path, sent: Iterable[Message], *, seen: Snapshot | None = None, segment: int = 5000
) -> list[Facts]:
    """Record these messages in a new stream of the journal; the facts of each."""
    home = folder / "streams"
    ordinal = len(list(home.iterdir())) + 1 if home.is_dir() else 1
    stream = home / stream_name(ordinal, "host", "0", "9f3a21c4")
    stream.mkdir(parents=True)
    found, head, lines = [], Head(), list[bytes]()
    for number, each in enumerate(sent):
        record, facts = recorded(each, number, seen)
        found.append(facts)
        more, head = link(stream.name, head, [draft(record, each.at)])
        lines += more
    for n in range(0, len(lines), segment):
        part = lines[n : n + segment]
        segment_path(stream, n // segment + 1).write_bytes(b"".join(b"%b\n" % x for x in part))
    return found


HOURS = "08:00-21:00"
"""The hours of the federal rule, `us.quiet_hours`."""


def with_hours(target: Path, hours: str) -> Path:
    """A copy of the shipped policies in which the federal hours are others."""
    shutil.copytree(FOLDER, target)
    file = target / "floor" / "us.yaml"
    before, rule, after = file.read_text().partition("- id: us.quiet_hours")
    changed = after.replace(HOURS, hours, 1)
    assert changed != after
    file.write_text(before + rule + changed)
    return target
