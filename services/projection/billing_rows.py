"""Rows about invoices: how they name who sends and gets them, and objections to them."""

from datetime import date
from typing import NamedTuple

from services.projection.column_kinds import Json, StreamSequence


class BillingParty(NamedTuple):
    """`partner` is null for the service centre; `versions`: `{"valid_from", "details"}`."""

    aggregate: str
    version: int
    stream_sequence: StreamSequence
    partner: str | None
    versions: Json


class Objection(NamedTuple):
    """`line` is null when the invoice as a whole is disputed; `answer` is why it was answered so.

    `credit_note` and `corrected` are the documents that came of an objection that was upheld.
    """

    aggregate: str
    version: int
    stream_sequence: StreamSequence
    objection: str
    invoice: str
    partner: str
    line: int | None
    reason: str
    raised_on: date
    answer_by: date
    status: str
    answer: str | None
    answered_on: date | None
    credit_note: str | None
    corrected: str | None
