"""What may be ordered of a correction of clocks."""

from typing import Annotated

from pydantic import Field, StringConstraints

from chassis.command import Command

CorrectionNumber = Annotated[
    str,
    StringConstraints(pattern=r"^COR-\d{4}-\d{6,9}$"),
    Field(description="Number of a correction, e.g. COR-2026-000001"),
]
DecisionReason = Annotated[
    str, StringConstraints(min_length=1, max_length=500, strip_whitespace=True)
]


class CorrectionCommand(Command):
    correction: CorrectionNumber


class RefreshCorrection(CorrectionCommand):
    """Work out anew what it changes, for tickets that have gone on since the preview."""


class AcceptCorrection(CorrectionCommand):
    """Put the clocks right, as the preview has it."""

    reason: DecisionReason


class DropCorrection(CorrectionCommand):
    """Leave the clocks as they are."""

    reason: DecisionReason
