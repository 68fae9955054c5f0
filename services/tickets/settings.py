"""What `tickets` is told from outside besides what every service is."""

from collections.abc import Mapping
from typing import Any, Self, get_args

from pydantic import Field, model_validator

from chassis.settings import Settings
from contracts.values import TicketKind
from services.tickets.domain.activities import Activities
from services.tickets.domain.retention import RETENTION_DAYS
from services.tickets.domain.rules import (
    BACKUP_DAYS,
    CLOSE_AFTER_WORKING_DAYS,
    PRIORITY_MATRIX,
    Policy,
)

LONGEST_DAYS = 36_500
URI = r"^[a-z][a-z0-9+.-]*:\S+$"
_USUAL = Activities()


def _days(kind: TicketKind, kinds: str) -> Any:
    return Field(
        default=RETENTION_DAYS[kind],
        ge=1,
        le=LONGEST_DAYS,
        description=f"Days after their end that {kinds} keep who asked and what people wrote; "
        "not fewer than replies are kept",
    )


def _activity(uri: str, what: str) -> Any:
    return Field(
        default=uri,
        pattern=URI,
        description=f"URI in your register of processing activities of {what}",
    )


class TicketSettings(Settings):
    priority_matrix: tuple[tuple[int, ...], ...] = Field(
        default=PRIORITY_MATRIX,
        description="Priority per impact (rows) and urgency (columns), each from high to low",
    )
    close_after_working_days: int = Field(
        default=CLOSE_AFTER_WORKING_DAYS,
        ge=1,
        le=250,
        description="Working days after which a resolved ticket closes itself",
    )
    retention_days_incident: int = _days("incident", "incidents")
    retention_days_service_request: int = _days("service-request", "service requests")
    retention_days_question: int = _days("question", "questions")
    retention_days_change: int = _days("change", "changes")
    retention_days_problem: int = _days("problem", "problems")
    retention_days_complaint: int = _days("complaint", "complaints")
    retention_days_security_incident: int = _days("security-incident", "security incidents")
    backup_days: int = Field(
        default=BACKUP_DAYS,
        ge=1,
        le=LONGEST_DAYS,
        description="Days that you keep a backup; a certificate of erasure counts with it",
    )
    activity_handling: str = _activity(_USUAL.handling, "handling tickets")
    activity_importing: str = _activity(_USUAL.importing, "taking in histories")
    activity_erasure: str = _activity(_USUAL.erasure, "erasing people")
    activity_inspection: str = _activity(_USUAL.inspection, "reading the processing log")

    @model_validator(mode="after")
    def _replies_go_first(self) -> Self:
        """A kept reply tells by its fingerprint what was written: it may not outlive the text."""
        if min(self.retention().values()) < self.reply_days:
            raise ValueError(f"no retention may be shorter than reply_days ({self.reply_days})")
        return self

    def retention(self) -> Mapping[TicketKind, int]:
        """Days per kind."""
        return {
            kind: getattr(self, f"retention_days_{kind.replace('-', '_')}")
            for kind in get_args(TicketKind)
        }

    def policy(self) -> Policy:
        return Policy(
            matrix=self.priority_matrix,
            close_after=self.close_after_working_days,
            backup_days=self.backup_days,
            retention=self.retention(),
        )

    def activities(self) -> Activities:
        return Activities(
            handling=self.activity_handling,
            importing=self.activity_importing,
            erasure=self.activity_erasure,
            inspection=self.activity_inspection,
        )
