"""What can a person do about the policy in force: promote, approve, withdraw, roll back, look?

Every change names who and why, is on record before it binds, and is proved first: the rules' own
tests, near-misses and the folder's decision tables.
"""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from pathlib import Path
from typing import Any

import msgspec

from gatekeeper.errors import GatekeeperError, InputRejected, PolicyError
from gatekeeper.rollout import approval
from gatekeeper.rollout.activate import Change, PolicyHolder, PolicyState
from gatekeeper.rollout.difference import difference
from gatekeeper.rollout.examine import Found, copied, examined, kept, names_of
from gatekeeper.rollout.history import Actor, Proposal
from gatekeeper.rollout.notary import PROPOSED, WITHDRAWN
from gatekeeper.rollout.ready import Judge
from gatekeeper.rollout.setup import Setup
from gatekeeper.rollout.trial import Trial, tried

Json = dict[str, Any]


class RolloutDesk:
    """The commands of people, one at a time."""

    def __init__(self, holder: PolicyHolder) -> None:
        self._holder = holder

    async def promote(self, folder: Path | None, who: Actor, why: str) -> Json:
        """Put a folder's policy in force, or propose it where that takes two persons.

        PolicyError with every fault if it does not hold: then nothing changes.
        """
        holder, setup = self._holder, self._setup
        found = await asyncio.to_thread(examined, folder or setup.folder, setup.versions)
        try:
            held = _sound(await tried(found.draft.path), found.digest)
            async with holder.turn:  # not before: a rollback does not wait for a trial
                if found.digest == holder.state.hash:
                    raise InputRejected(f"{found.digest[:12]} is in force already")
                if setup.approvals > 1:
                    return {"proposed": await self._propose(found, who, why), "tried": held}
                made = await self._put(found.judge, Change("promote", who, why), found)
        finally:
            await asyncio.to_thread(setup.versions.discard, found.draft)
        return await self._done(made, held)

    async def approve(self, digest: str, who: Actor) -> Json:
        """Put a proposed version in force, exactly as it was proposed."""
        holder, setup = self._holder, self._setup
        name = self._proposal(digest, who).digest
        judge = await asyncio.to_thread(kept, name, setup.versions)
        held = _sound(await tried(setup.versions.path(name)), name)
        async with holder.turn:
            proposal = self._proposal(name, who)  # it may have been withdrawn meanwhile
            change = Change("promote", proposal.who, proposal.why, approved_by=who)
            made = await self._put(judge, change, None)
        return await self._done(made, held)

    async def withdraw(self, digest: str, who: Actor, why: str) -> Json:
        """Take a proposal away; anybody may who could have made one."""
        holder = self._holder
        async with holder.turn:
            proposals, at = holder.history.proposals, holder.clock()
            gone = approval.found(proposals, digest, at)
            body = {"hash": gone.digest, "who": who, "why": why, "proposed_by": gone.who}
            await holder.notary.record(WITHDRAWN, gone.digest, body)
            left = [each for each in approval.open_at(proposals, at) if each is not gone]
            await holder.write(holder.history.proposing(*left))
        return {"withdrawn": gone.digest}

    async def roll_back(self, digest: str | None, who: Actor, why: str) -> Json:
        """Put an earlier version in force again, at once and by one person: the emergency exit."""
        holder, setup = self._holder, self._setup
        async with holder.turn:
            wanted = digest or holder.history.before()
            if wanted is None:
                raise InputRejected("no other version was in force before this one")
            name = setup.versions.path(wanted).name
            if name == holder.state.hash:
                raise InputRejected(f"{name[:12]} is in force already")
            if not any(each.digest == name for each in holder.history.activations):
                raise InputRejected(f"{name[:12]} was never in force: promote it")
            judge = await asyncio.to_thread(kept, name, setup.versions)
            made = await self._put(judge, Change("rollback", who, why), None)
        return await self._done(made, None)

    async def reload(self) -> PolicyState:
        """Look at the folder now."""
        return await self._holder.reload()

    async def status(self) -> Json:
        """What is in force, since when and why; what the folder says instead; what is proposed."""
        holder, setup = self._holder, self._setup
        state, history = holder.state, holder.history
        standing = approval.open_at(history.proposals, holder.clock())
        return {
            **asdict(state),
            "active": msgspec.to_builtins(history.active),
            "activation": "promote" if setup.promoted_only else "watch",
            "approvals": setup.approvals,
            "folder": str(setup.folder),
            "number": history.number,
            "versions": list(history.newest(setup.keep)),
            "proposals": msgspec.to_builtins(standing),
            "difference": await self._difference() if state.differs else None,
        }

    def _proposal(self, digest: str, approver: Actor) -> Proposal:
        """The open proposal, which that person may approve."""
        holder = self._holder
        proposal = approval.found(holder.history.proposals, digest, holder.clock())
        approval.may_approve(proposal, approver)
        return proposal

    @property
    def _setup(self) -> Setup:
        return self._holder.setup

    async def _put(self, judge: Judge, change: Change, found: Found | None) -> Json:
        """Put a version in force; the live folder stays out for as long as it is as it is now."""
        holder, setup = self._holder, self._setup
        left: tuple[str, ...] = ()
        if not setup.promoted_only:
            names = await asyncio.to_thread(names_of, setup.folder, setup.versions)
            left = () if judge.policy.hash in names else names
        made = await holder.put_in_force(judge, change, found=found, left=left)
        told: Json = msgspec.to_builtins(made)
        return told

    async def _done(self, made: Json, held: Json | None) -> Json:
        """Look at the folder anew, so that the state says how it stands to what is in force."""
        state = await self._holder.reload()
        return {"active": made, "tried": held, "differs": state.differs, "pinned": state.pinned}

    async def _propose(self, found: Found, who: Actor, why: str) -> Json:
        holder, setup, at = self._holder, self._setup, self._holder.clock()
        new = Proposal(found.digest, at, at + setup.proposals_last, who, why)
        proposals = approval.with_proposal(holder.history.proposals, new, at)
        await asyncio.to_thread(setup.versions.keep, found.draft, found.digest)
        body = {"hash": new.digest, "who": who, "why": why, "expires": new.expires}
        await holder.notary.record(PROPOSED, new.digest, body)
        await holder.write(holder.history.proposing(*proposals))
        told: Json = msgspec.to_builtins(new)
        return told

    async def _difference(self) -> Json | None:
        """From what is in force to what the folder says; None if it cannot be read."""
        holder = self._holder
        try:
            return await asyncio.to_thread(_from_active, holder.setup, holder.state.hash)
        except (GatekeeperError, OSError):
            return None


def _from_active(setup: Setup, digest: str) -> Json:
    with copied(setup.folder, setup.versions) as draft:
        return asdict(difference(setup.versions.path(digest), draft.path))


def _sound(trial: Trial, digest: str) -> Json:
    """What was tried; PolicyError if not all of it held, or if it was not this version."""
    if trial.faults:
        raise PolicyError(trial.faults)
    if trial.digest != digest:
        raise PolicyError(("-:1:1: what was tried is not what was read",))
    counts = ("examples", "rows", "near_misses")
    return {name: getattr(trial, name) for name in counts}
