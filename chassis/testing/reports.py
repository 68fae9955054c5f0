"""Reports of the past, as they are written, for tests that compare them."""

from collections.abc import Iterable, Mapping
from typing import Any

from chassis.client import Caller, Client
from chassis.testing.stream import eventually
from contracts.reports import Report, canonical

PATIENCE_SECONDS = 90.0


async def past_reports(
    client: Client, caller: Caller, asked: Mapping[str, Any], sequences: Iterable[int]
) -> list[bytes]:
    """The documents as of each sequence, once they are there, in their canonical form."""
    return [await _past_report(client, caller, {**asked, "as_of": each}) for each in sequences]


async def _past_report(client: Client, caller: Caller, asked: Mapping[str, Any]) -> bytes:
    async def made() -> Any:
        return (await client.query("projection", "report", asked, caller)).get("report")

    return canonical(Report.model_validate(await eventually(made, seconds=PATIENCE_SECONDS)))
