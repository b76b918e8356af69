"""How is MessageBird's SDK pointed at the gate? It has no option: its constants are changed."""

from __future__ import annotations

from gatekeeper.providers.attach import Attach, Lines, Way

_SENDS = 'client.message_create("<from>", ["<to>"], "Your order is ready.")'

ATTACH = Attach(
    lines=(
        Lines(
            "messagebird",
            """\
import messagebird
from messagebird import client as module

module.ENDPOINT = "<messagebird>/"
module.CONVERSATION_API_ROOT = "<messagebird-conversations>/v1/"
module.VOICE_API_ROOT = "<messagebird-voice>/"
client = messagebird.Client(<key>)""",
            _SENDS,
            warning="The constants count for the whole process: set them before any client is "
            "made.",
        ),
        Lines(
            "messagebird",
            """\
import messagebird

client = messagebird.Client(<key>)""",
            _SENDS,
            (Way.PROXY,),
        ),
    ),
)
