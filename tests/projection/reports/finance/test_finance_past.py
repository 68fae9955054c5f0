"""The annual report as it would have been on a day: what was not yet told does not count."""

from collections.abc import Sequence
from typing import Any

from chassis.client import Caller
from chassis.testing.stream import eventually
from contracts.reports import Report, Table, canonical

OWNER = Caller("p-1", frozenset({"owner"}), frozenset({"zwolle"}))
ASKED = {"report": "annual", "period": "2022"}


async def past(projection: Any, query: str = "report", **asked: Any) -> dict[str, Any]:
    async def there() -> dict[str, Any] | None:
        answer = await projection.ask(query, OWNER, **ASKED, **asked)
        return None if "job" in answer else answer

    return await eventually(there)


async def test_the_balance_of_a_year_counts_once_it_was_recorded(
    projection: Any, publish: Any, told_of_ons: Sequence[Any], tables: Any, column: Any
) -> None:
    """It was in February: on the last day of the year there was only that of the year before."""
    await projection.caught_up(await publish(*told_of_ons))
    on_the_last_day, later = [
        Report.model_validate((await past(projection, on=day))["report"])
        for day in ("2022-12-31", "2023-12-31")
    ]
    then, afterwards = (tables(each)["finance-ratios"] for each in (on_the_last_day, later))
    assert column(then, "year-before") == ["23", "23", "4", "0"]
    assert column(then, "this-year") == [None] * 4
    assert column(afterwards, "this-year") == ["12", "12", "25", "0"]
    assert column(tables(on_the_last_day)["finance-risks"], "net")[0] == "375000.00"

    of = afterwards.rows[0][2].of
    opened = await past(
        projection, "report-sources", on="2023-12-31", source=of.source, where=of.where
    )
    assert len(Table.model_validate(opened["table"]).rows) == 9
    again = Report.model_validate((await past(projection, on="2022-12-31"))["report"])
    assert canonical(again) == canonical(on_the_last_day)
