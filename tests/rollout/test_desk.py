"""May a person put a policy in force, only a sound one, with a reason, and always find back?"""

from __future__ import annotations

import asyncio
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from gatekeeper.errors import InputRejected, NotAllowed, NotThere, PolicyError
from gatekeeper.rollout import desk as module
from gatekeeper.rollout.activate import PolicyHolder
from gatekeeper.rollout.desk import RolloutDesk
from gatekeeper.rollout.history import Actor
from gatekeeper.rollout.notary import PROPOSED, WITHDRAWN
from gatekeeper.rollout.trial import Trial
from tests.support.author import table
from tests.support.rollouts import House, house

ANN = Actor("key:ann", "Ann", made_by="user:root")
BOB = Actor("key:bob", made_by="user:root")


async def opened(home: House) -> tuple[PolicyHolder, RolloutDesk]:
    holder = await home.holder()
    return holder, RolloutDesk(holder)


async def test_a_folder_is_promoted_whole_with_who_and_why(tmp_path: Path) -> None:
    home = house(tmp_path, promoted_only=True)
    table(home.setup.folder, "[us.consent]")
    holder, desk = await opened(home)
    first = holder.state.hash
    home.write("verdict: block", "verdict: hold")
    file = home.setup.folder / "tests" / "consent.yaml"
    file.write_text(file.read_text().replace("verdict: block", "verdict: hold"))
    told = await desk.promote(None, ANN, "ask a person")
    assert told["tried"]["rows"] == 1
    active = holder.history.active
    assert active is not None
    assert (active.digest, active.how, active.who, active.why) == (
        holder.current.policy.hash, "promote", ANN, "ask a person",
    )  # fmt: skip
    assert active.digest != first
    assert (holder.state.differs, holder.state.pinned) == (False, False)
    body = home.journal.written[-1][2]
    assert (body["who"], body["why"], body["before"]) == (ANN, "ask a person", first)
    with pytest.raises(InputRejected, match="in force already"):
        await desk.promote(None, ANN, "again")


async def test_a_folder_that_does_not_hold_changes_nothing(tmp_path: Path) -> None:
    home = house(tmp_path, promoted_only=True)
    holder, desk = await opened(home)
    before, written = holder.current, len(home.journal.written)
    table(home.setup.folder, "[us.other]")
    home.write("verdict: block", "verdict: hold")
    with pytest.raises(PolicyError, match=r"tests/consent\.yaml:2:5"):
        await desk.promote(None, ANN, "why not")
    home.write("verdict: hold", "verdict: hodl")
    with pytest.raises(PolicyError, match="did you mean"):
        await desk.promote(None, ANN, "why not")
    assert holder.current is before and len(home.journal.written) == written
    assert len(list(home.setup.versions.home.iterdir())) == 1


async def test_another_folder_than_the_live_one_stays_until_the_live_one_changes(
    tmp_path: Path,
) -> None:
    home = house(tmp_path)
    holder, desk = await opened(home)
    other = shutil.copytree(home.setup.folder, tmp_path / "other")
    (other / "floor" / "us.yaml").write_text(
        (other / "floor" / "us.yaml").read_text().replace("verdict: block", "verdict: hold")
    )
    told = await desk.promote(other, ANN, "an experiment")
    assert told["pinned"] is True
    assert (await holder.reload()).hash == told["active"]["digest"]
    assert (await home.holder()).state.hash == told["active"]["digest"]
    home.write("verdict: block", "verdict: flag")
    assert (await holder.reload()).pinned is False
    assert holder.state.hash != told["active"]["digest"]


async def test_a_rollback_is_at_once_lasts_over_a_restart_and_ends_with_a_change(
    tmp_path: Path,
) -> None:
    home = house(tmp_path)
    holder, desk = await opened(home)
    good = holder.state.hash
    with pytest.raises(InputRejected, match="no other version"):
        await desk.roll_back(None, ANN, "nothing there")
    home.write("verdict: block", "verdict: flag")
    bad = (await holder.reload()).hash
    told = await desk.roll_back(None, ANN, "it lets too much go")
    assert (told["active"]["digest"], told["pinned"]) == (good, True)
    assert (await home.holder()).state.hash == good
    with pytest.raises(InputRejected, match="in force already"):
        await desk.roll_back(good[:8], ANN, "again")
    assert (await desk.roll_back(bad[:12], ANN, "no, it was right"))["pinned"] is False
    assert [each.how for each in holder.history.activations] == [
        "start", "watch", "rollback", "rollback",
    ]  # fmt: skip
    with pytest.raises(NotThere):
        await desk.roll_back("0" * 64, ANN, "unknown")


