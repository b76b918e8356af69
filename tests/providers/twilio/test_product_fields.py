"""Do our lists of the products' parameters match what the SDK can send?"""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from typing import Any

import pytest
from twilio.rest.api.v2010.account.call import CallContext
from twilio.rest.api.v2010.account.call.user_defined_message import UserDefinedMessageList
from twilio.rest.api.v2010.account.conference.participant import ParticipantList
from twilio.rest.conversations.v1.conversation.message import MessageList
from twilio.rest.notify.v1.service.notification import NotificationList
from twilio.rest.studio.v2.flow.execution import ExecutionList
from twilio.rest.verify.v2.service.verification import VerificationList

from gatekeeper.providers.twilio import product_fields
from gatekeeper.providers.twilio.fields import REPEATABLE, Use
from tests.providers.twilio.test_fields import sent_by

_LISTS = [
    (UserDefinedMessageList, product_fields.USER_MESSAGE_FIELDS),
    (ParticipantList, product_fields.PARTICIPANT_FIELDS),
    (VerificationList, product_fields.VERIFICATION_FIELDS),
    (MessageList, product_fields.CONVERSATION_FIELDS),
    (ExecutionList, product_fields.EXECUTION_FIELDS),
    (NotificationList, product_fields.NOTIFICATION_FIELDS),
]


@pytest.mark.parametrize(("resource", "known"), _LISTS)
def test_our_list_is_the_sdks_list(resource: Any, known: Mapping[str, Use]) -> None:
    """If the SDK learns a parameter, somebody must say what the gate makes of it."""
    names = {name for name in sent_by(resource) if not name.startswith("X")}
    assert set(known) == names


def test_a_change_of_a_call_has_the_sdks_parameters() -> None:
    source = inspect.getsource(CallContext._update)
    assert set(product_fields.LIVE_CALL_FIELDS) == set(re.findall(r'"([A-Z]\w+)": ', source))


def test_only_lists_of_the_sdk_may_repeat() -> None:
    """A parameter that the SDK never repeats and the gate refuses anyway is not asked about."""
    for resource, known in _LISTS:
        source = inspect.getsource(resource._create)
        listed = set(re.findall(r'"([A-Z]\w+)": serialize\.map\(', source))
        refused = {name for name, use in known.items() if use is Use.REFUSED}
        assert listed - refused == REPEATABLE & sent_by(resource)
