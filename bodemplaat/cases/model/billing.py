"""How invoices name the service centre and its partners."""

from pydantic import Field

from bodemplaat.cases.model.row import STRICT, Dated, Row
from contracts.finance.parties import BillingDetails
from contracts.values import PartnerSlug


class Details(BillingDetails):
    model_config = STRICT


class BillingParty(Dated):
    """From `on`; without a partner it is the service centre itself."""

    partner: PartnerSlug | None = None
    details: Details = Field(description="Of an organisation, nothing about a person")


class Billing(Row):
    """billing.toml, which a case may leave out."""

    parties: tuple[BillingParty, ...] = ()
