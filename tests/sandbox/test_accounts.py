"""Is what the sandbox asks for of the form that SDKs accept?"""

from __future__ import annotations

import re

from gatekeeper.sandbox.accounts import SANDBOX_ACCOUNT, SANDBOX_SECRET


def test_the_account_is_one_of_twilios_form_and_the_secret_says_that_it_is_none() -> None:
    assert re.fullmatch("AC[0-9a-f]{32}", SANDBOX_ACCOUNT)
    assert "not-a-secret" in SANDBOX_SECRET
