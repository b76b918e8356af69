"""How is Infobip's SDK pointed at the gate? By the host that every customer must name anyway."""

from __future__ import annotations

from gatekeeper.providers.attach import Attach, Lines

ATTACH = Attach(
    lines=(
        Lines(
            "infobip-api-python-client",
            """\
from infobip_api_client import ApiClient, Configuration, SmsApi
from infobip_api_client.models import SmsRequest

client = SmsApi(ApiClient(Configuration(host="<infobip>", api_key=<key>)))""",
            """\
client.send_sms_messages(SmsRequest.from_dict({"messages": [
    {"sender": "<from>", "destinations": [{"to": "<to>"}], "content": {"text": "It is ready."}}
]}))""",
        ),
    )
)
