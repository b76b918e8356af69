"""What does a webhook of Conversations tell? Who wrote, where that is a person with an address.

What an app or its chat users write has an identity for its author and is nobody's reply. Our side
is the conversation's messaging service: without one, nobody could say whose words these are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.form_body import Form

ADDED = "onMessageAdded"
"""After a message was added; what comes before it tells the same once more."""
STREAMED = "com.twilio.conversations.message.added"
"""The same as an Event Stream has it."""

_PERSON = re.compile(
    r"\+[0-9]{7,15}|whatsapp:\+[0-9]{7,15}|messenger:[0-9]{1,32}|rcs:\+[0-9]{7,15}"
)
_READ = ("EventType", "AccountSid", "MessageSid", "MessagingServiceSid", "Author", "Body")


def is_conversation(form: Form) -> bool:
    """Whether this webhook is one of Conversations: it is told of events and sends no answer."""
    return "EventType" in form and "ConversationSid" in form


def written(form: Form) -> Mapping[str, str] | None:
    """The fields of a person's message under the names of a number's webhook; None for any other.

    Raises AmbiguousRequest for a field that matters here and is given twice.
    """
    if any(len(form.get(name, ())) > 1 for name in _READ):
        raise AmbiguousRequest("The webhook gives a parameter twice.")
    said = {name: form[name][0] for name in _READ if name in form}
    return by_a_person(said) if said.get("EventType") == ADDED else None


def by_a_person(said: Mapping[str, str]) -> Mapping[str, str] | None:
    """The same of what a webhook or a stream's event says, if a person with an address wrote it."""
    author, service = said.get("Author", ""), said.get("MessagingServiceSid", "")
    if not service or not _PERSON.fullmatch(author):
        return None
    return {**said, "From": author, "MessageStatus": "received"}
