"""How is the policy of a gate set up: from its settings, over its journal, and for its commands?"""

from __future__ import annotations

from datetime import timedelta

from gatekeeper.domain.standing import AdminKey
from gatekeeper.pipeline.identify import admin_by_key
from gatekeeper.proxy.admin_policy import PolicyEndpoints
from gatekeeper.proxy.configured import Configuration
from gatekeeper.proxy.foundation import Foundation, now
from gatekeeper.rollout.activate import PolicyHolder
from gatekeeper.rollout.desk import RolloutDesk
from gatekeeper.rollout.notary import Notary
from gatekeeper.rollout.setup import Setup
from gatekeeper.settings import Settings


async def open_policies(settings: Settings, ground: Foundation) -> PolicyHolder:
    """The policy that the gate starts with, on record; raises if there is none to judge by."""
    notary = Notary(ground.journal, settings.journal_folder)
    return await PolicyHolder.open(setup_of(settings), now, notary)


def policy_endpoints(policies: PolicyHolder, configuration: Configuration) -> PolicyEndpoints:
    """What commands may ask about the policy."""

    def key_of(token: str) -> AdminKey | None:
        return admin_by_key(configuration.current, token, now())

    return PolicyEndpoints(RolloutDesk(policies), key_of)


def setup_of(settings: Settings) -> Setup:
    """What the settings say of changes of policy."""
    return Setup(
        folder=settings.policies,
        data=settings.data,
        promoted_only=settings.policy_activation == "promote",
        approvals=settings.policy_approvals,
        keep=settings.policy_versions_kept,
        proposals_last=timedelta(hours=settings.policy_proposal_hours),
    )
