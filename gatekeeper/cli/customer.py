"""How are a tenant's own customers registered, and with which terms?"""

from __future__ import annotations

from gatekeeper.cli.output import AsJson
from gatekeeper.cli.registry import Id, Name, TenantId, group, state, with_show, with_stops
from gatekeeper.cli.tenant import AcceptedBy, Version, accepted

app = group(
    "End customers: those on whose behalf a tenant sends.",
    "end_customer",
    ("id", "tenant", "name", "terms", "suspended"),
)
with_show(app, "end_customer")
with_stops(app, "end_customer")


@app.command("add")
def add(
    id: Id,  # noqa: A002
    tenant_id: TenantId,
    name: Name = None,
    as_json: AsJson = False,
) -> None:
    """Register an end customer; nothing is sent for it before it took the terms."""
    state("end_customer", {"id": id, "tenant": tenant_id, "name": name}, as_json=as_json)


@app.command("terms")
def terms(
    id: Id,  # noqa: A002
    tenant_id: TenantId,
    version: Version,
    accepted_by: AcceptedBy = None,
    as_json: AsJson = False,
) -> None:
    """Record that an end customer accepted a version of the terms."""
    said = {"id": id, "tenant": tenant_id, "terms": accepted(version, accepted_by)}
    state("end_customer", said, as_json=as_json)
