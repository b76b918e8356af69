"""How is Bandwidth's SDK pointed at the gate? It takes a host, and ignores it by default."""

from __future__ import annotations

from gatekeeper.providers.attach import Attach, Lines, Way

_SENDS = """\
client.create_message("<account>", MessageRequest(
    application_id="YOUR_APPLICATION", to=["<to>"], var_from="<from>", text="Your order is ready."
))"""

ATTACH = Attach(
    "the account id",
    (
        Lines(
            "bandwidth-sdk",
            """\
from bandwidth import ApiClient, Configuration
from bandwidth.api.messages_api import MessagesApi
from bandwidth.models import MessageRequest

configuration = Configuration(
    host="<bandwidth>/api/v2",
    ignore_operation_servers=True,  # without it the SDK ignores host
    username="<account>",
    password=<key>,
)
client = MessagesApi(ApiClient(configuration))""",
            _SENDS,
            warning="Without ignore_operation_servers=True the SDK ignores host and says nothing: "
            "every message goes to Bandwidth.",
        ),
        Lines(
            "bandwidth-sdk",
            """\
from bandwidth import ApiClient, Configuration
from bandwidth.api.messages_api import MessagesApi
from bandwidth.models import MessageRequest

configuration = Configuration(username="<account>", password=<key>, ssl_ca_cert="<ca>")
configuration.proxy = "<proxy>"
client = MessagesApi(ApiClient(configuration))""",
            _SENDS,
            (Way.PROXY,),
        ),
    ),
)
