"""Which way is a check's parameter stricter? One comparison for each, by the check's name.

A comparison is given the floor's parameters and the tenant's; it answers None where the tenant's
stop whatever the floor's stop, else in which circumstances they do not.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from gatekeeper.checks.looser_consent import CONSENT
from gatekeeper.checks.looser_hours import opened
from gatekeeper.checks.terms import ordinal
from gatekeeper.domain.consent import Basis
from gatekeeper.domain.words import Purpose

Compare = Callable[[Any, Any], str | None]
Compared = tuple[tuple[tuple[str, ...], Compare], ...]
"""Names of parameters, and what compares them."""


def at_least_all(name: str, told: str) -> tuple[tuple[str, ...], Compare]:
    """Stricter with more of them."""

    def compare(was: Any, now: Any) -> str | None:
        return _one(getattr(was, name), getattr(now, name), told)

    return (name,), compare


def at_most_all(name: str, told: str) -> tuple[tuple[str, ...], Compare]:
    """Stricter with fewer of them: each is an exception."""

    def compare(was: Any, now: Any) -> str | None:
        return _one(getattr(now, name), getattr(was, name), told)

    return (name,), compare


def at_most(name: str, told: str) -> tuple[tuple[str, ...], Compare]:
    """Stricter the smaller; None is no limit."""

    def compare(was: Any, now: Any) -> str | None:
        limit, given = getattr(was, name), getattr(now, name)
        if limit is None or (given is not None and given <= limit):
            return None
        return told.format(limit)

    return (name,), compare


def excused_by_basis(name: str) -> tuple[tuple[str, ...], Compare]:
    """Stricter the stronger the consent must be that lifts a rule; None: none does."""

    def compare(was: Any, now: Any) -> str | None:
        before: Basis | None = getattr(was, name)
        after: Basis | None = getattr(now, name)
        if after is None or (before is not None and after.rank >= before.rank):
            return None
        return f"with {after.replace('_', ' ')} consent on record"

    return (name,), compare


def excused_by_months(name: str) -> tuple[tuple[str, ...], Compare]:
    """Stricter the fewer relations lift a rule, and the shorter."""

    def compare(was: Any, now: Any) -> str | None:
        before: Mapping[str, int] = getattr(was, name)
        for source, months in getattr(now, name).items():
            if months > before.get(source, 0):
                age = before.get(source, 0)
                return f"where a relation ({source}) is {age} months old"
        return None

    return (name,), compare


def held(name: str, told: str) -> tuple[tuple[str, ...], Compare]:
    """Stricter when set."""
    return (name,), lambda was, now: told if getattr(was, name) > getattr(now, name) else None


def _one(all_of: Collection[Any], of: Collection[Any], told: str) -> str | None:
    missing = min((str(each) for each in all_of if each not in of), default=None)
    return None if missing is None else told.format(missing)


def _counted(was: Any, now: Any) -> str | None:
    """Of the sends that the floor counts, those which the tenant's rule would not."""
    full = f"after {was.max} messages within {was.window_hours} hours"
    if now.max > was.max:
        return full
    if now.window_hours < was.window_hours:
        return f"{full}, all of them more than {now.window_hours} hours ago,"
    left = [each for each in was.purposes or Purpose if each not in now.purposes]
    return f"{full}, of purpose {min(left)}," if now.purposes and left else None


def _matched(was: Any, now: Any) -> str | None:
    if now.at_least > was.at_least:
        return f"for a match of likelihood {was.at_least.label}"
    if now.below is not None and (was.below is None or now.below < was.below):
        return f"for a match of likelihood {max(now.below, was.at_least).label}"
    return None


def _kinds(was: Any, now: Any) -> str | None:
    """Naming none speaks of all."""
    if not now.kinds:
        return None
    if not was.kinds:
        return f"for content of another kind than {min(now.kinds)}"
    return _one(was.kinds, now.kinds, "for content behind {}")


_GATED = "for a sender with an age gate"


