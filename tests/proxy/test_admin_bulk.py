"""In whose name does a command ask about a list?"""

from __future__ import annotations

import pytest

from gatekeeper.domain.registry import Application, Registry, Tenant
from gatekeeper.errors import InputRejected
from gatekeeper.proxy.admin_bulk import caller_named

SHOP = Application("shop", "acme", "twilio", "AC1")
NEWS = Application("news", "acme", "twilio", "AC1")
ACME = Tenant("acme", "Acme")


def test_the_only_application_need_not_be_named() -> None:
    registry = Registry(tenants={"acme": ACME}, applications={"shop": SHOP})
    assert caller_named(registry, "").application is SHOP
    assert caller_named(registry, "shop").tenant is ACME


def test_one_of_several_is_named_and_a_slip_is_told() -> None:
    registry = Registry(tenants={"acme": ACME}, applications={"shop": SHOP, "news": NEWS})
    with pytest.raises(InputRejected, match="say --app; news, shop"):
        caller_named(registry, "")
    with pytest.raises(InputRejected, match="did you mean shop"):
        caller_named(registry, "shp")
    with pytest.raises(InputRejected, match="none is registered"):
        caller_named(Registry(), "")
