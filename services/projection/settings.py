"""What `projection` is told from outside besides what every service is."""

from dataclasses import dataclass

from pydantic import Field

from chassis.settings import Settings


@dataclass(frozen=True, slots=True)
class Limits:
    """How many reports may wait to be made, how many of them for one person (`waiting_each`), and
    how many days those that were asked are kept.
    """

    waiting: int = 50
    waiting_each: int = 10
    days: int = 90


_USUAL = Limits()


class ProjectionSettings(Settings):
    reports_waiting: int = Field(
        default=_USUAL.waiting,
        ge=1,
        le=10_000,
        description="Reports of the past that may wait to be made; more are refused",
    )
    reports_waiting_each: int = Field(
        default=_USUAL.waiting_each,
        ge=1,
        le=10_000,
        description="Of those that wait, how many one person may have asked",
    )
    report_days: int = Field(
        default=_USUAL.days,
        ge=1,
        le=36_500,
        description="Days that a report is kept that somebody asked for; what the schedule makes "
        "stays",
    )

    def limits(self) -> Limits:
        return Limits(self.reports_waiting, self.reports_waiting_each, self.report_days)
