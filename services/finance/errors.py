"""What `finance` refuses, and why. Amounts, percentages and dates in the parameters are text."""

from chassis.errors import DomainError


class ControllerRequired(DomainError):
    """The books are kept by the controller; cases are played in by the operator."""

    slug = "controller-required"
    kind = "forbidden"


class SharesNotWhole(DomainError):
    """The percentages of a key add up to 100, or somebody pays too much or nobody the rest."""

    slug = "shares-not-whole"
    kind = "invalid"


class DriverCountMissing(DomainError):
    """Without the count of one partner, nobody's part is known."""

    slug = "driver-count-missing"


class NobodyToCharge(DomainError):
    """The pool has cost over days on which no partner takes part in it."""

    slug = "nobody-to-charge"


class MethodMissing(DomainError):
    """The pool has cost over days for which no method of charging is set."""

    slug = "method-missing"


class SurchargeOverSurcharge(DomainError):
    """A surcharge is counted over pools that do not themselves surcharge."""

    slug = "surcharge-over-surcharge"


class RateMissing(DomainError):
    """Hours were worked for a partner for which no rate was agreed."""

    slug = "rate-missing"


class HoursChargedTwice(DomainError):
    """Two pools claim the hours of one team on one day."""

    slug = "hours-charged-twice"


class YearClosed(DomainError):
    """A settled year is never changed; a correction is a new document."""

    slug = "year-closed"


class OtherYear(DomainError):
    slug = "other-year"
    kind = "invalid"


class BudgetExists(DomainError):
    """The original budget stays what it was; differences are amendments."""

    slug = "budget-exists"


class PoolUnknown(DomainError):
    """Without a budget for the year the pool takes no cost."""

    slug = "pool-unknown"
    kind = "unknown"


class BookingExists(DomainError):
    """The accounts number a booking once."""

    slug = "booking-exists"


class MethodNotLater(DomainError):
    """A method starts after the one before it: what was set is never rewritten."""

    slug = "method-not-later"


class ChargedPartnerUnknown(DomainError):
    slug = "charged-partner-unknown"
    kind = "unknown"


class BudgetMissing(DomainError):
    """No pool has a budget for the year, so there is nothing to charge."""

    slug = "budget-missing"


class RunUnknown(DomainError):
    slug = "run-unknown"
    kind = "unknown"


class AllocationUnknown(DomainError):
    """The run has nothing for this partner."""

    slug = "allocation-unknown"
    kind = "unknown"


class InvoiceUnknown(DomainError):
    slug = "invoice-unknown"
    kind = "unknown"


class InvoiceCreditedBefore(DomainError):
    """An invoice is taken back once."""

    slug = "invoice-credited-before"


class CreditNoteFinal(DomainError):
    """A credit note takes back; it is not itself taken back."""

    slug = "credit-note-final"


class CreditedBeforeIssued(DomainError):
    """A credit note is not older than its invoice."""

    slug = "credited-before-issued"
    kind = "invalid"


class InvoiceLineUnknown(DomainError):
    """The invoice has fewer lines."""

    slug = "invoice-line-unknown"
    kind = "invalid"


class CorrectionChangesNothing(DomainError):
    """The line comes to that already."""

    slug = "correction-changes-nothing"
    kind = "invalid"


class BillingDetailsNotLater(DomainError):
    """Details start after those before: what a document named is never rewritten."""

    slug = "billing-details-not-later"


class IdentificationMissing(DomainError):
    """A Dutch sender of invoices names its KvK number or its OIN (rule NL-R-003)."""

    slug = "identification-missing"
    kind = "invalid"


class VatNumberMissing(DomainError):
    """Who is exempt from VAT names its VAT number (rule BR-E-02)."""

    slug = "vat-number-missing"
    kind = "invalid"


class IbanInvalid(DomainError):
    """The check digits do not fit the number."""

    slug = "iban-invalid"
    kind = "invalid"


class ClientRequired(DomainError):
    """A partner objects through its client: who commissions the work and pays for it."""

    slug = "client-required"
    kind = "forbidden"


class ObjectionUnknown(DomainError):
    slug = "objection-unknown"
    kind = "unknown"


class ObjectionTermPassed(DomainError):
    """The term ran out; `last` was its last day."""

    slug = "objection-term-passed"


class ObjectionToCreditNote(DomainError):
    """A credit note takes back; what it takes back was open to objection."""

    slug = "objection-to-credit-note"


class ObjectionOpen(DomainError):
    """The same dispute still waits for its answer."""

    slug = "objection-open"


class ObjectionAnswered(DomainError):
    """An objection is answered once."""

    slug = "objection-answered"


class RiskExists(DomainError):
    slug = "risk-exists"


class RiskUnknown(DomainError):
    slug = "risk-unknown"
    kind = "unknown"


class RiskClosedBefore(DomainError):
    """A closed risk is no longer changed; one that comes back is registered anew."""

    slug = "risk-closed"


class NetAboveGross(DomainError):
    """Measures and insurance leave at most the gross amount, and at least the least."""

    slug = "net-above-gross"
    kind = "invalid"


class ReserveNotLater(DomainError):
    slug = "reserve-not-later"


class LoanNegative(DomainError):
    """What is borrowed is more than nothing."""

    slug = "loan-negative"
    kind = "invalid"


class LoanExists(DomainError):
    slug = "loan-exists"


class RedemptionsExceedLoan(DomainError):
    slug = "redemptions-exceed-loan"
    kind = "invalid"


class QuarterIncomplete(DomainError):
    """The cash limit goes by all three months of a quarter."""

    slug = "quarter-incomplete"


class CaseExists(DomainError):
    """A business case is planned once; results are held against that plan."""

    slug = "case-exists"


class CaseUnknown(DomainError):
    slug = "case-unknown"
    kind = "unknown"


class ThemeUnknown(DomainError):
    slug = "theme-unknown"
    kind = "unknown"


class QuoteExists(DomainError):
    """A quote stays as it was given, so that quotes can be compared."""

    slug = "quote-exists"
