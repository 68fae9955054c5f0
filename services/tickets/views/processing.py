"""Who processed whose personal data, as the processing log has it."""

from collections.abc import Mapping
from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from chassis.command import Context, Processing
from chassis.definition import Disclosure
from services.tickets.access import require_privacy_officer
from services.tickets.commands import Pseudonym
from services.tickets.repository import Work

LARGEST_PAGE = 1000


class ProcessingLogOf(BaseModel):
    """Lines about a person, or of a period from (inclusive) until (exclusive), or both."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    subject: Pseudonym | None = None
    since: AwareDatetime | None = Field(default=None, alias="from")
    until: AwareDatetime | None = Field(default=None, alias="to")
    page: int = Field(default=1, ge=1, le=1_000_000)
    size: int = Field(default=25, ge=1, le=LARGEST_PAGE)


async def processing_log(
    params: ProcessingLogOf, context: Context, work: Work
) -> Mapping[str, Any] | Disclosure:
    """A page of the log, the newest line first. To look for a person is a processing itself."""
    require_privacy_officer(context)
    lines, total = await work.processing.page(
        subject=params.subject,
        since=params.since,
        until=params.until,
        page=params.page,
        size=params.size,
    )
    answer = {"lines": lines, "total": total, "page": params.page, "size": params.size}
    if params.subject is None:
        return answer
    subjects = frozenset({params.subject})
    return Disclosure(answer, Processing(work.activities.inspection, subjects))
