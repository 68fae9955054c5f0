"""What `projection` is told from outside besides what every service is."""

from dataclasses import dataclass

from pydantic import Field

from chassis.settings import Settings


@dataclass(frozen=True, slots=True)
class Limits:
    """How many reports may wait to be made, and how many days those that were asked are kept."""

    waiting: int = 50
    days: int = 90


_USUAL = Limits()


class ProjectionSettings(Settings):
    reports_waiting: int = Field(
        default=_USUAL.waiting,
        ge=1,
        le=10_000,
        description="Reports of the past that may wait to be made; more are refused",
    )
    report_days: int = Field(
        default=_USUAL.days,
        ge=1,
        le=36_500,
        description="Days that a report is kept that somebody asked for; what the schedule makes "
        "stays",
    )

    def limits(self) -> Limits:
        return Limits(self.reports_waiting, self.report_days)
