"""What does an app send to WhatsApp with pywa? It has no option for its address."""

from __future__ import annotations

from typing import Any

from pywa import WhatsApp
from pywa.types import Button, Contact

from tests.sdk.scenario import Calls, Gate


def connect(gate: Gate) -> Calls:
    """The calls of a client whose session was pointed at the gate."""
    client = WhatsApp(phone_id=gate.account, token=gate.secret)
    session: Any = client.api._session
    session.base_url = str(session.base_url).replace(
        "https://graph.facebook.com", f"{gate.url}/meta"
    )
    return {
        "text": client.send_message,
        "buttons": lambda buttons, **fields: client.send_message(
            buttons=[Button(**each) for each in buttons], **fields
        ),
        "image": client.send_image,
        "document": client.send_document,
        "location": client.send_location,
        "contact": lambda to, contact: client.send_contact(to, _contact(**contact)),
        "template": lambda **fields: client.api.send_message(sender=gate.account, **fields),
        "hard_wired": lambda **fields: WhatsApp(
            phone_id=gate.account, token=gate.secret
        ).send_message(**fields),
    }


def _contact(name: str, phone: str) -> Any:
    return Contact(name=Contact.Name(formatted_name=name), phones=[Contact.Phone(phone=phone)])


def read(error: Any) -> dict[str, Any]:
    """Status and code as an app reads them."""
    return {"status": error.raw_response.status_code, "code": error.code, "text": error.message}
