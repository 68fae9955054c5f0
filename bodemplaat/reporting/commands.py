"""`bodemplaat report …`: a command for each report, and those for what is kept."""

import sys
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.console import Console
from rich.table import Table

from bodemplaat.doing import do
from bodemplaat.reporting import asking
from bodemplaat.reporting.question import Form, Question, form_of, read_as_of
from bodemplaat.reporting.rendering import place, rendered
from bodemplaat.reporting.systems import Asked, ReportRefused, asked
from bodemplaat.words import in_words
from chassis.errors import Refused
from contracts.periods import PeriodKind
from contracts.reports import REPORTS, About, Report, ReportName

app = typer.Typer(no_args_is_help=True, help="Reports, and those that are kept.")

Case = Annotated[
    str | None,
    typer.Option(help="Of this cooperation from cases/; one that does not run is played for it."),
]
Partner = Annotated[str | None, typer.Option(help="Slug of a partner.")]
Period = Annotated[
    str | None, typer.Option(help="2026, 2026-Q3, 2026-11 or 2026-11-02..2026-11-29.")
]
AsOf = Annotated[
    str | None, typer.Option(help="A sequence of the stream, or a day that is over (2026-09-30).")
]
Shape = Annotated[
    str | None, typer.Option("--format", help="json, xlsx, pdf or html; else the file's own.")
]
Language = Annotated[Literal["nl", "en"], typer.Option(help="Of the report and of refusals.")]
Output = Annotated[Path | None, typer.Option(help="The file to write.")]


_ID_WIDTH = 32
_ABOUT: Mapping[About, str] = {
    "partner": "a partner",
    "centre": "the whole centre",
    "either": "a partner or the whole centre",
}
_PERIODS: Mapping[PeriodKind, str] = {
    "days": "days",
    "month": "a month",
    "quarter": "a quarter",
    "year": "a year",
}


def _told() -> Console:
    """For progress and notes: standard output may be the report itself."""
    return Console(stderr=True)


def _report(name: ReportName) -> Callable[..., None]:
    def make(
        case: Case = None,
        partner: Partner = None,
        period: Period = None,
        as_of: AsOf = None,
        shape: Shape = None,
        language: Language = "nl",
        output: Output = None,
    ) -> None:
        async def work() -> None:
            question = Question(name, partner, period, read_as_of(as_of))
            form = form_of(shape, output)
            async with _system(case, language) as system:
                made = await asking.document(system.client, question, _told())
            await _write(made, form, language, output, system)

        do(work())

    return make


def _about(name: ReportName) -> str:
    kind = REPORTS[name]
    return f"Of {_ABOUT[kind.about]}, over {' or '.join(_PERIODS[each] for each in kind.periods)}."


for _name in REPORTS:
    app.command(_name, help=_about(_name))(_report(_name))


@app.command("kept")
def kept(
    id_: Annotated[str, typer.Argument(metavar="ID", help="As `list` tells it.")],
    shape: Shape = None,
    language: Language = "nl",
    output: Output = None,
) -> None:
    """A report that was kept, as it was then."""

    async def work() -> None:
        form = form_of(shape, output)
        async with _system(None, language) as system:
            made = await asking.kept(system.client, id_)
        await _write(made, form, language, output, system)

    do(work())


@app.command("list")
def list_kept(
    report: Annotated[str | None, typer.Option(help="Only of this name.")] = None,
    partner: Partner = None,
    period: Period = None,
    page: Annotated[int, typer.Option(min=1, help="Which page, of 25.")] = 1,
    language: Language = "en",
) -> None:
    """What is kept, the newest first."""

    async def work() -> None:
        wanted = {"report": report, "partner": partner, "period": period, "page": page}
        async with _system(None, language) as system:
            found = await asking.listed(system.client, **wanted)
        Console().print(_listing(found["kept"]))
        Console().print(f"{len(found['kept'])} of {found['total']}", highlight=False)

    do(work())


def _listing(rows: Iterable[Mapping[str, Any]]) -> Table:
    """Rows of `kept-reports` as a table, whose ids are never folded."""
    table = Table("report", "partner", "period", "as of", "sequence", "kept", "by", box=None)
    table.add_column("id", no_wrap=True, min_width=_ID_WIDTH)
    for row in rows:
        past = row["on"] or row["as_of"]
        table.add_row(
            row["report"],
            row["partner"] or "-",
            row["period"],
            "-" if past is None else str(past),
            str(row["sequence"]),
            row["kept_at"][:10],
            "schedule" if row["scheduled"] else "request",
            row["id"],
        )
    return table


@asynccontextmanager
async def _system(case: str | None, language: str) -> AsyncIterator[Asked]:
    """What it refuses is told in that language: raises `ReportRefused`."""
    try:
        async with asked(case, _told()) as system:
            yield system
    except Refused as refused:
        raise ReportRefused(in_words(refused.faults, language)) from None


async def _write(
    report: Report, form: Form, language: str, output: Path | None, system: Asked
) -> None:
    content = await rendered(report, form, language, system.theme)
    file = place(report, form, output)
    if file is None:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
    else:
        file.write_bytes(content)
        _told().print(f"Written to {file}", highlight=False)
