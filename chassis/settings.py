"""What a process is told from outside: read once from the environment, never changed."""

from pathlib import Path

from pydantic import AliasChoices, Field
from pydantic_settings import BaseSettings, SettingsConfigDict


def _standard(name: str) -> AliasChoices:
    """A variable that keeps its customary name, without our prefix."""
    return AliasChoices(name)


class Settings(BaseSettings):
    """Settings that every service has. A service with more of its own extends this class."""

    model_config = SettingsConfigDict(env_prefix="BODEMPLAAT_", frozen=True, extra="ignore")

    nats_url: str = Field(
        default="nats://127.0.0.1:4222",
        validation_alias=_standard("NATS_URL"),
        description="NATS servers, comma-separated",
    )
    nats_seed_file: Path | None = Field(
        default=None, description="File with the NKey seed that this service logs in with"
    )
    database_url: str = Field(
        default="",
        validation_alias=_standard("DATABASE_URL"),
        description="PostgreSQL URL of this service's database, runtime role",
    )
    database_pool: int = Field(default=12, ge=2, le=200, description="Connections at most")
    oin: str = Field(
        default="00000001003214345000",
        pattern=r"^\d{20}$",
        description="OIN of the organisation that runs the system; part of each event's source",
    )
    listen_host: str = Field(default="127.0.0.1", description="Address of health and metrics")
    health_port: int = Field(
        default=0, ge=0, le=65535, description="Port of health and metrics; 0 lets the system pick"
    )
    log_level: str = Field(default="INFO", description="Least severe level that is logged")
    otlp_endpoint: str | None = Field(
        default=None,
        validation_alias=_standard("OTEL_EXPORTER_OTLP_ENDPOINT"),
        description="OTLP/HTTP receiver of traces, such as Jaeger; without it none are sent",
    )
    trace_ratio: float = Field(default=1.0, ge=0, le=1, description="Share of traces recorded")
    command_concurrency: int = Field(
        default=8, ge=1, le=200, description="Commands handled at the same time"
    )
    relay_batch: int = Field(default=500, ge=1, le=1000, description="Events per atomic batch")
    relay_poll_seconds: float = Field(
        default=1.0, gt=0, description="How often the relay looks without being woken"
    )
    timer_poll_seconds: float = Field(
        default=1.0, gt=0, description="How often due timers are looked for"
    )
    publish_timeout_seconds: float = Field(
        default=5.0, gt=0, description="After this, the outcome of a publish is unknown"
    )
    retry_delays_seconds: tuple[float, ...] = Field(
        default=(0.2, 1.0, 5.0, 15.0),
        description="Waits before an event is tried again; then its aggregate is parked",
    )
    reply_days: int = Field(
        default=30,
        ge=1,
        description="Days that a reply is kept; a command may be repeated for as long",
    )
    fault: str | None = Field(
        default=None, description="For tests: the fault point at which the process ends"
    )
    stop_seconds: float = Field(
        default=10.0, gt=0, description="Time that work in flight is given to finish at a stop"
    )
