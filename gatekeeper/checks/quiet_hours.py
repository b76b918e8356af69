"""Is it, wherever the called party may be, an hour at which the message may come?"""

from __future__ import annotations

from gatekeeper.checks.answer import answers_recipient
from gatekeeper.checks.contract import Check, Params
from gatekeeper.domain.facts import Facts
from gatekeeper.domain.finding import Finding
from gatekeeper.domain.reason import Reason
from gatekeeper.numbering.windows import Week, first_open, week
from gatekeeper.policy.model import Rule
