"""What `tickets` is told from outside besides what every service is."""

from pydantic import Field

from chassis.settings import Settings
from services.tickets.domain.rules import CLOSE_AFTER_WORKING_DAYS, PRIORITY_MATRIX, Policy


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

    def policy(self) -> Policy:
        return Policy(self.priority_matrix, self.close_after_working_days)