def _categories(was: Any, now: Any) -> str | None:
    """Naming none speaks of all."""
    if not now.categories:
        return None
    if not was.categories:
        return f"for a match of another category than {min(now.categories)}"
    return _one(was.categories, now.categories, "for a match of the category {}")


def _answered(was: Any, now: Any) -> str | None:
    """A tag that is not named has the hours of a message without one."""
    for tag in (None, *sorted({*was.tags, *now.tags})):
        before, after = was.tags.get(tag, was.hours), now.tags.get(tag, now.hours)
        if after > before:
            tagged = f" under the tag {tag}" if tag else ""
            return f"{before} hours after the recipient's last message{tagged}"
    return None


def _version(name: str) -> tuple[tuple[str, ...], Compare]:
    def compare(was: Any, now: Any) -> str | None:
        before, after = getattr(was, name), getattr(now, name)
        if before is None or (after is not None and ordinal(after) >= ordinal(before)):
            return None
        return f"with terms older than version {before}"

    return (name,), compare


_LIFTING: Compared = (excused_by_basis("unless_consent"), excused_by_months("excuse_months"))


def _unasked(was: Any, now: Any) -> str | None:
    """What lifts it where a list was not asked lifts no more than for the floor."""
    for _, compare in _LIFTING:
        where = compare(was.excuse_unasked, now.excuse_unasked)
        if where is not None:
            return f"{where}, where a list was not asked,"
    return None


_LISTED: Compared = (
    at_least_all("lists", "for a number on list {}"),
    held("required", "where a list was not asked"),
    at_most("max_age_days", "with a list that is more than {} days old"),
    excused_by_basis("excused_by"),
    excused_by_months("excuse_months"),
    at_most_all("excused_by_list", "for a number that is on list {} too"),
)

COMPARED: Mapping[str, Compared] = {
    "quiet_hours": (
        (("windows", "dated", "banned"), opened),
        at_most_all("except_countries", "for a person in {}"),
        *_LIFTING,
    ),
    "frequency": (
        (("max", "window_hours", "purposes"), _counted),
        *_LIFTING,
    ),
    "consent": CONSENT,
    "dnc": _LISTED,
    "reassigned": (*_LISTED, (("excuse_unasked",), _unasked)),
    "content": (
        (("at_least", "below"), _matched),
        (("categories",), _categories),
        at_most_all("except_categories", "for a match of the category {}"),
        at_most("severity", "for a match of severity {}"),
        (("ungated",), lambda was, now: _GATED if now.ungated > was.ungated else None),
    ),
    "reads_as": (
        at_least_all("kinds", "for a text that reads as {}"),
        at_most("at_least", "for a text that reads so with a score of {}"),
    ),
    "registration": (at_least_all("kinds", "for a sender of kind {}"),),
    "sender_proof": (
        at_least_all("kinds", "for a sender of kind {}"),
        at_most_all("accepted", "with the proof {}"),
    ),
    "sender_kind": (at_least_all("denied", "for a sender of kind {}"),),
    "sender": (
        at_least_all("forged", "for a sender that reads as {}"),
        at_least_all("numbers", "for an invalid sender of kind {}"),
    ),
    "destination": (at_least_all("problems", "for a recipient that reads as {}"),),
    "denied_place": (
        at_least_all("regions", "for a number of {}"),
        at_least_all("prefixes", "for a number that begins with {}"),
    ),
    "carrier_class": (at_least_all("refused", "for a campaign of {}"),),
    "language": (at_most_all("languages", "for a text in {}"),),
    "template": (held("needed", "without a template"),),
    "window": (
        (("hours", "tags"), _answered),
        (
            ("templates",),
            lambda was, now: "for a template" if now.templates > was.templates else None,
        ),
    ),
    "recording": (at_least_all("all_party", "for a call to {}"),),
    "terms": (_version("tenant_from"), _version("end_customer_from")),
    "uninspectable": (
        at_most_all("except_kinds", "for content behind {}"),
        (("kinds",), _kinds),
    ),
}
"""What is not named here, of a check or of its parameters, must stay as it is."""
