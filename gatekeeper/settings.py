"""What can an operator set? Environment variables only, each with the prefix `GATEKEEPER_`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SHIPPED = Path(__file__).parent
CHECKOUT = SHIPPED.parent


def shipped_folder(name: str) -> Path:
    """`policies` or `models`: beside the package in a checkout, inside it in a wheel."""
    inside = SHIPPED / "_data" / name
    return inside if inside.is_dir() else CHECKOUT / name


class Settings(BaseSettings):
    """All settings with their defaults; read once at start, passed down as one value."""

    model_config = SettingsConfigDict(env_prefix="GATEKEEPER_", frozen=True, extra="ignore")

    data: Path = Field(
        Path("data"), description="Data folder: journal, keyring, embedded store, admin socket."
    )
    listen: str = Field("127.0.0.1:8080", description="Address of the gate for apps: host:port.")
    tls_listen: str | None = Field(
        None, description="Address for apps under TLS: host:port. Needs a certificate."
    )
    tls_cert: Path | None = Field(
        None, description="PEM file of the certificate to show; else that of `gatekeeper tls init`."
    )
    tls_key: Path | None = Field(None, description="PEM file of its key, without a password.")
    proxy_listen: str | None = Field(
        None,
        description="Address of the gate as an HTTP proxy (`HTTPS_PROXY`) that stands in for the "
        "vendors' hosts: host:port. Needs `gatekeeper tls init`.",
    )
    ops_listen: str = Field(
        "127.0.0.1:8081", description="Address of /metrics, /livez and /readyz: host:port."
    )
    redis_url: SecretStr | None = Field(
        None, description="Redis 7.0+ or Valkey 7.2+ to use instead of the embedded server."
    )
    policies: Path = Field(
        default_factory=lambda: shipped_folder("policies"), description="Folder of policy files."
    )
    policy_activation: Literal["watch", "promote"] = Field(
        "watch",
        description="How a changed folder of policy files comes into force: `watch`, by itself "
        "once it is sound; `promote`, by `gatekeeper policy promote` only.",
    )
    policy_approvals: Literal[1, 2] = Field(
        1,
        description="Persons that a promotion takes: with 2 another one must approve it "
        "(needs `GATEKEEPER_POLICY_ACTIVATION=promote`).",
    )
    policy_proposal_hours: float = Field(
        24, gt=0, le=720, description="A promotion that nobody approves in this time expires."
    )
    policy_versions_kept: int = Field(
        20, ge=2, le=500, description="Policy versions whose files stay, the active one included."
    )
    models: Path = Field(
        default_factory=lambda: shipped_folder("models"), description="Folder of spaCy pipelines."
    )
    upstream_twilio: str = Field(
        "sandbox",
        description="Where allowed Twilio requests go: `sandbox` (built in) or a base URL.",
    )
    upstreams: dict[str, str] = Field(
        default_factory=dict,
        description="Where allowed requests of each provider's service go, as JSON: "
        '`{"vonage": "live", "telnyx": "https://...", "plivo": "sandbox"}`. `live` is the '
        "vendor's own host. With any upstream set, those that are not named are closed.",
    )
    public_url: str | None = Field(
        None,
        pattern=r"^https?://[^\s?#]+$",
        description="Base URL under which providers reach the gate for webhooks, as they sign it.",
    )
    relay_private: bool = Field(
        False,
        description="Webhooks may be passed on to apps on this machine and in private networks.",
    )
    demo: bool = Field(False, description="Create the demo tenant at start, if it is not there.")
    store_durability: Literal["confirmed", "journal_only"] = Field(
        "confirmed",
        description="What an acknowledged change waits for: `confirmed`, the journal and the "
        "store's disk; `journal_only`, the journal, and a store that may lose it is accepted.",
    )
    store_timeout_ms: int = Field(250, ge=1, description="The store answers in this time, or 503.")
    journal_timeout_ms: int = Field(
        1000, ge=1, description="A record is durable in this time, or 503."
    )
    upstream_timeout_s: float = Field(
        25.0, gt=0, description="The provider answers in this time, or 504 and never a resend."
    )
    assembly_s: int = Field(
        0,
        ge=0,
        le=120,
        description="Seconds in which a card or id that two messages hold between them is put "
        "together (120 at most). 0, the default: the end of no message is kept.",
    )
    max_body_bytes: int = Field(262_144, ge=1024, description="A larger request body gets 413.")
    list_versions_kept: int = Field(
        2,
        ge=2,
        le=100,
        description="Versions of a list that stay at hand, the active one included.",
    )
    zone_data_days: int = Field(
        365, ge=1, description="`doctor` warns of time-zone data that is older than this."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="debug, info, warning or error."
    )

    @field_validator("policy_approvals", mode="before")
    @classmethod
    def _number(cls, given: object) -> object:
        return int(given) if given in ("1", "2") else given

    @field_validator("policy_approvals")
    @classmethod
    def _not_beside_a_live_folder(cls, given: int, info: ValidationInfo) -> int:
        if given > 1 and info.data.get("policy_activation") != "promote":
            raise ValueError(
                "2 needs GATEKEEPER_POLICY_ACTIVATION=promote: a live folder asks no one"
            )
        return given

    @property
    def admin_socket(self) -> Path:
        """The private (0600) unix socket that commands use to change state."""
        return self.data / "admin.sock"

    @property
    def journal_folder(self) -> Path:
        """Where the journal's streams lie."""
        return self.data / "journal"

    @property
    def keyring_file(self) -> Path:
        """The installation's keys."""
        return self.data / "keyring.json"

    @property
    def key_store(self) -> Path:
        """The keys of persons' evidence, each of which can be destroyed."""
        return self.data / "keys" / "persons.sqlite"
