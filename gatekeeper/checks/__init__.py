"""Which questions are asked of every message? The one visible list, in order of reporting."""

from gatekeeper.checks import (
    consent,
    content,
    denied_place,
    destination,
    dnc,
    emergency_order,
    frequency,
    marketing_template,
    own_will,
    place_known,
    purpose,
    quiet_hours,
    rate,
    recording,
    registration,
    sender,
    sender_kind,
    suspension,
    template,
    uninspectable,
    window,
)
from gatekeeper.checks.contract import Check

CHECKS: tuple[Check, ...] = (
    suspension.CHECK,
    destination.CHECK,
    sender.CHECK,
    denied_place.CHECK,
    sender_kind.CHECK,
    own_will.CHECK,
    purpose.CHECK,
    consent.CHECK,
    dnc.CHECK,
    content.CHECK,
    uninspectable.CHECK,
    registration.CHECK,
    window.CHECK,
    template.CHECK,
    marketing_template.CHECK,
    recording.CHECK,
    emergency_order.CHECK,
    place_known.CHECK,
    quiet_hours.CHECK,
    frequency.CHECK,
    rate.CHECK,
)

__all__ = ["CHECKS", "Check"]
