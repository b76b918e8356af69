"""How is Sinch's SDK pointed at the gate? Each of its products has an origin of its own."""

from __future__ import annotations

from gatekeeper.providers.attach import Attach, Lines, Way

_SENDS = """\
client.sms.batches.send_sms(to=["<to>"], from_="<from>", body="Your order is ready.")"""
_CLIENT = """\
from sinch import SinchClient

client = SinchClient(service_plan_id="<account>", sms_api_token=<key>, sms_region="us")"""

ATTACH = Attach(
    "the service plan id, or the project id",
    (
        Lines(
            "sinch",
            _CLIENT
            + """
client.configuration.sms_origin_with_service_plan_id = "<sinch>"
client.configuration.sms_origin = "<sinch-project>"
client.configuration.conversation_origin = "<sinch-conversation>"
client.configuration.auth_origin = "<sinch-auth>\"""",
            _SENDS,
        ),
        Lines("sinch", _CLIENT, _SENDS, (Way.PROXY,)),
    ),
)
