"""Taking in files of the controller: row by row, with progress, and what was not taken."""

import hashlib
from base64 import b64encode
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import uuid4

from starlette.datastructures import UploadFile
from starlette.responses import Response, StreamingResponse

from chassis.errors import DomainError, Fault, PartnerForbidden, Refused
from chassis.tables import (
    Row,
    Table,
    Took,
    csv_text,
    read_table,
    rejected_rows,
    send_rows,
    workbook,
)
from contracts.finance.files import (
    FILES,
    REJECTED_AT,
    REJECTED_FOR,
    FileKind,
    TakenFile,
    column_name,
    read_header,
)
from services.gateway.errors import GatewayError
from services.gateway.portal.finance.places import page
from services.gateway.portal.visit import Visit, Visiting
from services.gateway.problems import problem_of_error, rule_text
from services.gateway.settings import GatewaySettings
from services.gateway.wire import to_json

MAX_ROWS = 5_000
"""Of one file; longer ones go in by the operator's command."""
SHOWN_REJECTS = 100
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_GAP = "<!-- rows -->"
"""Where in the page the rows are told while they go in."""


@dataclass(slots=True)
class Tally:
    """What has become of the rows so far."""

    total: int
    outcomes: Counter[str] = field(default_factory=Counter)
    reasons: dict[int, str] = field(default_factory=dict)
    broken_off: str = ""

    @property
    def done(self) -> int:
        return self.outcomes.total()


async def first(visit: Visiting) -> Response:
    return await page(visit, "finance_import.html", files=FILES, limit=MAX_ROWS)


async def opened(visit: Visiting, file: str) -> Response:
    return await _form(visit, _taken(file))


async def template(visit: Visiting, file: str, form: str) -> Response:
    """An empty file with the columns and one example, as CSV or XLSX."""
    taken = _taken(file)
    example = list(taken.example(visit.today().year))
    header, cells = [name for name, _ in example], [[text for _, text in example]]
    if form == "xlsx":
        return _download(workbook(taken.kind, header, cells), WORKBOOK, f"{taken.kind}.xlsx")
    if form != "csv":
        raise PartnerForbidden
    return _download(csv_text(header, cells).encode(), "text/csv", f"{taken.kind}.csv")


async def sent(visit: Visiting, file: str) -> Response:
    """Take a file in. The answer grows while its rows go in, and ends with what was not taken."""
    taken = _taken(file)
    form = await visit.form()
    upload = form.get("bestand")
    if not isinstance(upload, UploadFile) or not upload.filename:
        return await _form(visit, taken, visit.say("finance-import-no-file"))
    try:
        table = read_table(upload.file, limit=MAX_ROWS)
        rows = table.by_field(read_header(taken, table.header))
    except DomainError as error:
        return await _form(visit, taken, _words(visit, [Fault.of(error)]))
    key = form.get("key")
    order = _Order(visit, taken, table, rows, key if isinstance(key, str) else str(uuid4()))
    frame = await page(visit, "finance_importing.html", taken=taken, name=upload.filename, gap=_GAP)
    before, after = bytes(frame.body).decode().split(_GAP)
    del frame.headers["content-length"]
    return StreamingResponse(
        order.told(before, after), headers=frame.headers, media_type="text/html"
    )


@dataclass(frozen=True, slots=True)
class _Order:
    """A file that goes in for somebody; `key` makes sending the same file twice one."""

    visit: Visit
    taken: TakenFile
    table: Table
    rows: Sequence[Row]
    key: str

    async def told(self, before: str, after: str) -> AsyncIterator[str]:
        tally = Tally(len(self.rows))
        yield before
        try:
            batches = send_rows(self.taken.kind, self.rows, self.taken.together, self._send)
            async for batch in batches:
                self._count(tally, batch)
                yield self._part("finance_import_progress.html", tally=tally)
        except Refused as refused:
            tally.broken_off = _words(self.visit, refused.faults)
        except GatewayError as error:
            texts = self.visit.request.app.state.texts
            tally.broken_off = problem_of_error(error, texts, self.visit.language).detail
        yield self._part("finance_import_result.html", tally=tally, **self._rejects(tally))
        yield after

    async def _send(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        content = hashlib.sha256(to_json(body)).hexdigest()
        return await self.visit.backend.command(
            "finance", "import-rows", body, self.visit.person, key=f"{self.key} {content}"
        )

    def _count(self, tally: Tally, batch: Sequence[Took]) -> None:
        tally.outcomes.update(took.outcome for took in batch)
        tally.reasons |= {
            took.row.line: _words(self.visit, took.faults, self.taken)
            for took in batch
            if took.faults
        }

    def _rejects(self, tally: Tally) -> dict[str, Any]:
        """The first rows that were not taken, and all of them as a file to correct."""
        text = rejected_rows(self.table, tally.reasons, REJECTED_AT, REJECTED_FOR)
        return {
            "taken": self.taken,
            "rejects": list(tally.reasons.items())[:SHOWN_REJECTS],
            "reject_file": b64encode(text.encode()).decode() if tally.reasons else "",
        }

    def _part(self, template: str, **facts: Any) -> str:
        return bytes(self.visit.part(template, **facts).body).decode()


def _taken(file: str) -> TakenFile:
    if file not in FILES:
        raise PartnerForbidden
    return FILES[cast(FileKind, file)]


async def _form(visit: Visit, taken: TakenFile, wrong: str = "") -> Response:
    settings = cast(GatewaySettings, visit.request.app.state.settings)
    return await page(
        visit,
        "finance_import_file.html",
        status=400 if wrong else 200,
        taken=taken,
        wrong=wrong,
        key=str(uuid4()),
        limit=MAX_ROWS,
        megabytes=settings.upload_bytes // 2**20,
        example=dict(taken.example(visit.today().year)),
    )


def _words(visit: Visit, faults: Sequence[Fault], taken: TakenFile | None = None) -> str:
    """What is wrong, each with the column that it is about."""
    texts = visit.request.app.state.texts
    told = []
    for fault in faults:
        words = rule_text(fault, texts, visit.language)
        at = column_name(taken, fault.field) if taken and fault.field else ""
        told.append(f"{at}: {words}" if at else words)
    return " ".join(told)


def _download(content: bytes, media_type: str, name: str) -> Response:
    return Response(
        content,
        media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
