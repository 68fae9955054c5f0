"""Taking in files of money on real services: good in, bad told, and twice changes nothing."""

from collections.abc import Awaitable, Callable
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from nats.aio.client import Client as Connection
from rich.console import Console

from bodemplaat.imports.finance import Summary, import_file
from bodemplaat.imports.rows import FileUnreadable
from chassis.client import Caller, Client
from chassis.errors import Refused
from chassis.tables import read_table
from services.finance.service import definition

BUDGET = """\
jaar;kostenplaats;naam;regel begroting;bedrag;structureel
2026;ict;ICT;Beheer;410.000,00;ja
2026;ict;ICT;Inhuur;12.500,50;nee
2026;hr;HR;Salarissen;veel;ja
2026;hr;HR;Cursussen;5000;ja
"""
BOOKINGS = """\
jaar;kostenplaats;boeking;datum;omschrijving;bedrag;deelnemer
2026;ict;B-1;31-03-2026;Licenties;81.250,00;
2026;ict;B-2;2025-12-31;Te vroeg;100,00;
2026;ict;B-3;2026-04-01;Voor een vreemde;100,00;elders
2026;inkoop;B-4;2026-04-01;Zonder begroting;100,00;
2026;ict;B-1;31-03-2026;Licenties;1,00;
"""
RISKS = """\
risico,naam,categorie,oorzaak,bruto,netto,kans,eigenaar,herziening
cyber,Cybercriminaliteit,Informatie,Aanvallen,750000.00,375000.00,2,Manager ICT,2026-12-01
brand,Brand,Gebouw,Vuur,1000.00,5000.00,1,Directeur,2026-12-01
"""
LOANS = """\
loan;lender;principal;rate;first_year;redemptions 2026;redemptions 2027
BNG-1;BNG Bank;250.000;2,35%;2026;100000;150000
BNG-1;BNG Bank;250000,00;2,35;2026;100000;150000
BNG-2;BNG Bank;1000,00;1;2026;5000;
"""

Start = Callable[..., Awaitable[Any]]
ClientOf = Callable[[str], Awaitable[Client]]


@pytest.fixture
async def operator(stream: Connection, start_service: Start, client_of: ClientOf) -> Client:
    await start_service(definition)
    return await client_of("operator")


@pytest.fixture
def take(operator: Client, tmp_path: Path) -> Callable[..., Awaitable[tuple[Summary, list[Any]]]]:
    """Import a text; what became of it, and line and reason of each rejected row."""

    async def take(kind: Any, text: str) -> tuple[Summary, list[tuple[str, str]]]:
        file, rejects = tmp_path / f"{kind}.csv", tmp_path / "rejects.csv"
        file.write_text(text, encoding="utf-8")
        quiet = Console(file=StringIO())
        summary = await import_file(kind, file, operator, rejects=rejects, console=quiet)
        if summary.rejects is None:
            return summary, []
        table = read_table(BytesIO(rejects.read_bytes()), limit=100)
        return summary, [(row.values["regel"], row.values["reden"]) for row in table.rows]

    return take


async def test_good_rows_go_in_and_the_rest_is_told_with_its_reason(take: Any) -> None:
    summary, rejected = await take("budget", BUDGET)
    assert dict(summary.outcomes) == {"imported": 2, "rejected": 2}
    assert [line for line, _ in rejected] == ["4", "5"]
    assert rejected[0][1] == "bedrag: field-invalid rule=decimal_parsing"
    assert rejected[1][1] == "rows-withheld lines=4"

    summary, rejected = await take("bookings", BOOKINGS)
    assert dict(summary.outcomes) == {"imported": 1, "rejected": 4}
    assert [reason.partition(" ")[2].split(" ")[0] for _, reason in rejected] == [
        "other-year",
        "charged-partner-unknown",
        "pool-unknown",
        "differs-from-recorded",
    ]
    assert rejected[0] == ("3", "datum: other-year on=2025-12-31 year=2026")

    summary, rejected = await take("risks", RISKS)
    assert dict(summary.outcomes) == {"imported": 1, "rejected": 1}
    assert "net-above-gross" in rejected[0][1]


async def test_taking_a_file_in_twice_changes_nothing(take: Any) -> None:
    await take("budget", BUDGET)
    await take("bookings", BOOKINGS)
    summary, _ = await take("budget", BUDGET)
    assert dict(summary.outcomes) == {"already-imported": 2, "rejected": 2}
    summary, _ = await take("bookings", BOOKINGS)
    assert dict(summary.outcomes) == {"already-imported": 1, "rejected": 4}
    summary, rejected = await take("budget", BUDGET.replace("410.000,00", "1,00"))
    assert dict(summary.outcomes) == {"rejected": 4}
    assert rejected[0] == ("2", "bedrag: differs-from-recorded")


async def test_a_risk_that_differs_is_updated_and_a_loan_is_not(take: Any) -> None:
    await take("risks", RISKS)
    summary, _ = await take("risks", RISKS)
    assert summary.outcomes["already-imported"] == 1
    summary, _ = await take("risks", RISKS.replace("375000.00", "300000.00"))
    assert summary.outcomes["changed"] == 1

    summary, rejected = await take("loans", LOANS)
    assert dict(summary.outcomes) == {"imported": 1, "rejected": 2}
    summary, rejected = await take("loans", LOANS.replace("250.000;", "250000;"))
    assert dict(summary.outcomes) == {"already-imported": 2, "rejected": 1}
    assert "redemptions-exceed-loan" in rejected[0][1]


async def test_a_file_with_other_columns_is_refused_whole(take: Any) -> None:
    with pytest.raises(FileUnreadable, match="kostenplaats"):
        await take("bookings", BUDGET.replace("kostenplaats", "afdeling"))


async def test_rows_are_taken_from_the_controller_only(
    operator: Client, client_of: ClientOf
) -> None:
    caller = Caller("somebody", frozenset({"client"}), frozenset({"zevenaar"}))
    body = {"kind": "risks", "rows": [{"line": 2, "values": {}}]}
    with pytest.raises(Refused, match="controller-required"):
        await operator.command("finance", "import-rows", body, caller, command_id="x")