async def test_a_rollback_away_from_a_faulty_folder_waits_for_it_to_be_mended(
    tmp_path: Path,
) -> None:
    home = house(tmp_path)
    holder, desk = await opened(home)
    first = holder.state.hash
    home.write("verdict: block", "verdict: flag")
    await holder.reload()
    home.write("verdict: flag", "verdict: flog")
    await holder.reload()
    await desk.roll_back(first, ANN, "as it was")
    assert (await home.holder()).state.hash == first
    home.write("verdict: flog", "verdict: hold")
    assert (await holder.reload()).hash != first


async def test_a_rollback_does_not_wait_for_somebody_elses_trial(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is the emergency exit."""
    begun, go = asyncio.Event(), asyncio.Event()

    async def slow(_folder: Path) -> Trial:
        begun.set()
        await go.wait()
        raise AssertionError("not reached")

    home = house(tmp_path)
    holder, desk = await opened(home)
    first = holder.state.hash
    home.write("verdict: block", "verdict: flag")
    await holder.reload()
    monkeypatch.setattr(module, "tried", slow)
    home.write("verdict: flag", "verdict: hold")
    promoting = asyncio.create_task(desk.promote(None, BOB, "slowly"))
    await begun.wait()
    await desk.roll_back(first, ANN, "now")
    assert holder.state.hash == first
    promoting.cancel()
    await asyncio.gather(promoting, return_exceptions=True)


async def two_persons(tmp_path: Path, **more: Any) -> tuple[House, PolicyHolder, RolloutDesk, str]:
    """A house in which ANN has proposed a change."""
    home = house(tmp_path, promoted_only=True, approvals=2, **more)
    holder, desk = await opened(home)
    home.write("verdict: block", "verdict: hold")
    told = await desk.promote(None, ANN, "ask a person")
    return home, holder, desk, told["proposed"]["digest"]


async def test_two_persons_put_in_force_exactly_what_was_proposed(tmp_path: Path) -> None:
    home, holder, desk, digest = await two_persons(tmp_path)
    first = holder.state.hash
    assert first != digest
    assert home.journal.written[-1][:2] == (PROPOSED, digest)
    home.write("verdict: hold", "verdict: flag")  # what is approved is not what lies there now
    with pytest.raises(NotAllowed, match="key:ann proposed it"):
        await desk.approve(digest, ANN)
    assert holder.state.hash == first
    await desk.approve(digest[:8], BOB)
    assert holder.state.hash == digest
    active = holder.history.active
    assert active is not None
    assert (active.who, active.approved_by, active.how) == (ANN, BOB, "promote")
    assert home.journal.written[-1][2]["approved_by"] == BOB
    assert holder.history.proposals == ()
    with pytest.raises(NotThere):
        await desk.approve(digest, BOB)
    await desk.roll_back(None, ANN, "one person may go back")
    assert holder.state.hash == first


async def test_a_proposal_lasts_over_a_restart_and_expires(tmp_path: Path) -> None:
    home, _, _, digest = await two_persons(tmp_path, proposals_last=timedelta(minutes=30))
    holder, desk = await opened(home)
    assert [each["digest"] for each in (await desk.status())["proposals"]] == [digest]
    home.clock.looks += 30
    assert not (await desk.status())["proposals"]
    with pytest.raises(NotThere):
        await desk.approve(digest, BOB)
    assert holder.state.hash != digest


async def test_a_proposal_whose_files_were_changed_cannot_be_approved(tmp_path: Path) -> None:
    home, holder, desk, digest = await two_persons(tmp_path)
    file = home.setup.versions.path(digest) / "floor" / "us.yaml"
    file.write_text(file.read_text().replace("verdict: hold", "verdict: flag"))
    with pytest.raises(PolicyError, match="were changed"):
        await desk.approve(digest, BOB)
    assert holder.state.hash != digest


async def test_a_proposal_is_withdrawn_on_record_and_never_rolled_back_to(tmp_path: Path) -> None:
    home, holder, desk, digest = await two_persons(tmp_path)
    with pytest.raises(InputRejected, match="never in force"):
        await desk.roll_back(digest, ANN, "past the second person")
    await desk.withdraw(digest, BOB, "not yet")
    assert (home.journal.written[-1][0], holder.history.proposals) == (WITHDRAWN, ())
    with pytest.raises(NotThere):
        await desk.approve(digest, BOB)


async def test_the_status_tells_what_the_folder_says_instead(tmp_path: Path) -> None:
    home = house(tmp_path, promoted_only=True)
    holder, desk = await opened(home)
    assert (await desk.status())["difference"] is None
    home.write("verdict: block", "verdict: hold")
    await holder.reload()
    told = await desk.status()
    assert told["difference"]["rules"]["changed"] == ("us.consent: verdict",)
    assert (told["activation"], told["approvals"]) == ("promote", 1)
    assert told["active"]["digest"] == told["hash"] != told["candidate"]
    shutil.rmtree(home.setup.folder)
    await desk.reload()
    told = await desk.status()
    assert told["difference"]["rules"] is None and told["faults"]
