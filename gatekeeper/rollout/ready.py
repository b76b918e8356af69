"""Is a folder of policies fit to judge by: does it load, compile, and do what it says?"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from gatekeeper.checks import CHECKS
from gatekeeper.domain.fault_codes import Code
from gatekeeper.domain.words import Mode
from gatekeeper.errors import PolicyError
from gatekeeper.policy.disclosures import DisclosureLanguage
from gatekeeper.policy.faults import Fault, found_in, refusal
from gatekeeper.policy.load import drafted, is_detector, load, policy_files
from gatekeeper.policy.model import Detector, Policy
from gatekeeper.rollout.floor import loosened
from gatekeeper.rollout.prove import Proved, prove
from gatekeeper.rollout.prove_disclosures import prove_disclosures
from gatekeeper.rollout.prove_replies import prove_replies
from gatekeeper.rollout.waivable import unwaivable
from gatekeeper.screening.detector_parts import Unshaped, faults_within
from gatekeeper.screening.disclosures import Disclosures
from gatekeeper.screening.replies import Replies
from gatekeeper.screening.screener import Screener
from gatekeeper.settings import Settings

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Judge:
    """A policy with what is compiled from its files: they change together."""

    policy: Policy
    screener: Screener
    """Of its detectors."""
    replies: Replies
    """Of its keyword sets and patterns of replies."""


def check_kinds() -> Mapping[str, type[BaseModel]]:
    """The parameter model of each check, by the name that rules use."""
    return {check.name: check.params for check in CHECKS}


def loaded(folder: Path) -> Judge:
    """Load and compile a folder; raises PolicyError with every fault, examples not yet proved.

    Such a fault is a rule of a tenant that would loosen a rule of all, or a waiver of what nobody
    can let pass.
    """
    with _uncollected():
        return _loaded(folder)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without garbage collection: what is read stays, and looking for it takes half the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _loaded(folder: Path) -> Judge:
    policy = _policy(folder)
    faults: list[Fault] = []
    screener = _kept(faults, Code.DETECTOR, lambda: compiled(policy.detectors, policy.disclosures))
    replies = _kept(faults, Code.REPLIES, lambda: Replies(policy.replies))
    if screener is None or replies is None:
        raise refusal(faults)
    wrong = (*loosened(policy), *unwaivable(policy, screener))
    if wrong:
        raise refusal(wrong)
    return Judge(policy, screener, replies)


def _policy(folder: Path) -> Policy:
    """The folder's policy; what is wrong within detectors is told beside all other faults."""
    try:
        return load(folder, check_kinds())
    except PolicyError as error:
        raise refusal((*found_in(error, Code.SENSELESS), *_within(folder))) from None


def _within(folder: Path) -> Iterator[Fault]:
    try:
        draft = drafted(tuple(policy_files(folder)), check_kinds())
    except PolicyError:
        return
    for document in draft.documents:
        if is_detector(document.file) and isinstance(document.value, dict):
            unshaped = Unshaped.of(document)
            yield from faults_within(unshaped) if unshaped else ()


def _kept(faults: list[Fault], code: Code, make: Callable[[], Made]) -> Made | None:
    """What is made; or None, with its faults added to the list."""
    try:
        return make()
    except PolicyError as error:
        faults += found_in(error, code)
        return None


def ready(folder: Path) -> Judge:
    """Load, compile and prove a folder; raises PolicyError with every fault."""
    judge = loaded(folder)
    faults = [proved.fault for proved in proof(judge) if not proved.holds]
    if faults:
        raise refusal(faults)
    return judge


def proof(judge: Judge) -> tuple[Proved, ...]:
    """Every example of the policy, judged; what is switched off is switched to shadow for it."""
    policy = judge.policy.judging(mode=Mode.SHADOW)
    unchanged = policy.detectors == judge.policy.detectors
    screener = judge.screener if unchanged else Screener(policy.detectors, policy.disclosures)
    plain = Screener(policy.detectors, grammar=False)
    return (
        *prove(policy, screener, plain),
        *prove_replies(policy, judge.replies),
        *prove_disclosures(policy, screener.disclosures),
    )


def compiled(
    detectors: tuple[Detector, ...], disclosures: tuple[DisclosureLanguage, ...] = ()
) -> Screener:
    """The screener of both; raises PolicyError with the faults of all of them."""
    try:
        return Screener(detectors, disclosures, models=Settings().models)
    except PolicyError:
        raise refusal((*_faults(detectors), *_told_faults(disclosures))) from None


def _told_faults(disclosures: tuple[DisclosureLanguage, ...]) -> Iterator[Fault]:
    try:
        Disclosures(disclosures)
    except PolicyError as error:
        yield from found_in(error, Code.PATTERN)


def _faults(detectors: tuple[Detector, ...]) -> Iterator[Fault]:
    for detector in detectors:
        if detector.mode is not Mode.OFF:
            yield from faults_within(detector)
