"""What the gateway is told from outside, beside what every service is told."""

from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from chassis.settings import Settings
from services.gateway.house import NEUTRAL, Houses


class HouseSettings(BaseSettings):
    """In whose colours pages and documents are shown."""

    model_config = SettingsConfigDict(env_prefix="BODEMPLAAT_", frozen=True, extra="ignore")

    themes_folder: Path | None = Field(
        default=None,
        description="Folder with themes of one's own, `<name>.css` each; checked at start",
    )
    centre_theme: str = Field(
        default=NEUTRAL, description="Theme of the service centre, and of whoever has none"
    )

    @model_validator(mode="after")
    def _themes_fit(self) -> Self:
        self.houses()
        return self

    def houses(self) -> Houses:
        return Houses.load(self.themes_folder, self.centre_theme)


class GatewaySettings(Settings, HouseSettings):
    """Frozen; each field is an environment variable with prefix `BODEMPLAAT_`."""

    gateway_host: str = Field(default="127.0.0.1", description="Address that HTTP listens on")
    gateway_port: int = Field(
        default=8080, ge=0, le=65535, description="Port of HTTP; 0 lets the system pick"
    )
    public_url: str = Field(
        default="http://127.0.0.1:8080",
        pattern=r"^https?://[^/]+$",
        description="Origin at which people and systems reach the gateway, without a path",
    )
    oidc_issuer: str = Field(
        default="", description="Issuer of access tokens (OpenID Connect); empty: the dev issuer"
    )
    oidc_audience: str = Field(
        default="bodemplaat", description="`aud` that an access token must carry"
    )
    oidc_client_id: str = Field(
        default="bodemplaat-portal", description="Client id of the portal at the issuer"
    )
    oidc_client_secret: SecretStr | None = Field(
        default=None, description="Client secret of the portal; none for a public client with PKCE"
    )
    oidc_leeway_seconds: int = Field(
        default=5, ge=0, le=300, description="Clock difference that is forgiven in tokens"
    )
    claim_name: str = Field(default="name", description="Claim with a person's display name")
    claim_email: str = Field(default="email", description="Claim with a person's mail address")
    claim_roles: str = Field(default="roles", description="Claim with the list of roles")
    claim_partners: str = Field(
        default="partners", description="Claim with the list of partners a person acts for"
    )
    claim_language: str = Field(default="locale", description="Claim with a person's language")
    pseudonym_secret: SecretStr = Field(
        default=SecretStr(""),
        description="Secret that pseudonyms of people are made with (HMAC); at least 32 characters",
    )
    session_secret: SecretStr = Field(
        default=SecretStr(""),
        description="Secret that seals the portal's session cookies; at least 32 characters",
    )
    requests_per_minute: int = Field(
        default=600, ge=1, description="Requests a minute that one caller may do"
    )
    body_bytes: int = Field(default=64 * 1024, ge=1024, description="Largest request body")
    upload_bytes: int = Field(
        default=2 * 1024 * 1024, ge=1024, description="Largest file that can be sent in"
    )
    reply_timeout_seconds: float = Field(
        default=5.0, gt=0, description="After this, the outcome of a command is unknown: 504"
    )
    heartbeat_seconds: float = Field(
        default=15.0, gt=0, description="Silence after which a live stream shows it is alive"
    )
    dev_issuer: bool = Field(
        default=False,
        description="Run the development issuer; refused unless everything is on loopback",
    )
    dev_issuer_case: Path | None = Field(
        default=None, description="Folder of the case whose people.toml lists who can log in"
    )
    dev_issuer_keys: Path = Field(
        default=Path(".run/devissuer"), description="Folder of the development issuer's keys"
    )

    @model_validator(mode="after")
    def _secrets_are_long(self) -> Self:
        for name in ("pseudonym_secret", "session_secret"):
            secret: SecretStr = getattr(self, name)
            if len(secret.get_secret_value()) < MIN_SECRET:
                raise ValueError(f"{name} must have at least {MIN_SECRET} characters")
        return self

    @property
    def issuer(self) -> str:
        """Whose access tokens are believed."""
        return self.oidc_issuer or f"{self.public_url}/dev-issuer"


MIN_SECRET = 32
