"""How an export of another system is read: which column holds what, which word means what."""

import tomllib
from pathlib import Path
from string import Template
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from contracts.tickets import Channel
from contracts.values import Domain, ItemCode, PartnerSlug, ShortText, TicketKind

READY = Path(__file__).parent / "mappings"
"""The mappings that come with the product."""

Meaning = Literal[
    "new",
    "in-progress",
    "waiting-on-user",
    "waiting-on-supplier",
    "waiting-on-change-window",
    "resolved",
    "closed",
    "cancelled",
    "unknown",
]
"""What a state of the other system says; of `unknown` nothing is known, and the row is refused."""
Level = Literal[1, 2, 3]
_OneOrMore = Annotated[
    tuple[str, ...],
    BeforeValidator(lambda value: (value,) if isinstance(value, str) else value),
]
Templates = Annotated[_OneOrMore, Field(min_length=1)]
Moments = _OneOrMore
"""Columns of which the first that is not absent tells a moment."""


class Text(Template):
    """`$column`, or `${column}` with whatever the column's name has in it."""

    braceidpattern = r"[^{}$]+"


class MappingInvalid(Exception):
    """The mapping file breaks a rule, or there is none of that name."""


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Columns(_Table):
    """Names of columns. Without `changed_at` there is one row per ticket, as it stands now."""

    number: str
    opened_at: str
    state: str
    order: str | None = None
    changed_at: str | None = None
    resolved_at: Moments = ()
    closed_at: Moments = ()
    cancelled_at: Moments = ()
    responded_at: Moments = ()
    waiting_since: Moments = ()
    team: str | None = None
    requester: str | None = None
    requester_key: str | None = None
    impact: str | None = None
    urgency: str | None = None


class ChannelRule(_Table):
    column: str | None = None
    default: Channel = "import"
    values: dict[str, Channel] = {}


class PartnerRule(_Table):
    column: str | None = None
    default: PartnerSlug | None = None
    values: dict[str, PartnerSlug] = {}


class ItemRule(_Table):
    """Rows whose value is not listed are out of catalogue."""

    column: str | None = None
    values: dict[str, ItemCode] = {}


class Mapping(_Table):
    """A mapping file; docs/import.md explains it for people."""

    source: str = Field(min_length=1, max_length=60)
    kind: TicketKind = "incident"
    domain: Domain = "ict"
    time_zone: str
    time_format: str
    absent: tuple[str, ...] = ("",)
    title: Templates
    description: Templates = ("",)
    columns: Columns
    states: dict[str, Meaning] = Field(min_length=1)
    flags: dict[str, Meaning] = {}
    impact: dict[str, Level] = {}
    urgency: dict[str, Level] = {}
    default_impact: Level = 3
    default_urgency: Level = 3
    default_team: ShortText = "Servicedesk"
    channels: ChannelRule = ChannelRule()
    partners: PartnerRule = PartnerRule()
    items: ItemRule = ItemRule()

    @field_validator("time_zone")
    @classmethod
    def _exists(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError(f"no time zone {value!r}") from None
        return value

    @field_validator("title", "description")
    @classmethod
    def _are_templates(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for text in value:
            if not Text(text).is_valid():
                raise ValueError(f"{text!r} is no template: write $column or ${{column}}")
        return value

    @property
    def required_columns(self) -> frozenset[str]:
        """Without these columns nothing of a file can be read."""
        return frozenset({self.columns.number, self.columns.opened_at, self.columns.state})


def load_mapping(name: str | Path) -> Mapping:
    """A ready mapping by its name, or the mapping in a file. Raises `MappingInvalid`."""
    path = READY / f"{name}.toml" if Path(name).suffix != ".toml" else Path(name)
    try:
        return Mapping.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        ready = ", ".join(sorted(file.stem for file in READY.glob("*.toml")))
        raise MappingInvalid(f"no mapping {str(name)!r}; ready ones are: {ready}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingInvalid(f"{path.name}: is not TOML: {error}") from None
    except ValidationError as error:
        rules = (
            f"{path.name}: {'.'.join(map(str, found['loc']))}: {found['msg']}"
            for found in error.errors(include_url=False)
        )
        raise MappingInvalid("\n".join(rules)) from None
