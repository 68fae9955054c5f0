"""Problems of which is known what helps, until they are resolved."""

from datetime import date

from bodemplaat.cases.model.plans import WindowName
from bodemplaat.cases.model.row import Dated, Row
from contracts.tickets import PublicText
from contracts.values import Domain, ItemCode, LongText, PartnerSlug, ShortText


class KnownError(Dated):
    """A problem that was logged on `on`, and is known with its workaround since `known_on`."""

    name: WindowName
    partner: PartnerSlug
    item: ItemCode | None = None
    domain: Domain = "ict"
    title: ShortText
    description: LongText = ""
    root_cause: PublicText | None = None
    summary: ShortText
    workaround: PublicText
    known_on: date


class Problems(Row):
    """problems.toml, which a case may leave out."""

    problems: tuple[KnownError, ...] = ()
