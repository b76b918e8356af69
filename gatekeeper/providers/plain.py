"""What does a provider do unless it says otherwise? One JSON body, no answers to webhooks.

A provider's class derives from this and gives what its API has beyond it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gatekeeper.domain.match import Span
from gatekeeper.domain.message import OutboundRequest
from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.attach import Attach
from gatekeeper.providers.contract import (
    Carrier,
    Greeting,
    Login,
    Lookup,
    Operation,
    RawRequest,
    Reply,
)
from gatekeeper.providers.json_body import masked_json
from gatekeeper.providers.webhook import InboundEvent, Meaning, OptOutPage


class Plain:
    """The defaults of the contract."""

    deadline_s: float | None = None
    login: Login | None = None
    lookup: Lookup | None = None
    carrier: Carrier | None = None
    attach = Attach()

    def redact(self, raw: RawRequest, spans: Sequence[Span]) -> RawRequest | None:
        """The same JSON with these spans of its strings masked; None where they lie in none."""
        return masked_json(raw, spans)

    def drop(
        self, raw: RawRequest, operation: Operation, indexes: Sequence[int]
    ) -> RawRequest | None:
        """None: the form has one recipient, or one thread that all of them share."""
        return None

    def greeting(self, raw: RawRequest) -> Greeting | None:
        """None: the provider sends webhooks without asking first."""
        return None

    def unrecorded(self, raw: RawRequest, operation: Operation) -> RawRequest | None:
        """None: a call that may not be recorded is refused."""
        return None

    def reply(self, texts: Sequence[str] = ()) -> Reply:
        """A bare 200: nothing that a webhook is answered is sent to anybody."""
        return Reply(200, (), b"")

    def answers(self, reply: Reply, event: InboundEvent) -> tuple[OutboundRequest, ...]:
        """None: the provider does not read what its webhook is answered."""
        return ()

    def told(self, reply: Reply) -> Meaning:
        """Nothing of the recipient's will."""
        return Meaning.OTHER

    def opt_outs(self, account: str, since: datetime, page: str | None = None) -> RawRequest:
        """Raises AmbiguousRequest: there is no list that could be asked for."""
        raise AmbiguousRequest("This provider has no list of opt-outs that the gate can read.")

    def read_opt_outs(self, reply: Reply) -> OptOutPage:
        """Raises AmbiguousRequest, as there is no such list."""
        raise AmbiguousRequest("This provider has no list of opt-outs that the gate can read.")
